"""Service lines of a claim from loops 2400 to 2430."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coordination import LineAdjudication
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Provider
from cleanclaim.x12.amounts import amount_at, amount_or_none, quantity_at
from cleanclaim.x12.dates import day_at, span_at
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.loops import Loop, find
from cleanclaim.x12.parties_in import first, provider, value
from cleanclaim.x12.reader import Segment


def line_groups(loops: Sequence[Loop]) -> list[list[Loop]]:
    """The loops of a claim cut into its lines: each group begins with a loop 2400."""
    groups: list[list[Loop]] = []
    for loop in loops:
        if loop.name == "2400":
            groups.append([loop])
        elif groups:
            groups[-1].append(loop)
    return groups


def professional_line(group: Sequence[Loop], place: int) -> ServiceLine:
    """A line with SV1. Raises X12Error where it has none, no amount, no quantity or no date."""
    head = group[0].segments
    sv1 = _service(head, "SV1")
    code, modifiers, description = _procedure(sv1, 1)
    dated = first(head, "DTP", "472")
    if dated is None:
        raise _shape(sv1, "the line has no service date (DTP*472)")
    began, ended = span_at(dated)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        charge_cents=amount_at(sv1, 2),
        units=quantity_at(sv1, 4),
        unit_kind=sv1.get(3),
        code=code,
        modifiers=modifiers,
        description=description,
        place_of_service=sv1.get(5),
        pointers=_pointers(sv1),
        emergency=sv1.get(9) == "Y",
        drug=_drug(group),
        control_number=value(head, "REF", "6R", 2),
        authorization_number=value(head, "REF", "G1", 2),
        rendering=_provider_or_none(group, "82"),
        ordering=_provider_or_none(group, "DK"),
        referring=_provider_or_none(group, "DN"),
    )


def institutional_line(group: Sequence[Loop], place: int, otherwise: dt.date) -> ServiceLine:
    """A line with SV2, dated ``otherwise`` where it has no date of its own. Raises X12Error as above."""
    head = group[0].segments
    sv2 = _service(head, "SV2")
    code, modifiers, description = _procedure(sv2, 2) if sv2.get(2) else ("", (), "")
    dated = first(head, "DTP", "472")
    began, ended = span_at(dated) if dated else (otherwise, None)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        charge_cents=amount_at(sv2, 3),
        units=quantity_at(sv2, 5),
        unit_kind=sv2.get(4),
        code=code,
        modifiers=modifiers,
        description=description,
        revenue_code=sv2.get(1),
        non_covered_cents=amount_or_none(sv2, 7) or 0,
        drug=_drug(group),
        control_number=value(head, "REF", "6R", 2),
        rendering=_provider_or_none(group, "82"),
        referring=_provider_or_none(group, "DN"),
    )


def line_adjudications(loops: Sequence[Loop]) -> dict[str, list[LineAdjudication]]:
    """The answers of other payers for lines, by the payer's id (SVD01)."""
    answers: dict[str, list[LineAdjudication]] = {}
    for place, group in enumerate(line_groups(loops), 1):
        for loop in group:
            if loop.name == "2430":
                answers.setdefault(loop.segments[0].get(1), []).append(_answer(loop.segments, place))
    return answers


def adjustments(segments: Sequence[Segment]) -> tuple[Adjustment, ...]:
    """All reasons of all CAS segments among these, every triplet, in order.

    Raises:
        X12Error: a reason without an amount, or an amount without a reason.
    """
    found = []
    for segment in segments:
        if segment.id != "CAS":
            continue
        for number in range(2, max(len(segment.elements), 3), 3):
            if not any(segment.elements[number : number + 3]) and number > 2:
                continue
            if not segment.get(number):
                raise _shape(segment, f"CAS{number:02d} has no reason code beside its amount")
            quantity = quantity_at(segment, number + 2) if segment.get(number + 2) else None
            cents = amount_at(segment, number + 1)
            found.append(Adjustment(segment.get(1), segment.get(number), cents, quantity))
    return tuple(found)


def _answer(loop: Sequence[Segment], place: int) -> LineAdjudication:
    svd = loop[0]
    code, modifiers, _ = _procedure(svd, 3) if svd.get(3) else ("", (), "")
    decided = first(loop, "DTP", "573")
    if decided is None:
        raise _shape(svd, "another payer's answer has no date (DTP*573)")
    remaining = first(loop, "AMT", "EAF")
    return LineAdjudication(
        line_number=place,
        paid_cents=amount_at(svd, 2),
        code=code,
        modifiers=modifiers,
        revenue_code=svd.get(4),
        paid_units=quantity_at(svd, 5) if svd.get(5) else Decimal(0),
        adjudicated_on=day_at(decided, 3),
        adjustments=adjustments(loop),
        remaining_patient_cents=amount_at(remaining, 2) if remaining else None,
    )


def _service(head: Sequence[Segment], name: str) -> Segment:
    segment = first(head, name)
    if segment is None:
        raise _shape(head[0], f"the line has no {name}")
    return segment


def _procedure(segment: Segment, number: int) -> tuple[str, tuple[str, ...], str]:
    parts = segment.components(number) + [""] * 7
    return parts[1], tuple(part for part in parts[2:6] if part), parts[6]


def _pointers(sv1: Segment) -> tuple[int, ...]:
    found = [part for part in sv1.components(7) if part]
    if any(not (part.isascii() and part.isdigit() and len(part) <= 2) for part in found):
        raise _shape(sv1, "a diagnosis pointer (SV107) is no number")
    return tuple(int(part) for part in found)


def _drug(group: Sequence[Loop]) -> Drug | None:
    loop = find(group, "2410", "")
    if not loop or loop[0].get(2) != "N4":
        return None
    ctp = first(loop, "CTP")
    return Drug(
        ndc=loop[0].get(3),
        quantity=quantity_at(ctp, 4) if ctp else Decimal(0),
        unit=ctp.component(5, 1) if ctp else "",
        prescription_number=value(loop, "REF", "XZ", 2),
    )


def _provider_or_none(group: Sequence[Loop], role: str) -> Provider | None:
    loop = find(group, "2420", role)
    return provider(loop) if loop else None


def _shape(segment: Segment, what: str) -> X12Error:
    return X12Error(what, segment=segment.ordinal, offset=segment.offset, fix="ask the sender to correct it")
