"""What one part of a note leaves open and another states (Section I.B.2): the listed code made exact by the story."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import UNREAD

_SYSTEM = "ICD-10-CM"
_WHOLE_CATEGORY = frozenset(("I50.9", "I48.91", "J45.909", "K74.60"))
_NOT_FROM = UNREAD | {"pmh", "psh", "social_history", "plan"}


def add_specificity(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks where an unspecified listed code gives way to the one exact code of its kind that the story states."""
    out = dict(picks)
    for pick in live(picks):
        entry = book.find(_SYSTEM, pick.code, on)
        if entry is None or "unspecified" not in entry.title.lower() or not pick.diagnostic:
            continue
        head = pick.code[:3] if pick.code in _WHOLE_CATEGORY else pick.code[:5]
        exact = [other for other in picks.values() if _says_more(other, pick, head, book, on)]
        if len({other.code for other in exact}) != 1:
            continue
        told = exact[0]
        mentions = tuple(m for m in told.mentions if m.affirmed and m.section not in _NOT_FROM)
        reason = guideline(
            "Section I.B.2", "the story states what the list leaves open", ("listed", pick.code)
        )
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the story says more: {told.code}"))
        out[told.code] = evolve(told, mentions=(*pick.mentions, *mentions), dropped=None).explain(reason)
    return out


def _says_more(other: Pick, pick: Pick, head: str, book: CodeBook, on: dt.date) -> bool:
    if other.code == pick.code or not other.code.startswith(head) or other.dropped is None:
        return False
    if not any(mention.affirmed and mention.section not in _NOT_FROM for mention in other.mentions):
        return False
    entry = book.find(_SYSTEM, other.code, on)
    return entry is not None and entry.billable and "unspecified" not in entry.title.lower()
