"""What one part of a note leaves open and another states (Section I.B.2): the listed code made exact by the story."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from attrs import evolve

from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.refining import exact_code
from cleanclaim.coding.worked_out import UNREAD
from cleanclaim.documents.note import Note

_SYSTEM = "ICD-10-CM"
_WHOLE_CATEGORY = frozenset(
    ("I50.9", "I48.91", "J45.909", "K74.60", "G30.9", "E78.5", "J30.9", "L40.9", "D50.9", "E05.90", "G20.C")
)
# A cancer of an organ without its part: the story names it.
_UNSITED = re.compile(r"C[0-7][0-9]\.9[0-9]*")
_NOT_FROM = UNREAD | {"pmh", "psh", "social_history", "plan"}


def add_specificity(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks where an unspecified listed code gives way to the one exact code of its kind that the story states."""
    out = dict(picks)
    for pick in live(picks):
        entry = book.find(_SYSTEM, pick.code, on)
        if entry is None or not pick.diagnostic or not (_is_open(entry) or pick.code in _told_in_full()):
            continue
        head = _told_in_full().get(pick.code) or (
            pick.code[:3] if pick.code in _WHOLE_CATEGORY or _UNSITED.fullmatch(pick.code) else pick.code[:5],
        )
        listed = next((other for other in live(out) if _listed_exactly(other, pick, head, book, on)), None)
        if listed is not None:
            if pick.code in _told_in_full() and listed.code[:3] != pick.code[:3]:
                out[pick.code] = pick.drop(guideline("Section I.B.2", f"the list says more: {listed.code}"))
                out[listed.code] = evolve(listed, mentions=(*listed.mentions, *pick.mentions))
            continue
        exact = {
            full.code: full
            for other in picks.values()
            if (full := _says_more(note, other, pick, head, book, on)) is not None
        }
        if len(exact) != 1:
            continue
        (told,) = exact.values()
        mentions = _told(told)
        reason = guideline(
            "Section I.B.2", "the story states what the list leaves open", ("listed", pick.code)
        )
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the story says more: {told.code}"))
        out[told.code] = evolve(told, mentions=(*pick.mentions, *mentions), dropped=None).explain(reason)
    return out


@lru_cache(maxsize=1)
def _told_in_full() -> dict[str, tuple[str, ...]]:
    """A code of a name that lists write short -> the beginnings of codes in which a story tells the same disease."""
    together = {code: tuple(row) for code, row in families()["told_together"].items()}
    return together | {code: tuple(heads) for code, heads in families()["told_in_full"].items()}


def _listed_exactly(other: Pick, pick: Pick, head: tuple[str, ...], book: CodeBook, on: dt.date) -> bool:
    """Whether the list itself states the disease exactly elsewhere: what the story tells of it is then past."""
    if other.code == pick.code or not other.code.startswith(head) or not other.diagnostic:
        return False
    entry = book.find(_SYSTEM, other.code, on)
    return entry is not None and not _is_open(entry)


def _says_more(
    note: Note, other: Pick, pick: Pick, head: tuple[str, ...], book: CodeBook, on: dt.date
) -> Pick | None:
    """What the story tells, made exact by its own words, where it says more than the list; else None."""
    if other.code == pick.code or not other.code.startswith(head) or other.dropped is None:
        return None
    # How long somebody was unconscious and the like are read for injuries by rules of their own.
    injury = other.code[0] in "ST"
    if injury and other.diagnostic:
        return None
    together = families()["told_together"].get(pick.code, {}).get(other.code)
    if together:
        return evolve(other, code=together, inferred=True) if _told(other) else None
    told = _told(other)
    if not told:
        return None
    refined = other.unassessed and not injury
    full = exact_code(note, evolve(other, mentions=told, dropped=None), book, on) if refined else other
    entry = billable_entry(book, full.code, on)
    if entry is None or full.code == pick.code:
        return None
    # "Chronic gout, unspecified, with tophus" says more than gout.
    kin = pick.code in _told_in_full() and full.code[:3] != pick.code[:3]
    return full if kin or not _is_open(entry) else None


def _told(pick: Pick) -> tuple[Mention, ...]:
    """Where the story states it; the history of past illnesses speaks for those that last."""
    unread = _NOT_FROM - {"pmh"} if "chronic" in pick.flags else _NOT_FROM
    return tuple(mention for mention in pick.mentions if mention.affirmed and mention.section not in unread)


def _is_open(entry: CodeEntry) -> bool:
    return "unspecified" in entry.title.lower()
