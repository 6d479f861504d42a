"""An illness that was treated and is over: its history, where the visit is the follow-up (Section I.C.21.c.8)."""

from __future__ import annotations

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import UNREAD, add_pick
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_OVER = frozenset((Assertion.HISTORICAL, Assertion.AFFIRMED))
_FOLLOW_UP = (" follow up ", " f u ", " followup ", " recheck ", " fu ", " check after ", " visit after ")
_REASON_WORDS = 80
_RESOLVED = word_set("resolved cured cleared healed recovered gone resolution")


def _followed_up(note: Note, candidates: Candidates, begins: tuple[str, ...]) -> Mention | None:
    """The illness of a diagnosis line that is its follow-up and says that it is over ("f/u pneumonia, resolved").

    That it is the follow-up may stand in the reason for the visit ("Follow up of pneumonia treated in August").
    """
    named = [one for one in candidates.diagnoses if one.term.name.startswith(begins)]
    for mention in named:
        if mention.section not in DIAGNOSTIC:
            continue
        sentence = note.sentence_at(mention.first)
        if not _RESOLVED.intersection(note.words.forms[sentence.first : sentence.last]):
            continue
        told = (
            one for one in named if one.first < _REASON_WORDS and one.term.name[:3] == mention.term.name[:3]
        )
        if _is_follow_up(note, mention) or any(_is_follow_up(note, one) for one in told):
            return mention
    return None


def _is_follow_up(note: Note, mention: Mention) -> bool:
    """Whether the sentence of an illness calls the visit its follow-up."""
    sentence = note.sentence_at(mention.first)
    text = f" {' '.join(note.words.forms[sentence.first : sentence.last])} "
    return any(words in text for words in _FOLLOW_UP)


def add_resolved_illness(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks with Z86 or Z87 beside Z09, and the illness itself dropped, where it is said to be over."""
    table = families()["past_illnesses"]
    out = dict(picks)
    if not any(pick.code == "Z09" for pick in live(picks)):
        seen = _followed_up(note, candidates, tuple(table))
        if seen is None:
            return picks
        reason = guideline("Section I.C.21.c.8", "the follow-up of an illness that is said to be over")
        add_pick(out, "Z09", seen, reason)
    for mention in candidates.diagnoses:
        history = next((code for begins, code in table.items() if mention.term.name.startswith(begins)), None)
        if history is None or mention.section in UNREAD or mention.asserted.assertion not in _OVER:
            continue
        sentence = note.sentence_at(mention.first)
        over = _RESOLVED.intersection(note.words.forms[sentence.first : sentence.last])
        listed = mention.section in DIAGNOSTIC or mention.section == "chief_complaint"
        if not over and not (listed or mention.asserted.assertion is Assertion.HISTORICAL):
            continue
        for pick in live(out):
            if pick.code.startswith(mention.term.name[:3]):
                out[pick.code] = pick.drop(guideline("Section I.C.21.c.8", "treated, and said to be over"))
        reason = guideline("Section I.C.21.c.8", "the follow-up names the illness that is over")
        add_pick(out, history, mention, reason)
    return out
