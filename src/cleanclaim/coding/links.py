"""What the words beside a diagnosis add to it: metastases by site, drugs that did harm, causes within the words."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.cancers.metastases import add_metastases, listed_sentences
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import Term, rules
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.assertion import Asserted, Assertion
from cleanclaim.documents.note import Note, Sentence
from cleanclaim.documents.words import word_set

_STATED_TYPES = ("E10", "E13", "E08", "E09")
_LAID_TO = (("due", "to"), ("secondary", "to"), ("caused", "by"), ("induced", "by"), ("related", "to"))
# "Noncompliance due to insulin cost", or taking too much of it, is no adverse effect of the drug.
_WITHOUT_HARM = word_set(
    "overdose poisoning ingestion noncompliance nonadherence underdosing accidental intentional"
)


def add_links(note: Note, picks: Picks, candidates: Candidates, book: CodeBook, on: dt.date) -> Picks:
    """The picks with what their own sentences say besides."""
    picks = add_metastases(note, picks, book, on)
    picks = _harm_by_drugs(note, picks)
    return _type_of_diabetes(_causes(note, _sepsis(picks)), book, on)


def _mention(note: Note, code: str, first: int, last: int) -> Mention:
    span = note.words_span(first, last)
    section = note.section_at(first).kind
    return Mention(Term("dx", code, "lexicon"), first, last, span, section, Asserted(Assertion.AFFIRMED))


def _harm_by_drugs(note: Note, picks: Picks) -> Picks:
    """The drug behind an adverse effect that the assessment names (Section I.C.19.e.5.a)."""
    drugs = rules()["adverse_effect_drugs"]
    by_word = {word: code for code, words in drugs.items() for word in words}
    forms = note.words.forms
    out = dict(picks)
    for sentence in note.once(listed_sentences):
        for place in range(sentence.first, sentence.last):
            code = by_word.get(forms[place])
            if code is None or code in out or not _did_harm(forms, place, sentence):
                continue
            reason = guideline(
                "Section I.C.19.e.5.a", "the drug that was rightly given and did harm", ("drug", forms[place])
            )
            out[code] = Pick(code, (_mention(note, code, place, place + 1),), (reason,), inferred=True)
    return out


def _did_harm(forms: list[str], place: int, sentence: Sentence) -> bool:
    after = forms[place + 1 : min(sentence.last, place + 3)]
    before = tuple(forms[max(sentence.first, place - 4) : place])
    if after[:1] == ["induced"] or after[:2] in (
        ["side", "effect"],
        ["adverse", "effect"],
        ["related", "to"],
    ):
        return True
    return before[-3:] in (
        ("adverse", "effect", "of"),
        ("adverse", "effect", "to"),
        ("side", "effect", "of"),
        ("adverse", "reaction", "to"),
    ) or (before[-2:] in _LAID_TO and not _WITHOUT_HARM.intersection(forms[sentence.first : place]))


def _sepsis(picks: Picks) -> Picks:
    """Severe sepsis and septic shock stand on a code of the infection (Section I.C.1.d.1.b)."""
    severe = [pick for pick in live(picks) if pick.code.startswith("R65.2")]
    infected = any(
        pick.code.startswith(("A40", "A41", "A02.1", "B37.7", "O85", "T81.44")) for pick in live(picks)
    )
    if not severe or infected:
        return picks
    text = "severe sepsis needs the code of the systemic infection; the organism is not stated"
    reason = guideline("Section I.C.1.d.1.b", text)
    return {**picks, "A41.9": Pick("A41.9", severe[0].mentions, (reason,), inferred=True)}


def _causes(note: Note, picks: Picks) -> Picks:
    """The animal of a bite and the like, said within the words of the injury itself."""
    out = dict(picks)
    for pick in live(picks):
        if pick.code[0] not in "ST" or not pick.diagnostic:
            continue
        for mention in pick.mentions[:3]:
            words = set(note.words.forms[mention.first : mention.last])
            for row in rules()["causes_in_words"]:
                code = row["give"][:-1] + pick.code[-1:] if len(pick.code) == 8 else row["give"]
                if set(row["words"]) <= words and (code not in out or out[code].dropped is not None):
                    reason = guideline("Section I.C.20.a", "the cause is said with the injury")
                    cause = _mention(note, code, mention.first, mention.last)
                    out[code] = Pick(code, (cause,), (reason,), inferred=True)
    return out


def _type_of_diabetes(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Complications named without a type go with the type that the note states (Section I.C.4.a)."""
    kind = next((pick.code[:3] for pick in live(picks) if pick.code.startswith(_STATED_TYPES)), None)
    if kind is None:
        return picks
    out = dict(picks)
    for pick in live(picks):
        words = " ".join(mention.span.text.lower() for mention in pick.mentions)
        if not pick.code.startswith("E11") or "2" in words or "ii" in words:
            continue
        code = kind + pick.code[3:]
        entry = billable_entry(book, code, on)
        out[pick.code] = pick.drop(guideline("Section I.C.4.a", f"the note states its type: {code}"))
        if entry is not None and code not in out:
            reason = guideline("Section I.C.4.a", "the complication goes with the type that is stated")
            out[code] = Pick(code, pick.mentions, (*pick.because, reason), inferred=True)
    plain = f"{kind}.9"
    if any(pick.code.startswith(kind) and pick.code != plain for pick in live(out)) and plain in out:
        reason = guideline("Section I.B.2", "a complication is coded")
        out[plain] = out[plain].drop(reason) if out[plain].dropped is None else out[plain]
    return out
