"""What one part of a note leaves open and another states (Section I.B.2): the listed code made exact by the story."""

from __future__ import annotations

import datetime as dt
import re

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import UNREAD

_SYSTEM = "ICD-10-CM"
_WHOLE_CATEGORY = frozenset(
    ("I50.9", "I48.91", "J45.909", "K74.60", "G30.9", "E78.5", "J30.9", "L40.9", "D50.9", "E05.90", "G20.C")
)
# Names that the list may write short, with the categories in which the story may tell the same disease in full.
_KIN = {
    "M06.9": ("M05", "M06", "M08"),
    "M10.9": ("M10", "M1A"),
    "N04.20": ("N04.2",),
    "N04.9": ("N04",),
    "L50.9": ("L50",),
    "M32.9": ("M32",),
    "M32.10": ("M32",),
    "G35.D": ("G35",),
    "G40.909": ("G40",),
    "G43.909": ("G43",),
    "G62.9": ("G60", "G61", "G62"),
    "K50.90": ("K50",),
    "K51.90": ("K51",),
    "J84.9": ("J84",),
    "J84.10": ("J84",),
    "I27.20": ("I27",),
    "I42.9": ("I42",),
    "I71.9": ("I71",),
    "I72.9": ("I71", "I72"),
    "N18.9": ("N18",),
    "N05.9": ("N02", "N03", "N04", "N05", "M32.14"),
    "E21.3": ("E21", "N25.81"),
    "D64.9": ("D50", "D51", "D52", "D55", "D57", "D58", "D59", "D60", "D61", "D63"),
    "F31.9": ("F31",),
    "F20.9": ("F20", "F25"),
    "F41.9": ("F40", "F41"),
    "F03.90": ("F03",),
    "E83.119": ("E83.11",),
    "G47.30": ("G47.3",),
    "D68.9": ("D66", "D67", "D68"),
}
# A cancer of an organ without its part: the story names it.
_UNSITED = re.compile(r"C[0-7][0-9]\.9[0-9]*")
_NOT_FROM = UNREAD | {"pmh", "psh", "social_history", "plan"}


def add_specificity(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks where an unspecified listed code gives way to the one exact code of its kind that the story states."""
    out = dict(picks)
    for pick in live(picks):
        entry = book.find(_SYSTEM, pick.code, on)
        if entry is None or "unspecified" not in entry.title.lower() or not pick.diagnostic:
            continue
        whole = pick.code in _WHOLE_CATEGORY or _UNSITED.fullmatch(pick.code)
        head = _KIN.get(pick.code) or (pick.code[:3] if whole else pick.code[:5],)
        if any(_listed_exactly(other, pick, head, book, on) for other in live(picks)):
            continue
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


def _listed_exactly(other: Pick, pick: Pick, head: tuple[str, ...], book: CodeBook, on: dt.date) -> bool:
    """Whether the list itself states the disease exactly elsewhere: what the story tells of it is then past."""
    if other.code == pick.code or not other.code.startswith(head) or not other.diagnostic:
        return False
    entry = book.find(_SYSTEM, other.code, on)
    return entry is not None and "unspecified" not in entry.title.lower()


def _says_more(other: Pick, pick: Pick, head: tuple[str, ...], book: CodeBook, on: dt.date) -> bool:
    if other.code == pick.code or not other.code.startswith(head) or other.dropped is None:
        return False
    if not any(mention.affirmed and mention.section not in _NOT_FROM for mention in other.mentions):
        return False
    entry = book.find(_SYSTEM, other.code, on)
    if entry is None or not entry.billable:
        return False
    # "Chronic gout, unspecified, with tophus" says more than gout.
    return "unspecified" not in entry.title.lower() or (pick.code in _KIN and other.code[:3] != pick.code[:3])
