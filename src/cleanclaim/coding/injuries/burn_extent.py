"""How much of the body a burn covers: T31 by all of it and by its third-degree part (Section I.C.19.d.6)."""

from __future__ import annotations

import re

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
_SHARE = r"(\d{1,3})(?:\.\d{1,2})? ?(?:%|percent)"
_AREA = r"(?:tbsa|bsa|total body surface(?: area)?|body surface(?: area)?)"
_WHOLE = (
    re.compile(_AREA + r"[^.;\n%\d]{0,30}?" + _SHARE, re.IGNORECASE),
    re.compile(_SHARE + r"[^.;\n%\d]{0,20}?" + _AREA, re.IGNORECASE),
)
_THIRD = r"(?:full[ -]thickness|third[ -]degree|3rd[ -]degree|3°)"
_DEEP = (
    re.compile(_THIRD + r"[^.;\n%\d]{0,20}?" + _SHARE, re.IGNORECASE),
    re.compile(_SHARE + r"[^.;\n%\d]{0,12}?" + _THIRD, re.IGNORECASE),
)
_LONGEST = 50_000


def add_burn_extent(note: Note, picks: Picks) -> Picks:
    """The picks with T31 where a burn is coded and its share of the body is stated."""
    burns = [pick for pick in live(picks) if begins_with(pick.code, _BURNS)]
    if not burns or any(pick.code.startswith("T31") for pick in live(picks)):
        return picks
    text = note.text[:_LONGEST]
    found = next((match for pattern in _WHOLE if (match := pattern.search(text))), None)
    if found is None or int(found.group(1)) > 100:
        return picks
    whole = int(found.group(1))
    deep = next((int(match.group(1)) for pattern in _DEEP if (match := pattern.search(text))), 0)
    first = next((at for at, start in enumerate(note.words.starts) if start >= found.start()), 0)
    last = max(first + 1, sum(1 for end in note.words.ends if end <= found.end()))
    code = extent_code(whole, deep)
    reason = guideline(
        "Section I.C.19.d.6",
        "the share of the body that is burned",
        ("all", f"{whole} %"),
        ("third", f"{deep} %"),
    )
    out = dict(picks)
    add_pick(out, code, mention_of(note, code, first, last), reason)
    return out


def extent_code(whole: int, deep: int) -> str:
    """T31 by percent of the body burned and percent burned in the third degree."""
    if whole < 10:
        return "T31.0"
    tens = min(9, whole // 10)
    return f"T31.{tens}{min(tens, deep // 10)}"
