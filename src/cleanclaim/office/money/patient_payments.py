"""Money from patients: applied to what they owe, oldest visit first; the rest is held as credit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Sum

from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents, format_usd
from cleanclaim.ledger import Account, ClaimBalance, SourceRef, TransactionKind, apply_credit, patient_payment
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.ledger import save_transactions
from cleanclaim.office.money.models import LedgerEntry, LedgerTransaction
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PatientRow

LONGEST_RECEIPT = 60


@transaction.atomic
def take_patient_payment(
    tenant: Tenant, patient: PatientRow, cents: Cents, on: dt.date, receipt: str, *, actor: Actor
) -> None:
    """Take a payment under a receipt number; the same receipt again takes nothing.

    Raises:
        Refused: the amount is not positive, there is no receipt number, or that number was given to another
            payment.
    """
    receipt = receipt.strip()
    if cents <= 0 or not 0 < len(receipt) <= LONGEST_RECEIPT:
        raise Refused("a payment needs an amount above zero and a receipt number", fix="enter both")
    hold(tenant)
    if _is_taken(patient, cents, receipt):
        return
    left = cents
    for claim_id, balance in _oldest_first(balances_of_claims(patient_id=patient.patient_id)):
        due = min(left, max(0, balance.patient_cents))
        if due:
            _post(tenant, patient, claim_id, due, due, on, receipt, actor)
            _settle(claim_id, due, actor)
            left -= due
    if left:
        _post(tenant, patient, "", left, 0, on, receipt, actor)
    record(actor, "take patient payment", "patient", patient.patient_id, tenant=tenant, reason=receipt)


@transaction.atomic
def use_credit(tenant: Tenant, patient: PatientRow, claim_ids: Sequence[str], *, actor: Actor) -> None:
    """Use the credit a patient holds for what is owed on these visits, oldest first.

    Credit of a visit that its payer has not settled stays with that visit: the share is not known yet.
    """
    hold(tenant)
    balances = balances_of_claims(patient_id=patient.patient_id, claim_id__in=claim_ids)
    free = LedgerEntry.objects.filter(
        patient_id=patient.patient_id, claim_id="", account=Account.PATIENT_UNAPPLIED.value
    ).aggregate(held=Sum("cents"))
    held = {claim: item.unapplied_cents for claim, item in balances.items() if item.insurance_cents <= 0}
    held[""] = -(free["held"] or 0)
    for claim_id, balance in _oldest_first(balances):
        owed = balance.patient_cents
        for giver in sorted(held, key=lambda name: name != claim_id):
            cents = min(owed, held[giver])
            if cents > 0:
                _apply(tenant, patient, giver, claim_id, cents, actor)
                held[giver] -= cents
                owed -= cents


def _apply(
    tenant: Tenant, patient: PatientRow, giver: str, claim_id: str, cents: Cents, actor: Actor
) -> None:
    known = LedgerTransaction.objects.filter(kind=TransactionKind.CREDIT.value)
    place = known.filter(entries__patient_id=patient.patient_id).distinct().count() + 1
    drafted = apply_credit(
        key=f"credit:{patient.patient_id}:{place}:{claim_id}",
        cents=cents,
        patient_id=patient.patient_id,
        claim_id=claim_id,
        from_claim_id=giver,
        effective_on=actor.today,
        source=SourceRef(document=f"credit of {giver or 'the patient'}"),
        because=(Because("What the patient paid before covers it"),),
        who=actor.name,
    )
    save_transactions(tenant, [drafted], actor=actor)
    _settle(claim_id, cents, actor)


def _is_taken(patient: PatientRow, cents: Cents, receipt: str) -> bool:
    """Whether this very payment was taken; a receipt that stands for another one is refused."""
    paid = LedgerEntry.objects.filter(
        account=Account.PATIENT_CASH.value,
        transaction__kind=TransactionKind.PATIENT_PAYMENT.value,
        transaction__source_document=_document(receipt),
    )
    taken = dict(paid.values_list("patient_id").annotate(Sum("cents")))
    if taken and taken != {patient.patient_id: cents}:
        raise Refused(
            "this receipt number was given to another payment",
            where=f"receipt {receipt}",
            fix="give this payment a number of its own",
        )
    return bool(taken)


def _oldest_first(balances: dict[str, ClaimBalance]) -> list[tuple[str, ClaimBalance]]:
    days = dict(ClaimRow.objects.filter(claim_id__in=balances).values_list("claim_id", "first_date"))
    visits = EncounterRow.objects.filter(encounter_id__in=balances)
    days = {**dict(visits.values_list("encounter_id", "first_date")), **days}
    return sorted(balances.items(), key=lambda item: (days.get(item[0], dt.date.max), item[0]))


def _document(receipt: str) -> str:
    return f"receipt {receipt}"


def _post(
    tenant: Tenant,
    patient: PatientRow,
    claim_id: str,
    cents: Cents,
    due: Cents,
    on: dt.date,
    receipt: str,
    actor: Actor,
) -> None:
    drafted = patient_payment(
        key=f"patient-payment:{receipt}:{claim_id or 'credit'}",
        cents=cents,
        patient_id=patient.patient_id,
        claim_id=claim_id,
        due_cents=due,
        effective_on=on,
        source=SourceRef(document=_document(receipt)),
        because=(Because("paid by the patient"),),
        who=actor.name,
    )
    save_transactions(tenant, [drafted], actor=actor)


def _settle(claim_id: str, cents: Cents, actor: Actor) -> None:
    claim = ClaimRow.objects.filter(claim_id=claim_id).first()
    if claim is None:
        return
    append_event(claim, EventKind.PATIENT_PAID, actor=actor, why=f"the patient paid {format_usd(cents)}")
    balance = balances_of_claims(claim_id=claim_id)[claim_id]
    if balance.is_closed() and claim.state == ClaimState.PATIENT.value:
        append_event(claim, EventKind.CLOSED, actor=actor, why="nothing is owed")
