"""Receptors of a breast cancer: Z17, which the tabular list asks for beside C50."""

from __future__ import annotations

import re
from bisect import bisect_right

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_RECEPTOR = re.compile(
    r"\b(ER|PR|HR|HER-?2)(?:/neu|/PR)?[ -]?(?:receptor )?(?:status )?"
    r"(positive|negative|pos\b|neg\b|\+|[-−](?=[\s,;/.)])|[<>~]?\d{1,3} ?%|[0-3]\+(?=[\s,;/.)])|0(?=[\s,;/.)]|$))"
)
_TRIPLE = re.compile(r"\btriple[- ]negative\b", re.IGNORECASE)
_PLUS = frozenset(("positive", "pos", "+"))
_MOST = 200_000


def add_hormone_receptors(note: Note, picks: Picks) -> Picks:
    """The receptor status of a breast cancer that is coded, from what the note says of ER, PR and HER2."""
    if not any(pick.code.startswith("C50") for pick in live(picks)):
        return picks
    told: dict[str, bool] = {}
    place: re.Match[str] | None = None
    for found in _RECEPTOR.finditer(note.text[:_MOST]):
        name = found.group(1).replace("-", "")
        plus = _is_positive(name, found.group(2))
        if plus is not None:
            told.setdefault(name, plus)
        place = place or found
    triple = _TRIPLE.search(note.text[:_MOST])
    code = "Z17.421" if triple and not told else _code(told)
    where = place or triple
    if not code or where is None:
        return picks
    first = bisect_right(note.words.starts, where.start()) - 1
    out = dict(picks)
    reason = guideline("Section I.B.7", "a breast cancer is coded with the status of its receptors")
    for pick in live(picks):
        if pick.code.startswith("Z17") and pick.code != code:
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"all receptors together are {code}"))
    add_pick(out, code, mention_of(note, code, max(0, first), max(0, first) + 1), reason)
    return out


def _is_positive(name: str, said: str) -> bool | None:
    """Whether a receptor is there; None where it stays open.

    Of the hormones a share of 1 % or more of the cells is positive; of HER2 a stain of 3+ is, 0 and 1+ are not, and
    2+ waits for another test.
    """
    share = said.strip("<>~ %+")
    if not share.isdecimal():
        return said in _PLUS
    if said.endswith("%"):
        return None if name == "HER2" else int(share) >= 1 and not said.startswith("<")
    if name != "HER2":
        return int(share) > 0
    return None if share == "2" else share == "3"


def _code(told: dict[str, bool]) -> str:
    hormones = [told[name] for name in ("ER", "PR", "HR") if name in told]
    if not hormones:
        return ""
    if "HER2" in told:
        return f"Z17.4{1 if any(hormones) else 2}{0 if told['HER2'] else 1}"
    if "PR" not in told and "ER" in told:
        return "Z17.0" if told["ER"] else "Z17.1"
    return ""
