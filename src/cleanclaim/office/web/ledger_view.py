"""A patient's account as the page shows it: one line an event with a running balance, and each visit's share."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from attrs import frozen

from cleanclaim.claims.reasons import reason_table
from cleanclaim.ledger import ADJUSTMENT_ACCOUNTS, Account, StoredTransaction, TransactionKind
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.ledger import stored_transactions
from cleanclaim.office.money.models import RemittedClaimRow
from cleanclaim.office.registry.models import PatientRow, PayerRow
from cleanclaim.office.web.words import POSTING_WORDS

_OWED = {Account.INSURANCE_RECEIVABLE, Account.PATIENT_RECEIVABLE, Account.PATIENT_UNAPPLIED}


@frozen
class LedgerLine:
    """One event: what it did to the account, and what was open after it, by who owes it."""

    on: dt.date
    words: str
    kind: str
    claim_id: str
    why: str
    charged_cents: int
    paid_cents: int
    adjusted_cents: int
    insurance_cents: int
    patient_cents: int
    credit_cents: int
    source: str

    @property
    def balance_cents(self) -> int:
        """Everything open after the event: owed by insurance and by the patient, less credit held."""
        return self.insurance_cents + self.patient_cents - self.credit_cents


@frozen
class VisitShare:
    """One visit: charge = insurance paid + patient paid + adjusted + insurance owes + you owe."""

    claim_id: str
    on: dt.date
    what: str
    payer: str
    state: str
    has_claim: bool
    charge_cents: int
    insurance_paid_cents: int
    patient_paid_cents: int
    adjusted_cents: int
    insurance_cents: int
    patient_cents: int
    why: tuple[str, ...]


@frozen
class Figures:
    """The header's figures: due now, insurance pending, credit held."""

    due_cents: int
    insurance_cents: int
    credit_cents: int


def ledger_page(patient: PatientRow) -> dict[str, Any]:
    """Everything on the page."""
    transactions = stored_transactions(patient_id=patient.patient_id)
    lines = _lines(patient, transactions)
    shares = _shares(patient, transactions)
    credit = -sum(
        entry.cents for entry in _entries(patient, transactions) if entry.account is Account.PATIENT_UNAPPLIED
    )
    owed = sum(share.patient_cents for share in shares)
    return {
        "patient": patient,
        "person": patient.patient(),
        "lines": lines[::-1],
        "shares": shares,
        "figures": Figures(
            due_cents=owed - credit,
            insurance_cents=sum(share.insurance_cents for share in shares),
            credit_cents=credit,
        ),
        "statements": list(patient.statements.select_related("file").order_by("-as_of", "-id")),
        "coverages": [row.coverage() for row in patient.coverages.order_by("id")],
    }


def _entries(patient: PatientRow, transactions: list[StoredTransaction]) -> list[Any]:
    return [
        entry for item in transactions for entry in item.entries if entry.patient_id == patient.patient_id
    ]


def _lines(patient: PatientRow, transactions: list[StoredTransaction]) -> list[LedgerLine]:
    payers = dict(PayerRow.objects.values_list("payer_id", "name"))
    insurance = owed = credit = 0
    lines = []
    for item in transactions:
        mine = [entry for entry in item.entries if entry.patient_id == patient.patient_id]
        sums = {
            account: sum(entry.cents for entry in mine if entry.account is account) for account in Account
        }
        insurance += sums[Account.INSURANCE_RECEIVABLE]
        owed += sums[Account.PATIENT_RECEIVABLE]
        credit -= sums[Account.PATIENT_UNAPPLIED]
        claims = dict.fromkeys(entry.claim_id for entry in mine if entry.claim_id)
        payer_ids = dict.fromkeys(entry.payer_id for entry in mine if entry.payer_id)
        lines.append(
            LedgerLine(
                on=item.effective_on,
                words=POSTING_WORDS.get(item.kind.value, item.kind.value),
                kind=item.kind.value,
                claim_id=", ".join(claims),
                why=_why(item, [payers.get(payer_id, payer_id) for payer_id in payer_ids]),
                charged_cents=-sums[Account.CHARGES],
                paid_cents=-(
                    sums[Account.INSURANCE_RECEIVABLE]
                    + sums[Account.PATIENT_RECEIVABLE]
                    + sums[Account.PATIENT_UNAPPLIED]
                )
                - sums[Account.CHARGES]
                - sum(sums[account] for account in ADJUSTMENT_ACCOUNTS),
                adjusted_cents=sum(sums[account] for account in ADJUSTMENT_ACCOUNTS),
                insurance_cents=insurance,
                patient_cents=owed,
                credit_cents=credit,
                source=item.source.document,
            )
        )
    return lines


def _why(item: StoredTransaction, payers: list[str]) -> str:
    words = "; ".join(dict.fromkeys(reason.text for reason in item.because))
    if item.kind in {TransactionKind.REMITTANCE, TransactionKind.REVERSAL} and payers:
        return f"{', '.join(payers)}: {words}" if words else ", ".join(payers)
    return words


def _shares(patient: PatientRow, transactions: list[StoredTransaction]) -> list[VisitShare]:
    claims = {row.claim_id: row for row in ClaimRow.objects.filter(patient=patient)}
    visits = {row.encounter_id: row for row in EncounterRow.objects.filter(patient=patient)}
    paid_by_patient: dict[str, int] = {}
    for item in transactions:
        if item.kind in {TransactionKind.PATIENT_PAYMENT, TransactionKind.CREDIT, TransactionKind.REFUND}:
            for entry in item.entries:
                if entry.account is Account.PATIENT_RECEIVABLE:
                    paid_by_patient[entry.claim_id] = paid_by_patient.get(entry.claim_id, 0) - entry.cents
    shares = []
    for claim_id, balance in balances_of_claims(patient_id=patient.patient_id).items():
        claim, visit = claims.get(claim_id), visits.get(claim_id)
        version = claim.versions.get(version=claim.version).read() if claim else None
        own = paid_by_patient.get(claim_id, 0)
        shares.append(
            VisitShare(
                claim_id=claim_id,
                on=claim.first_date if claim else (visit.first_date if visit else dt.date.min),
                what=_title(claim, visit),
                payer=version.coverage.payer.name if version else "",
                state=claim.state if claim else ("closed" if balance.is_closed() else "patient"),
                has_claim=claim is not None,
                charge_cents=balance.charge_cents,
                insurance_paid_cents=balance.paid_cents - own,
                patient_paid_cents=own,
                adjusted_cents=balance.adjusted_cents,
                insurance_cents=balance.insurance_cents,
                patient_cents=balance.patient_cents,
                why=tuple(_reasons(claim_id, bool(claim))),
            )
        )
    return sorted(shares, key=lambda share: (share.on, share.claim_id), reverse=True)


def _title(claim: ClaimRow | None, visit: EncounterRow | None) -> str:
    if visit is not None:
        return visit.title
    return claim.encounter.title if claim and claim.encounter else "Visit"


def _reasons(claim_id: str, has_claim: bool) -> list[str]:
    """Why the patient's share is what it is, from the last answers, in our words for the reason codes."""
    if not has_claim:
        return ["no insurance on file for this visit"]
    words: dict[str, int] = {}
    rows = (
        RemittedClaimRow.objects.filter(claim_id=claim_id, outcome="posted")
        .select_related("payment")
        .order_by("id")
    )
    for row in rows:
        posting = json.loads(row.posting)
        if posting["already_posted"]:
            continue
        for reason in posting["reasons"]:
            known = reason_table().find(reason["reason"], row.payment.effective_on)
            label = known.label if known else f"reason {reason['reason']}"
            if reason["group"] == "PR" or reason["denied"]:
                words[label] = words.get(label, 0) + reason["cents"]
    return [label for label, cents in words.items() if cents]
