"""Service lines of a claim from loops 2400 to 2430."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coordination import LineAdjudication
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.teeth import DentalService, Tooth
from cleanclaim.x12.amounts import amount_at, amount_or_none, quantity_at
from cleanclaim.x12.dates import day_at, span_at
from cleanclaim.x12.equipment_in import (
    certification,
    equipment,
    forms,
    purchased_service,
    quantity_of,
    test_results,
    transport,
)
from cleanclaim.x12.equipment_in import place as place_of
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.loops import Loop, find
from cleanclaim.x12.parties_in import first, provider, value
from cleanclaim.x12.reader import Segment
from cleanclaim.x12.supplements_in import (
    amount,
    attachments,
    conditions,
    contract,
    fixed_format,
    line_notes,
    named_dates,
    number_of,
    references,
    repricing,
)

PROFESSIONAL_ROLES = (
    ("rendering", "82"),
    ("facility", "77"),
    ("supervising", "DQ"),
    ("ordering", "DK"),
    ("referring", "DN"),
    ("primary_care", "P3"),
)
INSTITUTIONAL_ROLES = (
    ("operating", "72"),
    ("other_operating", "ZZ"),
    ("rendering", "82"),
    ("referring", "DN"),
)
DENTAL_ROLES = (
    ("rendering", "82"),
    ("assistant_surgeon", "DD"),
    ("supervising", "DQ"),
    ("facility", "77"),
)


def line_groups(loops: Sequence[Loop]) -> list[list[Loop]]:
    """The loops of a claim cut into its lines: each group begins with a loop 2400."""
    groups: list[list[Loop]] = []
    for loop in loops:
        if loop.name == "2400":
            groups.append([loop])
        elif groups:
            groups[-1].append(loop)
    return groups


def professional_line(group: Sequence[Loop], place: int, otherwise: dt.date | None = None) -> ServiceLine:
    """A line with SV1, dated ``otherwise`` where it has no date of its own and one is given.

    Raises:
        X12Error: it has no SV1, no amount, no quantity or no date.
    """
    head = group[0].segments
    sv1 = _service(head, "SV1")
    code, modifiers, description = _procedure(sv1, 1)
    began, ended, told = _dated(sv1, head, otherwise)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv1, 2),
        units=quantity_at(sv1, 4),
        unit_kind=sv1.get(3),
        code=code,
        code_kind=_unusual(sv1.component(1, 1), "HC"),
        modifiers=modifiers,
        description=description,
        place_of_service=sv1.get(5),
        pointers=_pointers(sv1, 7),
        emergency=sv1.get(9) == "Y",
        epsdt=sv1.get(11) == "Y",
        family_planning=sv1.get(12) == "Y",
        copay_exempt=sv1.get(15) == "0",
        drug=_drug(group),
        authorization_number=number_of(head, "G1"),
        references=references(head, frozenset({"G1"})),
        conditions=conditions(head),
        fixed_format=fixed_format(head),
        contract=contract(head),
        sales_tax_cents=amount(head, "T"),
        postage_cents=amount(head, "F4"),
        **_shared(group),
        **_supplies(group),
        **_line_providers(group, PROFESSIONAL_ROLES),
    )


def institutional_line(group: Sequence[Loop], place: int, otherwise: dt.date) -> ServiceLine:
    """A line with SV2, dated ``otherwise`` where it has no date of its own. Raises X12Error as above."""
    head = group[0].segments
    sv2 = _service(head, "SV2")
    code, modifiers, description = _procedure(sv2, 2) if sv2.get(2) else ("", (), "")
    began, ended, told = _dated(sv2, head, otherwise)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv2, 3),
        units=quantity_at(sv2, 5),
        unit_kind=sv2.get(4),
        code=code,
        code_kind=_unusual(sv2.component(2, 1), "HC") if code else "",
        modifiers=modifiers,
        description=description,
        revenue_code=sv2.get(1),
        non_covered_cents=amount_or_none(sv2, 7) or 0,
        drug=_drug(group),
        references=references(head, frozenset()),
        service_tax_cents=amount(head, "GT"),
        facility_tax_cents=amount(head, "N8"),
        **_shared(group),
        **_line_providers(group, INSTITUTIONAL_ROLES),
    )


def dental_line(group: Sequence[Loop], place: int, otherwise: dt.date) -> ServiceLine:
    """A line with SV3, dated ``otherwise`` where it has no date of its own, of one unit where it tells none."""
    head = group[0].segments
    sv3 = _service(head, "SV3")
    code, modifiers, description = _procedure(sv3, 1)
    began, ended, told = _dated(sv3, head, otherwise)
    areas = tuple(item for item in sv3.components(4) if item)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv3, 2),
        units=quantity_at(sv3, 6) if sv3.get(6) else Decimal(1),
        code=code,
        code_kind=_unusual(sv3.component(1, 1), "AD"),
        modifiers=modifiers,
        description=description,
        place_of_service=sv3.get(3),
        pointers=_pointers(sv3, 11),
        dental=DentalService(_teeth(head), areas, sv3.get(5)),
        authorization_number=number_of(head, "G1"),
        references=references(head, frozenset({"G1"})),
        fixed_format=fixed_format(head),
        contract=contract(head),
        sales_tax_cents=amount(head, "T"),
        **_shared(group),
        **_line_providers(group, DENTAL_ROLES),
    )


def _shared(group: Sequence[Loop]) -> dict[str, Any]:
    """What every kind of line may have."""
    head = group[0].segments
    return {
        "control_number": value(head, "REF", "6R", 2),
        "attachments": attachments(head),
        "dates": named_dates(head),
        "notes": line_notes(head),
        "repricing": repricing(head),
    }


def _supplies(group: Sequence[Loop]) -> dict[str, Any]:
    """What a line of a supplier or an ambulance has."""
    head = group[0].segments
    bought = find(group, "2420", "QB")
    return {
        "transport": transport(head),
        "pick_up": place_of(group, "2420", "PW"),
        "drop_off": place_of(group, "2420", "45"),
        "patients_transported": quantity_of(head, "PT"),
        "obstetric_units": quantity_of(head, "FL"),
        "equipment": equipment(head),
        "certification": certification(head),
        "forms": forms(group),
        "test_results": test_results(head),
        "purchased_service": purchased_service(head),
        "purchased_from": provider(bought) if bought else None,
    }


def _line_providers(group: Sequence[Loop], roles: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {field: _provider_or_none(group, role) for field, role in roles}


def _dated(
    service: Segment, head: Sequence[Segment], otherwise: dt.date | None
) -> tuple[dt.date, dt.date | None, bool]:
    """First and last day of a line, and whether it tells them itself."""
    dated = first(head, "DTP", "472")
    if dated is not None:
        began, ended = span_at(dated)
        return began, ended, True
    if otherwise is None:
        raise _shape(service, "the line has no service date (DTP*472)")
    return otherwise, None, False


def _teeth(head: Sequence[Segment]) -> tuple[Tooth, ...]:
    return tuple(
        Tooth(item.get(2), tuple(part for part in item.components(3) if part))
        for item in head
        if item.id == "TOO"
    )


def _unusual(kind: str, usual: str) -> str:
    return "" if kind == usual else kind


def line_adjudications(loops: Sequence[Loop], usual_kind: str = "HC") -> dict[str, list[LineAdjudication]]:
    """The answers of other payers for lines, by the payer's id (SVD01)."""
    answers: dict[str, list[LineAdjudication]] = {}
    for place, group in enumerate(line_groups(loops), 1):
        for loop in group:
            if loop.name == "2430":
                answers.setdefault(loop.segments[0].get(1), []).append(
                    _answer(loop.segments, place, usual_kind)
                )
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


def _answer(loop: Sequence[Segment], place: int, usual_kind: str) -> LineAdjudication:
    svd = loop[0]
    code, modifiers, description = _procedure(svd, 3) if svd.get(3) else ("", (), "")
    bundled = svd.get(6)
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
        code_kind=_unusual(svd.component(3, 1), usual_kind) if code else "",
        description=description,
        bundled_line=int(bundled) if bundled.isascii() and bundled.isdigit() else 0,
    )


def _service(head: Sequence[Segment], name: str) -> Segment:
    segment = first(head, name)
    if segment is None:
        raise _shape(head[0], f"the line has no {name}")
    return segment


def _procedure(segment: Segment, number: int) -> tuple[str, tuple[str, ...], str]:
    parts = segment.components(number) + [""] * 7
    return parts[1], tuple(part for part in parts[2:6] if part), parts[6]


def _pointers(service: Segment, number: int) -> tuple[int, ...]:
    found = [part for part in service.components(number) if part]
    if any(not (part.isascii() and part.isdigit() and len(part) <= 2) for part in found):
        raise _shape(service, f"a diagnosis pointer ({service.id}{number:02d}) is no number")
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
        link_number=value(loop, "REF", "VY", 2),
    )


def _provider_or_none(group: Sequence[Loop], role: str) -> Provider | None:
    loop = find(group, "2420", role)
    return provider(loop) if loop else None


def _shape(segment: Segment, what: str) -> X12Error:
    return X12Error(what, segment=segment.ordinal, offset=segment.offset, fix="ask the sender to correct it")
