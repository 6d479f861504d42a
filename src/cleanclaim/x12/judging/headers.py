"""ISA, GS and ST against what the standard and the guides want of them (SNIP type 1)."""

from __future__ import annotations

from cleanclaim.x12.guide.guide_specs import GuideSpec
from cleanclaim.x12.judging.envelope_check import EnvelopeWalk
from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.syntax.formats import date_fault, day
from cleanclaim.x12.syntax.reader import Segment

_QUALIFIERS = frozenset({"01", "14", "20", "27", "28", "29", "30", "33", "ZZ"})


def check_interchange(isa: Segment, walk: EnvelopeWalk) -> None:
    """Elements of ISA beyond its fixed widths."""
    faults = (
        (1, isa.get(1) in {"00", "03"}, "is neither 00 nor 03"),
        (3, isa.get(3) in {"00", "01"}, "is neither 00 nor 01"),
        (5, isa.get(5) in _QUALIFIERS, "is no qualifier that the guides know"),
        (6, isa.get(6).strip() != "", "names no sender"),
        (7, isa.get(7) in _QUALIFIERS, "is no qualifier that the guides know"),
        (8, isa.get(8).strip() != "", "names no receiver"),
        (9, day("20" + isa.get(9)) is not None, "is not a day on the calendar (YYMMDD)"),
        (10, date_fault(isa.get(10), "TM", 4) == "", "is not a time of the day (HHMM)"),
        (12, isa.get(12) in {"00501", "00401"}, "is a version of the envelope that is not in use"),
        (13, _digits(isa.get(13), 9, 9), "is not a control number of nine digits"),
        (14, isa.get(14) in {"0", "1"}, "is neither 0 nor 1"),
        (15, isa.get(15) in {"P", "T"}, "is neither P (production) nor T (test)"),
    )
    for number, fine, why in faults:
        if not fine:
            walk.say("INTERCHANGE", f"ISA{number:02d} {why}", isa, f"ISA{number:02d}")


def check_group(gs: Segment, walk: EnvelopeWalk) -> None:
    """Elements of GS."""
    faults = (
        (1, len(gs.get(1)) == 2, "is not two characters"),
        (2, 2 <= len(gs.get(2)) <= 15, "names no sender of 2 to 15 characters"),
        (3, 2 <= len(gs.get(3)) <= 15, "names no receiver of 2 to 15 characters"),
        (4, day(gs.get(4)) is not None, "is not a day on the calendar (CCYYMMDD)"),
        (5, date_fault(gs.get(5), "TM", 4) == "", "is not a time of the day"),
        (6, _digits(gs.get(6), 1, 9), "is not a control number of 1 to 9 digits"),
        (7, gs.get(7) == "X", "is not X"),
        (8, 1 <= len(gs.get(8)) <= 12, "names no version"),
    )
    for number, fine, why in faults:
        if not fine:
            walk.say("GROUP", f"GS{number:02d} {why}", gs, f"GS{number:02d}")


def check_set(st: Segment, gs: Segment | None, known: GuideSpec | None, finder: Finder) -> None:
    """ST against its group, and whether its guide is at hand."""
    if known is None:
        version = (st.get(3) or (gs.get(8) if gs is not None else ""))[:12]
        shown = version if version.isascii() and version.isprintable() else ""
        finder.say(
            2,
            "GUIDE-UNKNOWN",
            f"this is a {st.get(1)[:3]} of the guide {shown or '(none)'}, which is not at hand:"
            " it was not judged beyond its envelope",
            "send a version in use (005010)",
            st,
            element="ST03" if st.get(3) else "GS08",
        )
        return
    if gs is None:
        return
    if gs.get(1) != known.group_code:
        finder.say(
            1,
            "GROUP-CODE",
            f"GS01 is not {known.group_code}, which a group of {known.name} has",
            "correct GS01",
            gs,
            element="GS01",
        )
    if st.get(3) and gs.get(8) and st.get(3) != gs.get(8):
        finder.say(
            2,
            "GUIDES-DIFFER",
            "ST03 and GS08 name different guides",
            "name the same guide in both",
            st,
            element="ST03",
        )


def _digits(text: str, shortest: int, longest: int) -> bool:
    return shortest <= len(text) <= longest and text.isascii() and text.isdigit()
