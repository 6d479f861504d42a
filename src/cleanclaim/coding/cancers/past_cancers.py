"""Cancers that were removed or treated and are gone: history codes, and the surveillance visit (Section I.C.2.m)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import sentences_telling, sentences_told
from cleanclaim.coding.worked_out import UNREAD, add_pick, body_sentences, folded, is_said
from cleanclaim.documents.assertion import Asserted, Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_TREATING = ("aromatase_inhibitor", "tamoxifen", "gnrh_agonist")
_SKIN = ("C43", "C44", "C4A", "D03", "D04")
_TOLD = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))
_REMOVED = word_set(
    "removed resected excised nephrectomy mastectomy colectomy prostatectomy lobectomy hysterectomy hemicolectomy"
    " cystectomy thyroidectomy orchiectomy gastrectomy oophorectomy enucleated"
)
_ADVANCING = word_set(
    "progression progressed progressing progressive refractory unresectable incurable hospice terminal"
)
_NONE = word_set("no without never free not")
_NO_RETURN = (
    "no local recurrence",
    "no recurrence there",
    "has stayed clean",
    "bed clean",
    "no evidence of local",
)
_DENIED_OR_LOOKED_FOR = frozenset((Assertion.NEGATED, Assertion.HYPOTHETICAL))
# A check for a recurrence is a visit of its own.
_MANY = 3
_NO_CHECKS = frozenset(("emergency", "discharge", "inpatient"))


def add_past_cancers(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks with Z85 in place of each cancer that the note calls past, and Z08 where the visit is its check."""
    table = families()["past_cancers"]
    picks = _advancing(note, _without_looked_for(note, picks))
    mentions = [
        m
        for m in candidates.diagnoses
        if m.term.name.startswith(("C", "D0")) and m.section not in UNREAD and _is_of_patient(note, m)
    ]
    if any(pick.code.startswith(("C77", "C78", "C79")) for pick in live(picks)):
        return _primary_gone(note, picks, mentions)
    if not mentions:
        return _surveillance(note, picks) if _says_any(note, "gone") else picks
    treated = _treated_now(note, candidates)
    picks = _still_treated(picks, mentions) if treated else picks
    gone = _says_any(note, "gone") and not treated
    several = len({mention.term.name for mention in mentions}) > 1
    out = dict(picks)
    for mention in mentions:
        history = next((code for begins, code in table.items() if mention.term.name.startswith(begins)), None)
        if several or _beside_past_skin(note, mention, candidates):
            past = _past_by_itself(note, mention)
        else:
            past = gone or _past_in_words(note, mention, treated)
        if history is None or not past:
            continue
        for pick in live(out):
            if pick.code[:3] == mention.term.name[:3] and not (several and _is_current(note, pick, mention)):
                text = "removed or treated, and said to be gone: its history is coded"
                out[pick.code] = pick.drop(guideline("Section I.C.2.m", text, ("history", history)))
        reason = guideline("Section I.C.2.m", "a cancer that was treated and is gone is history")
        add_pick(out, history, mention, reason)
    return _surveillance(note, out) if gone else out


def _advancing(note: Note, picks: Picks) -> Picks:
    """The picks with a cancer that goes on though its treatment has ended ("third progression, off treatment")."""
    out = dict(picks)
    for pick in picks.values():
        if pick.dropped is None or pick.code[0] != "C":
            continue
        going = tuple(
            m for m in pick.mentions if m.asserted.assertion is Assertion.HISTORICAL and _goes_on(note, m)
        )
        if going:
            reason = guideline("Section I.C.2", "it has not gone, though its treatment has ended")
            told = tuple(evolve(m, asserted=Asserted(Assertion.AFFIRMED)) for m in going)
            out[pick.code] = evolve(pick, mentions=told, because=(reason,), dropped=None)
    return out


def _goes_on(note: Note, mention: Mention) -> bool:
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms[sentence.first : sentence.last]
    found = [at for at, form in enumerate(forms) if form in _ADVANCING]
    return any(not _NONE.intersection(forms[max(0, at - 3) : at]) for at in found)


def _primary_gone(note: Note, picks: Picks, mentions: list[Mention]) -> Picks:
    """The picks of a cancer that has spread, with its primary as history where that was removed and did not return.

    Section I.C.2.d: an excised primary with no further treatment there is coded Z85, the spread as what it is.
    """
    if not _says_any(note, "gone") and not any(
        told.any_of(_NO_RETURN) for told in sentences_telling(note, _NO_RETURN)
    ):
        return picks
    table = families()["past_cancers"]
    out = dict(picks)
    for mention in mentions:
        history = next((code for begins, code in table.items() if mention.term.name.startswith(begins)), None)
        sentence = note.sentence_at(mention.first)
        removed = _REMOVED.intersection(note.words.forms[mention.last : sentence.last])
        if history is None or not removed or mention.term.name.startswith(("C77", "C78", "C79")):
            continue
        for pick in live(out):
            if pick.code[:3] == mention.term.name[:3]:
                out[pick.code] = pick.drop(guideline("Section I.C.2.d", "removed", ("history", history)))
        add_pick(
            out, history, mention, guideline("Section I.C.2.d", "the primary was removed and did not return")
        )
    return out


def _beside_past_skin(note: Note, mention: Mention, candidates: Candidates) -> bool:
    """Whether a list names a cancer of the skin in one line and the history of another in the next."""
    name = mention.term.name
    listed = next((m for m in candidates.diagnoses if m.term.name == name and m.section in DIAGNOSTIC), None)
    if listed is None or not name.startswith(_SKIN):
        return False
    own = note.sentence_at(listed.first).first
    return any(
        m.term.name.startswith("Z85.82") and note.sentence_at(m.first).first != own
        for m in candidates.diagnoses
    )


def _looked_for(note: Note, mention: Mention) -> bool:
    """Whether a cancer is only watched for: "HCC surveillance" in cirrhosis, "lung cancer screening"."""
    following = note.words.forms[mention.last : mention.last + 1]
    watched = following == ["surveillance"] and mention.term.name.startswith("C22")
    return watched or following in (["screening"], ["screen"])


def _without_looked_for(note: Note, picks: Picks) -> Picks:
    watched = [p for p in live(picks) if p.code[0] == "C" and all(_looked_for(note, m) for m in p.mentions)]
    reason = guideline("Section IV.J", "it is spoken of as something that is looked for")
    return {**picks, **{pick.code: pick.drop(reason) for pick in watched if pick.mentions}}


def _is_of_patient(note: Note, mention: Mention) -> bool:
    """Said of the patient, or denied only in that it came back ("no evidence of recurrence of bladder cancer").

    "HCC surveillance" and "lung cancer screening" look for what is not there.
    """
    if _looked_for(note, mention):
        return False
    if mention.asserted.assertion in _TOLD:
        return True
    cue = mention.asserted.cue
    if cue is None or mention.asserted.assertion not in _DENIED_OR_LOOKED_FOR:
        return False
    between = note.text[cue.start : mention.span.start].lower()
    return any(word in between for word in ("recur", "residual", "surveillance", "follow"))


def _still_treated(picks: Picks, mentions: list[Mention]) -> Picks:
    """The picks with a cancer that was operated on and is treated on ("s/p resection, on adjuvant chemotherapy")."""
    if any(pick.code[0] == "C" for pick in live(picks)):
        return picks
    for mention in mentions:
        pick = picks.get(mention.term.name)
        cue = mention.asserted.cue
        called_past = cue is None or cue.text.lower().startswith(("h", "past", "prior", "previous", "remote"))
        if (
            pick is not None
            and pick.dropped is not None
            and mention.section in DIAGNOSTIC
            and not called_past
        ):
            reason = guideline("Section I.C.2.m", "the cancer is still treated")
            return {**picks, pick.code: evolve(pick, mentions=(mention,), dropped=None).explain(reason)}
    return picks


def _is_current(note: Note, pick: Pick, past: Mention) -> bool:
    """Whether a pick stands on a diagnosis of its own, beside one of its category that is past."""
    return any(
        m.affirmed and m.section in DIAGNOSTIC and m.first != past.first and not _past_by_itself(note, m)
        for m in pick.mentions
    )


def _past_by_itself(note: Note, mention: Mention) -> bool:
    """Of several cancers each is past by its own sentence only: one may be treated while another is gone."""
    sentence = note.sentence_at(mention.first)
    if _says(note, sentence.first, sentence.last, "treated_now"):
        return False
    historical = mention.asserted.assertion is Assertion.HISTORICAL and mention.section not in DIAGNOSTIC
    return historical or _says(note, sentence.first, sentence.last, "gone")


def _past_in_words(note: Note, mention: Mention, treated: bool) -> bool:
    if treated or mention.asserted.assertion is Assertion.HISTORICAL:
        return not treated
    sentence = note.sentence_at(mention.first)
    return _says(note, sentence.first, sentence.last, "gone")


def _treated_now(note: Note, candidates: Candidates) -> bool:
    if any(m.affirmed and m.section not in UNREAD for name in _TREATING for m in candidates.concept(name)):
        return True
    return _says_any(note, "treated_now")


def _says_any(note: Note, name: str) -> bool:
    story = next((told.story for told in sentences_told(note)), None)
    cues = families()["cancer_course"][name]
    if story is not None:
        cues = story.holding(cues)
    return any(_says_one(note, first, last, name, cues) for first, last in body_sentences(note) if cues)


def _says(note: Note, first: int, last: int, name: str) -> bool:
    """Whether a stretch holds one of a family's cues; words that deny ("no evidence") are part of the cue."""
    return _says_one(note, first, last, name, families()["cancer_course"][name])


def _says_one(note: Note, first: int, last: int, name: str, cues: Iterable[str]) -> bool:
    forms = note.words.forms[first:last]
    for text in cues:
        words = folded(text)
        for at in (at for at, form in enumerate(forms) if form == words[0]) if words[0] in forms else ():
            place, end = first + at, first + at + len(words)
            if tuple(forms[at : at + len(words)]) == words and (
                name != "treated_now" or is_said(note, place, end)
            ):
                return True
    return False


def _many_listed(picks: Picks) -> bool:
    """Whether a list names so many diseases that a check for a cancer of the history is not what the visit is for."""
    return sum(pick.diagnostic and pick.code[0] not in "ZVWXY" for pick in live(picks)) >= _MANY


def _surveillance(note: Note, picks: Picks) -> Picks:
    """Z08 where the check for a recurrence is what the visit is for: no other disease is listed before."""
    histories = [pick for pick in live(picks) if pick.code.startswith(("Z85", "Z86.00"))]
    if note.kind in _NO_CHECKS or not histories or not _says_any(note, "surveillance"):
        return picks
    first = min(pick.first for pick in histories)
    told_only = not any(pick.diagnostic for pick in histories) and _many_listed(picks)
    others = [
        pick
        for pick in live(picks)
        if pick.diagnostic and pick.code[0] not in "ZVWXY" and (told_only or pick.first < first)
    ]
    listed = any(section.kind in DIAGNOSTIC for section in note.sections)
    if others and listed:
        return picks
    out = dict(picks)
    reason = guideline("Section I.C.21.c.8", "a check after completed treatment of a cancer, none found")
    add_pick(out, "Z08", histories[0].mentions[0], reason)
    return out
