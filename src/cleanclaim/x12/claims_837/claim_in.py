"""One claim from its segments: what both kinds share, and the two kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeVar

from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    Frequency,
    InstitutionalClaim,
    ProfessionalClaim,
)
from cleanclaim.claims.dental import DentalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.teeth import Orthodontics, ToothStatus
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12.claims_837.codes_in import HiCodes, hi_codes
from cleanclaim.x12.claims_837.equipment_in import place as place_of
from cleanclaim.x12.claims_837.equipment_in import spinal_treatment, transport
from cleanclaim.x12.claims_837.levels_in import (
    billing_and_pay_to,
    member,
    misshapen,
    patient_and_coverage,
    pay_to_plan,
)
from cleanclaim.x12.claims_837.lines_in import (
    dental_line,
    institutional_line,
    line_adjudications,
    line_groups,
    professional_line,
)
from cleanclaim.x12.claims_837.loops import ClaimSegments, Loop, claim_loops, find
from cleanclaim.x12.claims_837.other_payers_in import other_payers
from cleanclaim.x12.claims_837.parties_in import (
    first,
    provider,
    value,
)
from cleanclaim.x12.claims_837.supplements_in import (
    amount,
    attachments,
    conditions,
    contract,
    fixed_format,
    named_dates,
    notes,
    quantity_or_none,
    references,
    repricing,
)
from cleanclaim.x12.syntax.amounts import amount_or_none
from cleanclaim.x12.syntax.dates import day_at, day_in, span_at
from cleanclaim.x12.syntax.reader import Segment

_FIELDS = frozenset({"9F", "G1", "F8", "EA"})

E = TypeVar("E", bound=Enum)


def professional_claim(parts: ClaimSegments, *, predetermination: bool = False) -> ProfessionalClaim:
    """A professional claim. Raises X12Error where the segments do not make one."""
    loops = claim_loops(parts.claim)
    head, clm = loops[0].segments, parts.claim[0]
    codes = hi_codes(head)
    otherwise = _written_on(parts) if predetermination else None
    lines = tuple(
        professional_line(group, place, otherwise) for place, group in enumerate(line_groups(loops), 1)
    )
    return ProfessionalClaim(
        **_shared(parts, loops, lines),
        **_signed(clm),
        patient_signature=clm.get(10),
        predetermination=predetermination,
        diagnoses=codes.diagnoses(),
        place_of_service=clm.component(5, 1),
        frequency=member(Frequency, clm, clm.component(5, 3)),
        clia_number=value(head, "REF", "X4", 2),
        patient_paid_cents=_paid(head),
        accident=_accident(clm, head),
        onset_date=_day(head, "431"),
        last_menstrual_date=_day(head, "484"),
        admission_date=_day(head, "435"),
        discharge_date=_day(head, "096"),
        initial_treatment_date=_day(head, "454"),
        unable_to_work=_unable_to_work(head),
        dates=named_dates(head, frozenset({"454"})),
        references=references(head, _FIELDS | {"X4"}),
        conditions=conditions(head),
        anesthesia_procedures=(*codes.plain("BP"), *codes.plain("BO")),
        condition_codes=codes.plain("BG"),
        transport=transport(head),
        pick_up=place_of(loops, "2310", "PW"),
        drop_off=place_of(loops, "2310", "45"),
        spinal_treatment=spinal_treatment(head),
        primary_care=_provider_or_none(loops, "P3"),
        supervising=_provider_or_none(loops, "DQ"),
    )


def institutional_claim(parts: ClaimSegments, *, predetermination: bool = False) -> InstitutionalClaim:
    """An institutional claim. Raises X12Error where the segments do not make one."""
    loops = claim_loops(parts.claim)
    head, clm = loops[0].segments, parts.claim[0]
    codes = hi_codes(head)
    told = first(head, "DTP", "434") is not None
    period = DatePeriod(_written_on(parts)) if predetermination and not told else _statement(head, clm)
    lines = tuple(
        institutional_line(group, place, period.first) for place, group in enumerate(line_groups(loops), 1)
    )
    admission = first(head, "DTP", "435")
    frequency = clm.component(5, 3)
    return InstitutionalClaim(
        **_shared(parts, loops, lines),
        predetermination=predetermination,
        type_of_bill=f"0{clm.component(5, 1)}{frequency}",
        frequency=Frequency(frequency) if frequency in {"7", "8"} else Frequency.ORIGINAL,
        statement=period,
        statement_told=told,
        **_hospital_codes(codes, clm),
        admission_date=day_in(admission, admission.get(3)[:8]) if admission else None,
        admission_hour=_hour(admission.get(3)[8:]) if admission else "",
        discharge_hour=_hour(value(head, "DTP", "096", 3)),
        admission_type=value(head, "CL1", "", 1),
        admission_source=value(head, "CL1", "", 2),
        discharge_status=value(head, "CL1", "", 3),
        attending=_provider_or_none(loops, "71"),
        operating=_provider_or_none(loops, "72"),
        other_operating=_provider_or_none(loops, "ZZ"),
        references=references(head, _FIELDS),
        conditions=conditions(head),
        patient_due_cents=amount(head, "F3"),
    )


def dental_claim(parts: ClaimSegments) -> DentalClaim:
    """A dental claim. Raises X12Error where the segments do not make one.

    Lines without a date have that of the claim, or else the day on which the file was written.
    """
    loops = claim_loops(parts.claim)
    head, clm = loops[0].segments, parts.claim[0]
    served = first(head, "DTP", "472")
    service_date = span_at(served)[0] if served is not None else None
    otherwise = service_date or _written_on(parts)
    lines = tuple(dental_line(group, place, otherwise) for place, group in enumerate(line_groups(loops), 1))
    return DentalClaim(
        **_shared(parts, loops, lines),
        **_signed(clm),
        predetermination=clm.get(19) == "PB",
        frequency=member(Frequency, clm, clm.component(5, 3)),
        place_of_service=clm.component(5, 1),
        diagnoses=hi_codes(head).diagnoses(),
        patient_paid_cents=_paid(head),
        accident=_accident(clm, head),
        service_date=service_date,
        appliance_placed_on=_day(head, "452"),
        orthodontics=_orthodontics(head),
        tooth_status=tuple(ToothStatus(item.get(1), item.get(2)) for item in head if item.id == "DN2"),
        dates=named_dates(head, frozenset({"452"})),
        references=references(head, _FIELDS),
        supervising=_provider_or_none(loops, "DQ"),
        assistant_surgeon=_provider_or_none(loops, "DD"),
    )


def _signed(clm: Segment) -> dict[str, Any]:
    return {"provider_signature_on_file": clm.get(6) == "Y", "special_program": clm.get(12)}


def _orthodontics(head: Sequence[Segment]) -> Orthodontics | None:
    item = first(head, "DN1")
    if item is None:
        return None
    return Orthodontics(quantity_or_none(item, 1), quantity_or_none(item, 2), item.get(3) == "Y")


def _written_on(parts: ClaimSegments) -> dt.date:
    """The day of the heading (BHT04), for what tells no day of its own."""
    if parts.heading is None:
        raise misshapen(parts.claim[0], "the set has no heading (BHT)")
    return day_at(parts.heading, 4)


def _shared(parts: ClaimSegments, loops: Sequence[Loop], lines: tuple[ServiceLine, ...]) -> dict[str, Any]:
    head, clm = loops[0].segments, parts.claim[0]
    if not lines:
        raise misshapen(clm, "the claim has no line")
    began = min(line.service_date for line in lines)
    patient, coverage = patient_and_coverage(parts, head, began)
    billing, pay_to = billing_and_pay_to(parts, clm)
    note, other_notes = notes(head)
    usual_kind = "AD" if _is_dental(loops) else "HC"
    return {
        "claim_id": clm.get(1),
        "patient": patient,
        "coverage": coverage,
        "other_payers": other_payers(loops, began, line_adjudications(loops, usual_kind), clm),
        "billing": billing,
        "pay_to": pay_to,
        "pay_to_plan": pay_to_plan(parts),
        "rendering": _provider_or_none(loops, "82"),
        "referring": _provider_or_none(loops, "DN"),
        "facility": _provider_or_none(loops, "77"),
        "lines": lines,
        "payer_claim_number": value(head, "REF", "F8", 2),
        "authorization_number": value(head, "REF", "G1", 2),
        "referral_number": value(head, "REF", "9F", 2),
        "assignment_accepted": clm.get(7) in {"A", "B"},
        "benefits_assigned": clm.get(8) == "Y",
        "signature_on_file": clm.get(9) == "Y",
        "delay_reason": clm.get(20),
        "note": note,
        "other_notes": other_notes,
        "attachments": attachments(head),
        "fixed_format": fixed_format(head),
        "contract": contract(head),
        "repricing": repricing(head),
    }


def _is_dental(loops: Sequence[Loop]) -> bool:
    return any(loop.name == "2400" and first(loop.segments, "SV3") is not None for loop in loops)


def _provider_or_none(loops: Sequence[Loop], role: str) -> Provider | None:
    loop = find(loops, "2310", role)
    return provider(loop) if loop else None


def _accident(clm: Segment, head: Sequence[Segment]) -> Accident | None:
    occurred_on, kind = _day(head, "439"), clm.component(11, 1)
    if occurred_on is None or kind not in {item.value for item in AccidentKind}:
        return None
    further = clm.component(11, 2)
    known = further in {item.value for item in AccidentKind}
    return Accident(
        AccidentKind(kind),
        occurred_on,
        clm.component(11, 4),
        AccidentKind(further) if known else None,
        clm.component(11, 5),
    )


def _unable_to_work(head: Sequence[Segment]) -> DatePeriod | None:
    span, start = first(head, "DTP", "314"), first(head, "DTP", "360")
    if span is not None:
        began, ended = span_at(span)
        return DatePeriod(began, ended or began)
    return DatePeriod(day_at(start, 3)) if start is not None else None


def _paid(head: Sequence[Segment]) -> int:
    paid = first(head, "AMT", "F5")
    return (amount_or_none(paid, 2) or 0) if paid else 0


def _day(head: Sequence[Segment], qualifier: str) -> dt.date | None:
    segment = first(head, "DTP", qualifier)
    return day_in(segment, segment.get(3)[:8]) if segment else None


def _statement(head: Sequence[Segment], clm: Segment) -> DatePeriod:
    segment = first(head, "DTP", "434")
    if segment is None:
        raise misshapen(clm, "the claim has no statement period (DTP*434)")
    began, ended = span_at(segment)
    return DatePeriod(began, ended or began)


def _hospital_codes(codes: HiCodes, clm: Segment) -> dict[str, Any]:
    principal = codes.one("ABK", "BK")
    if principal is None:
        raise misshapen(clm, "the claim has no principal diagnosis (HI*ABK)")
    return {
        "principal_diagnosis": principal,
        "other_diagnoses": codes.many("ABF", "BF"),
        "admitting_diagnosis": codes.one("ABJ", "BJ"),
        "reason_for_visit": codes.many("APR", "PR"),
        "external_causes": codes.many("ABN", "BN"),
        "procedures": codes.procedures(),
        "treatment_codes": codes.plain("TC"),
        "drg": codes.drg(),
        "condition_codes": codes.plain("BG"),
        "occurrence_codes": codes.occurrences(),
        "value_codes": codes.values(),
    }


def _hour(clock: str) -> str:
    return clock[:2] if clock[2:] == "00" else clock
