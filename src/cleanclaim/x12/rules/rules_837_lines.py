"""SNIP type 4 of the claim sets: service lines, their numbers, pointers, charges and units.

Source of a rule: as in `rules_837`.
"""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case
from cleanclaim.x12.syntax.formats import whole_number
from cleanclaim.x12.syntax.reader import Segment

_DIAGNOSES = frozenset({"ABK", "BK", "ABF", "BF"})
_UNIT_DIGITS, _UNIT_DECIMALS = 8, 3


def pointers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 SV107 (SV311): a pointer names one of the claim's diagnoses."""
    count = sum(
        1
        for segment in claim.all("HI")
        for text in segment.elements[1:]
        if text.partition(segment.delimiters.component)[0] in _DIAGNOSES
    )
    for line in claim.below("2400"):
        for key, element in (("SV1", 7), ("SV3", 11)):
            segment = line.at.get(key)
            if segment is None or not segment.get(element):
                continue
            texts = segment.components(element)
            numbers = [whole_number(text) for text in texts]
            if any(number is not None and not 1 <= number <= count for number in numbers):
                case.say(
                    4,
                    "POINTER-DEAD",
                    f"line {line.opener().get(1)[:6]} points to a diagnosis that the claim does not have"
                    f" (it has {count})",
                    "correct the pointer",
                    segment,
                    f"{key}{element:02d}",
                    "2400",
                )
            elif len(set(texts)) != len(texts):
                case.say(
                    4,
                    "POINTER-TWICE",
                    f"line {line.opener().get(1)[:6]} points to one diagnosis twice",
                    "drop one of the pointers",
                    segment,
                    f"{key}{element:02d}",
                    "2400",
                )


def line_numbers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 LX01: lines count from 1, one by one."""
    for place, line in enumerate(claim.below("2400"), 1):
        if line.opener().get(1) != str(place):
            case.say(
                4,
                "LINE-NUMBER",
                f"line {place} of the claim is not numbered {place}",
                "number the lines from 1, one by one",
                line.opener(),
                "LX01",
                "2400",
            )
            return


def control_numbers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 REF*6R: a line control number is unique in its claim."""
    seen: set[str] = set()
    for line in claim.below("2400"):
        number = line.value("REF6R", 2)
        if number and number in seen:
            case.say(
                4,
                "LINE-CONTROL-TWICE",
                "two lines have one control number (REF*6R)",
                "give each its own",
                line.at["REF6R"],
                "REF02",
                "2400",
            )
        seen.add(number)


def amounts(claim: Instance, case: Case) -> None:
    """Source: TR3 CLM02, SV102, SV104: charges and units are zero or more, units of eight digits at most."""
    if claim.value("CLM", 2)[:1] == "-":
        case.say(
            4,
            "NEGATIVE",
            "the total charge is negative",
            "send a void (frequency 8)",
            claim.opener(),
            "CLM02",
            "2300",
        )
    for line in claim.below("2400"):
        for key, charge, units in (("SV1", 2, 4), ("SV2", 3, 5), ("SV3", 2, 6)):
            segment = line.at.get(key)
            if segment is None:
                continue
            for place in (charge, units):
                if segment.get(place)[:1] == "-":
                    case.say(
                        4,
                        "NEGATIVE",
                        f"line {line.opener().get(1)[:6]}: {'charge' if place == charge else 'units'} are negative",
                        "correct them",
                        segment,
                        f"{key}{place:02d}",
                        "2400",
                    )
            _units(segment, units, line, case)


def _units(segment: Segment, place: int, line: Instance, case: Case) -> None:
    whole, _, part = segment.get(place).partition(".")
    if len(part) > _UNIT_DECIMALS or len(whole) + len(part) > _UNIT_DIGITS + (whole[:1] == "-"):
        case.say(
            2,
            "UNITS",
            f"line {line.opener().get(1)[:6]}: the units have more than {_UNIT_DIGITS} digits,"
            f" or more than {_UNIT_DECIMALS} behind the point",
            "round them as the payer asks",
            segment,
            f"{segment.id}{place:02d}",
            "2400",
        )
