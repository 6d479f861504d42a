"""Reasons for a visit that count where a diagnosis list names them, and not where one is told of or ordered.

"Vaccines: flu shot", "skin check" in a story and "schedule mammogram" in a plan are no reasons for this visit; the
same words as a line of the diagnosis list are (Section IV.A and I.C.21.c.5). The lexicon flags such phrases: "listed"
counts in the diagnosis list alone, "reason" also where the note says why the patient came.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

_ORDERED = word_set(
    "order ordered ordering schedule scheduled scheduling refer referral referred due overdue next recommend"
    " recommended recommending offered offer discussed discuss advised advise repeat needs need future pending"
    " plan planned consider last previous prior until keep utd date current completed"
)
_WANTED = word_set(
    "want wants here request requests requesting desires desire presents presenting comes came"
)
_REACH = 4
_OPENING_WORDS = 40
_FLAGS = frozenset(("listed", "reason"))
_WHY = word_set("chief_complaint opening indication study preop_dx procedure header")
_OPENING = word_set("chief_complaint opening")


def keep_listed_reasons(note: Note, picks: Picks) -> Picks:
    """The picks without reasons for a visit that are told of elsewhere or are still to come."""
    reasons = [pick for pick in live(picks) if any(m.term.flags & _FLAGS for m in pick.mentions)]
    if not reasons:
        return picks
    others = any(not all("listed" in m.term.flags for m in pick.mentions) for pick in live(picks))
    out = dict(picks)
    for pick in reasons:
        kept = tuple(m for m in pick.mentions if _counts(note, m, others))
        if not kept:
            text = "told of or ordered, and not what this visit was for"
            out[pick.code] = pick.drop(guideline("Section IV.A", text))
        elif len(kept) < len(pick.mentions):
            out[pick.code] = evolve(pick, mentions=kept)
    return out


def _counts(note: Note, mention: Mention, others: bool) -> bool:
    flags = mention.term.flags
    if not flags & _FLAGS:
        return True
    if mention.section in _OPENING and mention.first > _OPENING_WORDS:
        return False
    if "reason" in flags and mention.section == "hpi":
        before = note.words.forms[max(0, mention.first - _REACH) : mention.first]
        return bool(_WANTED.intersection(before))
    places = _WHY if "reason" in flags else (frozenset() if others else _OPENING)
    return mention.section in DIAGNOSTIC | places and not _ordered(note, mention)


def _ordered(note: Note, mention: Mention) -> bool:
    """Whether the words close by say that it is to be done, or was done before."""
    forms = note.words.forms
    before = forms[max(0, mention.first - _REACH) : mention.first]
    after = forms[mention.last : mention.last + _REACH]
    if after[:2] == ["prior", "to"]:
        after = []
    near = _up_to_mark(reversed(before)) + _up_to_mark(after)
    return bool(_ORDERED.intersection(near))


def _up_to_mark(forms: Iterable[str]) -> list[str]:
    found: list[str] = []
    for form in forms:
        if form in MARKS:
            break
        found.append(form)
    return found
