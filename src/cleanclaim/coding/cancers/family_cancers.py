"""A screening because of a relative's cancer: Z80 beside Z12 (Section I.C.21.c.4)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick
from cleanclaim.documents.assertion import Assertion

_SCREENED = (
    ("Z12.1", ("C18", "C19", "C20", "C21", "C15", "C16", "C22", "C25"), "Z80.0"),
    ("Z12.3", ("C50",), "Z80.3"),
    ("Z12.5", ("C61",), "Z80.42"),
    ("Z12.2", ("C34",), "Z80.1"),
    ("Z12.83", ("C43", "C44"), "Z80.8"),
    ("Z12.4", ("C53", "C54", "C55"), "Z80.49"),
    ("Z12.73", ("C56",), "Z80.41"),
)


def add_family_cancers(picks: Picks) -> Picks:
    """The picks with the family history of the cancer that a screening looks for, wherever the note tells it."""
    out = dict(picks)
    for screening, cancers, code in _SCREENED:
        if not any(pick.code.startswith(screening) for pick in live(picks)):
            continue
        for pick in picks.values():
            told = [m for m in pick.mentions if m.asserted.assertion is Assertion.FAMILY]
            if begins_with(pick.code, cancers) and told:
                reason = guideline("Section I.C.21.c.4", "a relative had the cancer that is screened for")
                add_pick(out, code, told[0], reason)
    return out
