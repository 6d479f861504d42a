"""Statements: what a patient owes, drawn from the ledger and from nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.lifecycle import EventKind
from cleanclaim.claims.parties import Patient, PersonName, Provider
from cleanclaim.claims.reasons import reason_table
from cleanclaim.forms.statement import PendingLine, Statement, StatementLine, StatementPractice, statement_pdf
from cleanclaim.kernel.dates import age_in_years
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json
from cleanclaim.ledger import Account, ClaimBalance
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.files.services import store_file
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.models import LedgerEntry, RemittedClaimRow, StatementRow
from cleanclaim.office.money.patient_payments import use_credit
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PatientRow, ProviderRow

PAY_WITHIN_DAYS = 21
_ADULT = 18


@frozen
class Owed:
    """One visit's balance with what a statement says of it."""

    claim_id: str
    practice: Provider
    service_date: dt.date
    what: str
    payer: str
    balance: ClaimBalance


@transaction.atomic
def make_statements(tenant: Tenant, patient: PatientRow, *, actor: Actor) -> list[StatementRow]:
    """A statement per practice that the patient owes something; made once a day, none where nothing is owed.

    What the patient has paid already and no visit has claimed is used first, so that nobody is asked for
    money that is here.
    """
    hold(tenant)
    by_practice: dict[str, list[str]] = {}
    for visit in _visits(patient):
        by_practice.setdefault(visit.practice.npi, []).append(visit.claim_id)
    for claim_ids in by_practice.values():
        use_credit(tenant, patient, claim_ids, actor=actor)
    visits = list(_visits(patient))
    rows = []
    for npi in by_practice:
        of_practice = [visit for visit in visits if visit.practice.npi == npi]
        made = StatementRow.objects.filter(patient=patient, practice_npi=npi, as_of=actor.today)
        if any(visit.balance.patient_cents > 0 for visit in of_practice) and not made.exists():
            rows.append(_make(tenant, patient, of_practice, actor))
    return rows


def _make(tenant: Tenant, patient: PatientRow, visits: list[Owed], actor: Actor) -> StatementRow:
    owing = [visit for visit in visits if visit.balance.patient_cents > 0]
    number = f"{patient.patient_id}-{actor.today:%y%m%d}-{visits[0].practice.npi[-4:]}"
    person = patient.patient()
    statement = Statement(
        practice=_practice(visits[0].practice),
        recipient=_recipient(person, patient, actor.today),
        recipient_address=person.address,
        patient=person.name,
        account_number=patient.patient_id,
        statement_number=number,
        as_of=actor.today,
        lines=tuple(_line(visit) for visit in owing),
        due_cents=sum(visit.balance.patient_cents for visit in owing),
        pay_by=actor.today + dt.timedelta(days=PAY_WITHIN_DAYS),
        pending=tuple(_pending(visit) for visit in visits if visit.balance.insurance_cents > 0),
    )
    data = statement_pdf(statement)
    name = f"statement-{number}.pdf"
    stored, _ = store_file(tenant, data, direction="made", kind="statement", name=name, actor=actor)
    row = StatementRow(
        tenant=tenant,
        patient=patient,
        practice_npi=visits[0].practice.npi,
        number=number,
        as_of=actor.today,
        due_cents=statement.due_cents,
        body=canonical_json(statement),
        file=stored,
        made_at=actor.now,
    )
    row.save(force_insert=True)
    for claim in ClaimRow.objects.filter(claim_id__in=[visit.claim_id for visit in owing]):
        append_event(claim, EventKind.STATEMENT, actor=actor, why=f"statement {number}")
    record(actor, "make statement", "patient", patient.patient_id, tenant=tenant, reason=number)
    return row


def _visits(patient: PatientRow) -> Iterable[Owed]:
    for claim_id, balance in balances_of_claims(patient_id=patient.patient_id).items():
        claim = ClaimRow.objects.filter(claim_id=claim_id).first()
        if claim is not None:
            version = claim.versions.get(version=claim.version).read()
            what = claim.encounter.title if claim.encounter else "Visit"
            payer = version.coverage.payer.name
            yield Owed(claim_id, version.billing, version.first_service_date(), what, payer, balance)
            continue
        encounter = EncounterRow.objects.filter(encounter_id=claim_id).first()
        if encounter is None:
            raise InputError(
                f"nothing is known of {claim_id}", where="statement", fix="run cleanclaim verify"
            )
        key = json.loads(encounter.facts)["billing"]
        billing = ProviderRow.objects.get(key=key).provider()
        yield Owed(claim_id, billing, encounter.first_date, encounter.title, "", balance)


def _line(visit: Owed) -> StatementLine:
    patient_paid = _patient_paid(visit.claim_id)
    balance = visit.balance
    return StatementLine(
        service_date=visit.service_date,
        what=visit.what,
        charge_cents=balance.charge_cents - max(0, balance.insurance_cents),
        # What a payer paid too much goes back to it: it is no part of what the visit cost.
        insurance_paid_cents=balance.paid_cents - patient_paid + min(0, balance.insurance_cents),
        adjusted_cents=balance.adjusted_cents,
        owed_cents=balance.patient_cents,
        why=_why(visit),
        patient_paid_cents=patient_paid,
    )


def _pending(visit: Owed) -> PendingLine:
    return PendingLine(
        visit.service_date, visit.what, visit.balance.insurance_cents, visit.payer or "your insurance"
    )


def _patient_paid(claim_id: str) -> int:
    entries = LedgerEntry.objects.filter(claim_id=claim_id)
    money = entries.filter(account__in=[Account.PATIENT_CASH.value, Account.PATIENT_UNAPPLIED.value])
    return sum(money.values_list("cents", flat=True))


def _why(visit: Owed) -> str:
    if not visit.payer:
        return "You have no insurance on file for this visit."
    reasons: dict[str, int] = {}
    for row in RemittedClaimRow.objects.filter(claim_id=visit.claim_id, outcome="posted").order_by("id"):
        posting = json.loads(row.posting)
        for reason in posting["reasons"]:
            if reason["account"] == Account.PATIENT_RECEIVABLE.value:
                reasons[reason["reason"]] = reasons.get(reason["reason"], 0) + reason["cents"]
    labels = []
    for code, cents in reasons.items():
        meaning = reason_table().find(code, visit.service_date)
        if cents > 0 and meaning is not None:
            labels.append(meaning.label.lower())
    named = ", ".join(dict.fromkeys(labels)) or "your share"
    return f"Your plan says this is yours to pay: {named}."


def _practice(provider: Provider) -> StatementPractice:
    if provider.address is None:
        raise InputError(
            "the practice has no address", where=f"NPI {provider.npi}", fix="add it to the practice"
        )
    return StatementPractice(provider.shown(), provider.address, provider.phone)


def _recipient(person: Patient, row: PatientRow, today: dt.date) -> PersonName:
    if person.guarantor is not None:
        return person.guarantor
    if age_in_years(person.birth_date, today) < _ADULT:
        holders = [item.coverage().subscriber.name for item in row.coverages.order_by("id")]
        return next((name for name in holders if name != person.name), person.name)
    return person.name
