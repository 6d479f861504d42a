"""Service lines of a claim from loops 2400 to 2430."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coordination import LineAdjudication
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.teeth import DentalService
from cleanclaim.x12.claims_837.claim_rows import TRIPLETS_PER_CAS
from cleanclaim.x12.claims_837.levels_in import misshapen
from cleanclaim.x12.claims_837.line_parts_in import (
    dated,
    drug,
    pointers,
    procedure_parts,
    providers_of_line,
    service_segment,
    shared_parts,
    supplies,
    teeth,
    unusual_kind,
)
from cleanclaim.x12.claims_837.loops import Loop
from cleanclaim.x12.claims_837.parties_in import first
from cleanclaim.x12.claims_837.supplements_in import (
    amount,
    conditions,
    contract,
    fixed_format,
    number_of,
    references,
)
from cleanclaim.x12.syntax.amounts import amount_at, amount_or_none, quantity_at
from cleanclaim.x12.syntax.dates import day_at
from cleanclaim.x12.syntax.reader import Segment

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
    sv1 = service_segment(head, "SV1")
    code, modifiers, description = procedure_parts(sv1, 1)
    began, ended, told = dated(sv1, head, otherwise)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv1, 2),
        units=quantity_at(sv1, 4),
        unit_kind=sv1.get(3),
        code=code,
        code_kind=unusual_kind(sv1.component(1, 1), "HC"),
        modifiers=modifiers,
        description=description,
        place_of_service=sv1.get(5),
        pointers=pointers(sv1, 7),
        emergency=sv1.get(9) == "Y",
        epsdt=sv1.get(11) == "Y",
        family_planning=sv1.get(12) == "Y",
        copay_exempt=sv1.get(15) == "0",
        drug=drug(group),
        authorization_number=number_of(head, "G1"),
        references=references(head, frozenset({"G1"})),
        conditions=conditions(head),
        fixed_format=fixed_format(head),
        contract=contract(head),
        sales_tax_cents=amount(head, "T"),
        postage_cents=amount(head, "F4"),
        **shared_parts(group),
        **supplies(group),
        **providers_of_line(group, PROFESSIONAL_ROLES),
    )


def institutional_line(group: Sequence[Loop], place: int, otherwise: dt.date) -> ServiceLine:
    """A line with SV2, dated ``otherwise`` where it has no date of its own. Raises X12Error as above."""
    head = group[0].segments
    sv2 = service_segment(head, "SV2")
    code, modifiers, description = procedure_parts(sv2, 2) if sv2.get(2) else ("", (), "")
    began, ended, told = dated(sv2, head, otherwise)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv2, 3),
        units=quantity_at(sv2, 5),
        unit_kind=sv2.get(4),
        code=code,
        code_kind=unusual_kind(sv2.component(2, 1), "HC") if code else "",
        modifiers=modifiers,
        description=description,
        revenue_code=sv2.get(1),
        non_covered_cents=amount_or_none(sv2, 7) or 0,
        drug=drug(group),
        references=references(head, frozenset()),
        service_tax_cents=amount(head, "GT"),
        facility_tax_cents=amount(head, "N8"),
        **shared_parts(group),
        **providers_of_line(group, INSTITUTIONAL_ROLES),
    )


def dental_line(group: Sequence[Loop], place: int, otherwise: dt.date) -> ServiceLine:
    """A line with SV3, dated ``otherwise`` where it has no date of its own, of one unit where it tells none."""
    head = group[0].segments
    sv3 = service_segment(head, "SV3")
    code, modifiers, description = procedure_parts(sv3, 1)
    began, ended, told = dated(sv3, head, otherwise)
    areas = tuple(item for item in sv3.components(4) if item)
    return ServiceLine(
        number=place,
        service_date=began,
        service_date_to=ended,
        date_told=told,
        charge_cents=amount_at(sv3, 2),
        units=quantity_at(sv3, 6) if sv3.get(6) else Decimal(1),
        code=code,
        code_kind=unusual_kind(sv3.component(1, 1), "AD"),
        modifiers=modifiers,
        description=description,
        place_of_service=sv3.get(3),
        pointers=pointers(sv3, 11),
        dental=DentalService(teeth(head), areas, sv3.get(5)),
        authorization_number=number_of(head, "G1"),
        references=references(head, frozenset({"G1"})),
        fixed_format=fixed_format(head),
        contract=contract(head),
        sales_tax_cents=amount(head, "T"),
        **shared_parts(group),
        **providers_of_line(group, DENTAL_ROLES),
    )


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
    found: list[Adjustment] = []
    held: dict[str, int] = {}
    for segment in segments:
        if segment.id != "CAS":
            continue
        group, before = segment.get(1), len(found)
        apart = 0 < held.get(group, 0) < TRIPLETS_PER_CAS
        for number in range(2, max(len(segment.elements), 3), 3):
            if not any(segment.elements[number : number + 3]) and number > 2:
                continue
            if not segment.get(number):
                raise misshapen(segment, f"CAS{number:02d} has no reason code beside its amount")
            quantity = quantity_at(segment, number + 2) if segment.get(number + 2) else None
            cents = amount_at(segment, number + 1)
            found.append(Adjustment(group, segment.get(number), cents, quantity, apart))
            apart = False
        held[group] = len(found) - before
    return tuple(found)


def _answer(loop: Sequence[Segment], place: int, usual_kind: str) -> LineAdjudication:
    svd = loop[0]
    code, modifiers, description = procedure_parts(svd, 3) if svd.get(3) else ("", (), "")
    bundled = svd.get(6)
    decided = first(loop, "DTP", "573")
    if decided is None:
        raise misshapen(svd, "another payer's answer has no date (DTP*573)")
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
        code_kind=unusual_kind(svd.component(3, 1), usual_kind) if code else "",
        description=description,
        bundled_line=int(bundled) if bundled.isascii() and bundled.isdigit() and len(bundled) < 7 else 0,
    )
