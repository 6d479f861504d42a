"""From a coded visit to version 1 of its claim: parties, coverage and charges put in their places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim, bills_a_stay
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder
from cleanclaim.claims.encounter import Charge, CodedEncounter
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Patient, Provider
from cleanclaim.kernel.errors import Refused

_INPATIENT_PLACES = {"21", "51", "61"}
_PROFESSIONAL_ONLY = ("transport", "pick_up", "drop_off", "spinal_treatment", "anesthesia_procedures")
_INSTITUTIONAL_ONLY = ("occurrence_codes",)
_EXTERNAL_CAUSE = ("V", "W", "X", "Y")


@frozen(kw_only=True)
class ClaimParties:
    """Everyone on the claim besides the patient and the payers; only those that differ are printed."""

    billing: Provider
    pay_to: Provider | None = None
    rendering: Provider | None = None
    referring: Provider | None = None
    ordering: Provider | None = None
    supervising: Provider | None = None
    facility: Provider | None = None
    attending: Provider | None = None
    operating: Provider | None = None
    primary_care: Provider | None = None
    other_operating: Provider | None = None


def coverages_in_force(coverages: Sequence[Coverage], on: dt.date) -> tuple[Coverage, ...]:
    """The coverages that hold on a day, the primary one first."""
    held = [coverage for coverage in coverages if coverage.period.contains(on)]
    return tuple(sorted(held, key=lambda coverage: coverage.order.rank()))


def build_claim(
    encounter: CodedEncounter,
    patient: Patient,
    coverages: Sequence[Coverage],
    parties: ClaimParties,
    claim_id: str,
) -> AnyClaim:
    """Version 1 of the claim for a coded visit, addressed to the first payer in force on the visit's day.

    Raises:
        Refused: no coverage is in force (the visit is self-pay), it is not clear which payer is first,
            nothing was charged, there is no diagnosis, a stay lacks its admission, or the visit tells what only
            the other kind of claim can say.
    """
    in_force = coverages_in_force(coverages, encounter.period.first)
    _refuse_unbillable(encounter, in_force)
    _refuse_unclear_order(encounter, in_force)
    _refuse_unknown_admission(encounter)
    _refuse_of_the_other_kind(encounter)
    if encounter.type_of_bill:
        return _institutional(encounter, patient, in_force, parties, claim_id)
    return _professional(encounter, patient, in_force, parties, claim_id)


def _refuse_unbillable(encounter: CodedEncounter, in_force: Sequence[Coverage]) -> None:
    where = f"encounter {encounter.encounter_id}"
    if not in_force:
        raise Refused(
            "there is no payer to bill",
            where=where,
            why=f"no coverage is in force on {encounter.period.first}",
            fix="bill the patient, or add the coverage that held on that day",
        )
    if not encounter.charges:
        raise Refused(
            "there is nothing to bill", where=where, why="no charge was entered", fix="add the charges"
        )
    if not encounter.diagnoses:
        raise Refused("the claim would have no diagnosis", where=where, fix="code the visit first")


def _refuse_unclear_order(encounter: CodedEncounter, in_force: Sequence[Coverage]) -> None:
    orders = [coverage.order for coverage in in_force]
    if orders == list(CoverageOrder)[: len(orders)]:
        return
    held = ", ".join(coverage.payer.name for coverage in in_force)
    raise Refused(
        "it is not clear which payer is first",
        where=f"encounter {encounter.encounter_id}",
        why=f"on {encounter.period.first} {held} hold the places {', '.join(orders)}",
        fix="give the coverages of that day the places P, S and T, each once",
    )


def _refuse_unknown_admission(encounter: CodedEncounter) -> None:
    stay = bills_a_stay(encounter.type_of_bill)
    if encounter.admission_date is None and (stay or _in_hospital(encounter)):
        raise Refused(
            "the admission date is missing",
            where=f"encounter {encounter.encounter_id}",
            why="the patient is in the hospital, and the day of a service is not that of the admission",
            fix="add the admission date",
        )
    if stay and encounter.admitting_diagnosis is None:
        raise Refused(
            "the admitting diagnosis is missing",
            where=f"encounter {encounter.encounter_id}",
            why="what was found in the end is not why the patient was admitted",
            fix="add the admitting diagnosis",
        )


def _refuse_of_the_other_kind(encounter: CodedEncounter) -> None:
    names = _PROFESSIONAL_ONLY if encounter.type_of_bill else _INSTITUTIONAL_ONLY
    kind = "an institutional" if encounter.type_of_bill else "a professional"
    for name in names:
        if getattr(encounter, name):
            raise Refused(
                f"{kind} claim has no place for this fact of the visit: {name.replace('_', ' ')}",
                where=f"encounter {encounter.encounter_id}",
                why="only the other kind of claim tells it",
                fix="take it off the visit",
            )


def _in_hospital(encounter: CodedEncounter) -> bool:
    return not encounter.type_of_bill and encounter.place_of_service in _INPATIENT_PLACES


def _professional(
    encounter: CodedEncounter,
    patient: Patient,
    in_force: Sequence[Coverage],
    parties: ClaimParties,
    claim_id: str,
) -> ProfessionalClaim:
    return ProfessionalClaim(
        claim_id=claim_id,
        patient=patient,
        coverage=in_force[0],
        other_payers=tuple(OtherPayer(coverage) for coverage in in_force[1:]),
        billing=parties.billing,
        pay_to=None if parties.pay_to == parties.billing else parties.pay_to,
        rendering=_unless_same(parties.rendering, parties.billing),
        referring=parties.referring,
        supervising=parties.supervising,
        facility=_unless_same(parties.facility, parties.billing),
        lines=_lines(encounter, parties),
        diagnoses=encounter.diagnoses,
        place_of_service=encounter.place_of_service,
        authorization_number=encounter.authorization_number,
        referral_number=encounter.referral_number,
        clia_number=encounter.clia_number,
        accident=encounter.accident,
        onset_date=encounter.onset_date,
        initial_treatment_date=encounter.initial_treatment_date,
        last_menstrual_date=encounter.last_menstrual_date,
        transport=encounter.transport,
        pick_up=encounter.pick_up,
        drop_off=encounter.drop_off,
        spinal_treatment=encounter.spinal_treatment,
        anesthesia_procedures=encounter.anesthesia_procedures,
        primary_care=parties.primary_care,
        **_supplements(encounter),
        admission_date=encounter.admission_date if _in_hospital(encounter) else None,
        patient_paid_cents=encounter.patient_paid_cents,
        note=encounter.note,
        encounter_id=encounter.encounter_id,
    )


def _institutional(
    encounter: CodedEncounter,
    patient: Patient,
    in_force: Sequence[Coverage],
    parties: ClaimParties,
    claim_id: str,
) -> InstitutionalClaim:
    inpatient = bills_a_stay(encounter.type_of_bill)
    principal, *others = encounter.diagnoses
    return InstitutionalClaim(
        claim_id=claim_id,
        patient=patient,
        coverage=in_force[0],
        other_payers=tuple(OtherPayer(coverage) for coverage in in_force[1:]),
        billing=parties.billing,
        pay_to=None if parties.pay_to == parties.billing else parties.pay_to,
        facility=_unless_same(parties.facility, parties.billing),
        referring=parties.referring,
        attending=parties.attending or parties.rendering,
        operating=parties.operating,
        lines=_lines(encounter, parties),
        type_of_bill=encounter.type_of_bill,
        statement=encounter.period,
        principal_diagnosis=principal,
        other_diagnoses=tuple(item for item in others if not item.code.startswith(_EXTERNAL_CAUSE)),
        external_causes=tuple(item for item in others if item.code.startswith(_EXTERNAL_CAUSE)),
        admitting_diagnosis=encounter.admitting_diagnosis,
        reason_for_visit=encounter.reason_for_visit,
        procedures=encounter.procedures,
        admission_date=encounter.admission_date if inpatient else None,
        admission_hour=encounter.admission_hour if inpatient else "",
        discharge_hour=encounter.discharge_hour if inpatient else "",
        admission_type=encounter.admission_type,
        admission_source=encounter.admission_source,
        discharge_status=encounter.discharge_status,
        drg=encounter.drg,
        value_codes=encounter.value_codes,
        occurrence_codes=encounter.occurrence_codes,
        other_operating=parties.other_operating,
        **_supplements(encounter),
        authorization_number=encounter.authorization_number,
        referral_number=encounter.referral_number,
        accident=encounter.accident,
        patient_paid_cents=encounter.patient_paid_cents,
        note=encounter.note,
        encounter_id=encounter.encounter_id,
    )


def _supplements(encounter: CodedEncounter) -> dict[str, Any]:
    """What either kind of claim may send beside its services."""
    return {
        "condition_codes": encounter.condition_codes,
        "dates": encounter.dates,
        "references": encounter.references,
        "attachments": encounter.attachments,
        "conditions": encounter.conditions,
        "delay_reason": encounter.delay_reason,
    }


def _lines(encounter: CodedEncounter, parties: ClaimParties) -> tuple[ServiceLine, ...]:
    return tuple(
        _line(number, charge, encounter, parties) for number, charge in enumerate(encounter.charges, 1)
    )


def _line(number: int, charge: Charge, encounter: CodedEncounter, parties: ClaimParties) -> ServiceLine:
    return ServiceLine(
        number=number,
        service_date=charge.service_date or encounter.period.first,
        service_date_to=charge.service_date_to,
        charge_cents=charge.charge_cents,
        units=charge.units,
        unit_kind=charge.unit_kind,
        code=charge.code,
        code_kind=charge.code_kind,
        modifiers=charge.modifiers,
        pointers=charge.pointers or ((1,) if not encounter.type_of_bill else ()),
        place_of_service="",
        revenue_code=charge.revenue_code,
        drug=charge.drug,
        description=charge.description,
        control_number=f"{encounter.encounter_id}L{number}",
        ordering=parties.ordering,
        references=charge.references,
        dates=charge.dates,
        attachments=charge.attachments,
        conditions=charge.conditions,
        notes=charge.notes,
        emergency=charge.emergency,
        epsdt=charge.epsdt,
        family_planning=charge.family_planning,
        equipment=charge.equipment,
        certification=charge.certification,
        forms=charge.forms,
        test_results=charge.test_results,
        patients_transported=charge.patients_transported,
    )


def _unless_same(provider: Provider | None, billing: Provider) -> Provider | None:
    return None if provider is None or provider.npi == billing.npi else provider
