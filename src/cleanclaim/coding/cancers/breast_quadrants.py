"""The quadrant of a breast cancer: the fifth character of C50, from the words of the note (Section I.B.2)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live, put_instead
from cleanclaim.coding.worked_out import UNREAD, body_sentences, folded
from cleanclaim.documents.note import Note

_OPEN = "C50.91"
_ELSEWHERE = frozenset(("exam", "pmh", "psh", "plan"))


def add_breast_quadrant(note: Note, picks: Picks) -> Picks:
    """The picks with a breast cancer by its quadrant, where its line or else the note names only one."""
    opened = [pick for pick in live(picks) if pick.code.startswith(_OPEN)]
    if not opened:
        return picks
    out = dict(picks)
    for pick in opened:
        lines = [note.sentence_at(mention.first) for mention in pick.mentions]
        told = {quadrant for one in lines for quadrant in _quadrants(note, one.first, one.last)}
        if not told and len(opened) == 1:
            told = {
                quadrant
                for first, last in body_sentences(note)
                if note.section_at(first).kind not in UNREAD | _ELSEWHERE
                for quadrant in _quadrants(note, first, last)
            }
        if len(told) == 1:
            code = f"C50.{next(iter(told))}1{pick.code[-1]}"
            reason = guideline("Section I.B.2", "the quadrant that the note names", ("from", pick.code))
            dropped = guideline("Section I.B.2", f"the quadrant calls for {code}")
            put_instead(out, pick, code, dropped, reason)
    return out


def _quadrants(note: Note, first: int, last: int) -> set[str]:
    """The quadrants named in a stretch that speaks of a breast or of a tumor."""
    text = f" {' '.join(note.words.forms[first:last])} "
    if "breast" not in text and "carcinoma" not in text and "cancer" not in text and " idc " not in text:
        return set()
    return {
        str(digit)
        for digit, names in families()["breast_quadrants"].items()
        if any(f" {' '.join(folded(name))} " in text for name in names)
    }
