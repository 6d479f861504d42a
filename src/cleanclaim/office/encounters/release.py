"""A coder lets a visit go: the codes are fixed, priced and become a claim, or a bill to the patient."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
from django.db import transaction

from cleanclaim.claims.build import ClaimParties, build_claim, coverages_in_force
from cleanclaim.claims.claim import Accident, AccidentKind, ValueCode
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.encounter import Charge, CodedEncounter
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.setting import Setting
from cleanclaim.grouping.drg import DrgCase, group_drg
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.dates import DatePeriod, age_in_years
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.ledger import SourceRef, charge, patient_payment
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.create import create_claim
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.coding import DIAGNOSIS, HOSPITAL_PROCEDURE, ChosenCode, chosen_codes
from cleanclaim.office.encounters.models import EncounterRow, Release
from cleanclaim.office.encounters.needed_documents import refuse_without_documents
from cleanclaim.office.encounters.prices import charge_cents
from cleanclaim.office.money.ledger import save_transactions
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PayerRow, ProviderRow

_PARTIES = (
    "pay_to",
    "rendering",
    "referring",
    "ordering",
    "supervising",
    "facility",
    "attending",
    "operating",
)
_TEXT_FACTS = (
    "place_of_service",
    "type_of_bill",
    "admission_type",
    "admission_source",
    "admission_hour",
    "discharge_hour",
    "discharge_status",
    "authorization_number",
    "referral_number",
    "clia_number",
    "note",
)
_DATE_FACTS = ("admission_date", "onset_date", "initial_treatment_date", "last_menstrual_date")


@transaction.atomic
def release_encounter(tenant: Tenant, encounter: EncounterRow, *, actor: Actor) -> ClaimRow | None:
    """Fix the codes of a visit and bill it: the claim, or None where the patient pays.

    Raises:
        Refused: it is released already, has no diagnosis or no charge, a price or a document is missing, or its
            number is that of another claim.
        InputError: registration's facts lack something, such as a provider.
    """
    hold(tenant)
    encounter = EncounterRow.objects.get(pk=encounter.pk)
    if encounter.state == "released":
        raise Refused("the visit is released already", where=f"encounter {encounter.encounter_id}")
    coded = coded_encounter(encounter)
    _refuse_uncoded(coded)
    refuse_without_documents(encounter)
    release = Release(
        tenant=tenant,
        encounter=encounter,
        version=1,
        record=canonical_json(coded),
        who=actor.name,
        at=actor.now,
    )
    release.save(force_insert=True)
    encounter.state = "released"
    encounter.save(update_fields=["state"])
    record(actor, "release visit", "encounter", encounter.encounter_id, tenant=tenant)
    coverages = [
        _addressed(row.coverage(), bool(coded.type_of_bill)) for row in encounter.patient.coverages.all()
    ]
    claim = None
    if encounter.kind == "self-pay" or not coverages_in_force(coverages, encounter.first_date):
        _charge_patient(tenant, encounter, coded, actor)
    else:
        claim = _claim(tenant, encounter, coded, coverages, actor)
    _take_visit_payment(tenant, encounter, coded, claim, actor)
    return claim


def coded_encounter(encounter: EncounterRow) -> CodedEncounter:
    """The visit as it would be released now, priced by the charge master and, for a stay, grouped."""
    facts = json.loads(encounter.facts)
    chosen = chosen_codes(encounter)
    coded = CodedEncounter(
        encounter_id=encounter.encounter_id,
        setting=Setting(encounter.setting),
        period=DatePeriod(encounter.first_date, encounter.last_date),
        diagnoses=tuple(_diagnosis(item) for item in chosen if item.system == DIAGNOSIS),
        procedures=tuple(_procedure(item) for item in chosen if item.system == HOSPITAL_PROCEDURE),
        charges=tuple(_charges(chosen)),
        admitting_diagnosis=_optional_diagnosis(facts.get("admitting_diagnosis")),
        reason_for_visit=tuple(Diagnosis(_code_of(item)) for item in facts.get("reason_for_visit") or ()),
        accident=_accident(facts.get("accident")),
        value_codes=tuple(ValueCode(item["code"], item["cents"]) for item in facts.get("value_codes") or ()),
        patient_paid_cents=facts.get("patient_paid_cents", 0),
        **{name: str(facts.get(name) or "") for name in _TEXT_FACTS},
        **{name: dt.date.fromisoformat(facts[name]) for name in _DATE_FACTS if facts.get(name)},
    )
    return _with_clia(_grouped(coded, encounter), facts)


def _refuse_uncoded(coded: CodedEncounter) -> None:
    where = f"encounter {coded.encounter_id}"
    if not coded.diagnoses:
        raise Refused("no diagnosis is chosen", where=where, fix="accept or add at least one")
    if not coded.charges:
        raise Refused("no service is charged", where=where, fix="accept or add at least one")


def _diagnosis(item: ChosenCode) -> Diagnosis:
    poa = item.details.get("poa")
    return Diagnosis(item.code, PresentOnAdmission(str(poa)) if poa else None)


def _procedure(item: ChosenCode) -> HospitalProcedure:
    return HospitalProcedure(item.code, dt.date.fromisoformat(item.details["performed_on"]))


def _optional_diagnosis(raw: Any) -> Diagnosis | None:
    return Diagnosis(_code_of(raw)) if raw else None


def _code_of(raw: Any) -> str:
    return raw["code"] if isinstance(raw, dict) else str(raw)


def _charges(chosen: Sequence[ChosenCode]) -> list[Charge]:
    lines = [
        (item, line)
        for item in chosen
        if item.system not in {DIAGNOSIS, HOSPITAL_PROCEDURE}
        for line in (item.details.get("lines") or [item.details])
    ]
    lines.sort(key=lambda pair: pair[1].get("place", 1_000))
    return [_charge(item.code if item.system != "REVENUE" else "", line) for item, line in lines]


def _charge(code: str, line: dict[str, Any]) -> Charge:
    units = _units(line.get("units", 1), code)
    revenue_code = str(line.get("revenue_code") or "")
    cents = line.get("charge_cents")
    if cents is not None and (type(cents) is not int or cents < 0):
        raise InputError(f"the charge of {code or revenue_code} is no amount of cents", fix="enter it again")
    day, drug = line.get("service_date"), line.get("drug")
    return Charge(
        code=code,
        charge_cents=charge_cents(code, revenue_code, units) if cents is None else cents,
        units=units,
        modifiers=tuple(str(item) for item in line.get("modifiers") or ()),
        pointers=tuple(line.get("pointers") or ()),
        revenue_code=revenue_code,
        service_date=dt.date.fromisoformat(day) if day else None,
        drug=Drug(str(drug["ndc"]), Decimal(str(drug["quantity"])), drug["unit"]) if drug else None,
        unit_kind=str(line.get("unit_kind") or "UN"),
    )


def _units(given: Any, code: str) -> Decimal:
    """Units as they are billed: digits with at most three decimals, more than none."""
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,3})?", str(given)) or not Decimal(str(given)):
        raise InputError(f"{str(given)[:20]!r} units of {code} are none", fix="enter a number above zero")
    return Decimal(str(given))


def _accident(raw: dict[str, Any] | None) -> Accident | None:
    if not raw:
        return None
    return Accident(
        AccidentKind(raw["kind"]), dt.date.fromisoformat(raw["occurred_on"]), raw.get("state") or ""
    )


def _grouped(coded: CodedEncounter, encounter: EncounterRow) -> CodedEncounter:
    if coded.setting is not Setting.INPATIENT:
        return coded
    patient = encounter.patient.patient()
    case = DrgCase(
        case_id=coded.encounter_id,
        discharge_date=encounter.last_date,
        age=age_in_years(patient.birth_date, encounter.first_date),
        sex=patient.sex.value,
        discharge_status=coded.discharge_status,
        diagnoses=tuple(
            (item.code, item.present_on_admission.value if item.present_on_admission else "")
            for item in coded.diagnoses
        ),
        procedures=tuple(item.code for item in coded.procedures),
        admitting_diagnosis=coded.admitting_diagnosis.code if coded.admitting_diagnosis else "",
    )
    return attrs.evolve(coded, drg=group_drg(case).drg)


def _with_clia(coded: CodedEncounter, facts: dict[str, Any]) -> CodedEncounter:
    if coded.clia_number or coded.type_of_bill:
        return coded
    laboratory = any(line.code.isdigit() and "80047" <= line.code <= "89398" for line in coded.charges)
    billing = _provider(facts, "billing")
    return attrs.evolve(coded, clia_number=billing.clia_number) if laboratory and billing else coded


def _addressed(coverage: Coverage, institutional: bool) -> Coverage:
    """The coverage with the filing indicator that the payer wants on a hospital's claim."""
    row = PayerRow.objects.filter(payer_id=coverage.payer.payer_id).first()
    indicator = row.profile_fields().get("institutional_filing_indicator") if row else None
    if not institutional or not indicator:
        return coverage
    return attrs.evolve(coverage, payer=attrs.evolve(coverage.payer, filing_indicator=indicator))


def _provider(facts: dict[str, Any], role: str) -> Provider | None:
    key = facts.get(role)
    if not key:
        return None
    row = ProviderRow.objects.filter(key=key).first()
    if row is None:
        raise InputError(
            f"the {role} provider {key!r} is not registered", fix="add the provider to the practice"
        )
    return row.provider()


def _claim(
    tenant: Tenant, encounter: EncounterRow, coded: CodedEncounter, coverages: list[Coverage], actor: Actor
) -> ClaimRow:
    facts = json.loads(encounter.facts)
    billing = _provider(facts, "billing")
    if billing is None:
        raise InputError("the billing provider is missing", where=f"encounter {encounter.encounter_id}")
    parties = ClaimParties(billing=billing, **{role: _provider(facts, role) for role in _PARTIES})
    built = build_claim(coded, encounter.patient.patient(), coverages, parties, encounter.encounter_id)
    return create_claim(tenant, built, encounter.patient, encounter, actor=actor)


def _charge_patient(tenant: Tenant, encounter: EncounterRow, coded: CodedEncounter, actor: Actor) -> None:
    drafted = charge(
        key=f"charge:{encounter.encounter_id}",
        claim_id=encounter.encounter_id,
        line_cents=[(number, line.charge_cents) for number, line in enumerate(coded.charges, 1)],
        effective_on=encounter.first_date,
        patient_id=encounter.patient.patient_id,
        source=SourceRef(document=f"encounter {encounter.encounter_id}"),
        because=(Because("no coverage is in force: the patient pays"),),
    )
    save_transactions(tenant, [drafted], actor=actor)


def _take_visit_payment(
    tenant: Tenant, encounter: EncounterRow, coded: CodedEncounter, claim: ClaimRow | None, actor: Actor
) -> None:
    if not coded.patient_paid_cents:
        return
    due = 0 if claim else sum(line.charge_cents for line in coded.charges)
    paid = patient_payment(
        key=f"visit-payment:{encounter.encounter_id}",
        cents=coded.patient_paid_cents,
        patient_id=encounter.patient.patient_id,
        claim_id=encounter.encounter_id,
        due_cents=due,
        effective_on=encounter.first_date,
        source=SourceRef(document=f"encounter {encounter.encounter_id}"),
        because=(Because("paid at the visit"),),
        who=actor.name,
    )
    save_transactions(tenant, [paid], actor=actor)
