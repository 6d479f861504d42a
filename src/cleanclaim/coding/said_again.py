"""A disease called again by fewer of its words is the same disease: "the cholangitis" of the sclerosing one (I.B.2)."""

from __future__ import annotations

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.word_forms import stem
from cleanclaim.documents.words import word_set

_POINTING = word_set("the this that his her their said")


def drop_said_again(note: Note, picks: Picks) -> Picks:
    """The picks without those that only call another of the same category again ("For the cholangitis ...")."""
    out = dict(picks)
    for pick in live(picks):
        if not pick.mentions or not all(_points(note, mention) for mention in pick.mentions):
            continue
        first = min(mention.first for mention in pick.mentions)
        whole = next((one for one in live(out) if _says_all(note, one, pick, first)), None)
        if whole is not None:
            text = "the note calls the other disease again by fewer words"
            out[pick.code] = pick.drop(guideline("Section I.B.2", text, ("meant", whole.code)))
    return out


def _points(note: Note, mention: Mention) -> bool:
    return bool(_POINTING.intersection(note.words.forms[max(0, mention.first - 1) : mention.first]))


def _says_all(note: Note, other: Pick, pick: Pick, first: int) -> bool:
    """Whether an earlier mention of another disease of the category has every word of this one and more."""
    if other.code == pick.code or other.code[:3] != pick.code[:3]:
        return False
    words = frozenset(form for mention in pick.mentions for form in _stems(note, mention))
    return any(mention.first < first and words < _stems(note, mention) for mention in other.mentions)


def _stems(note: Note, mention: Mention) -> frozenset[str]:
    return frozenset(stem(form) for form in note.words.forms[mention.first : mention.last])
