"""Balances of the present tenant, always computed from the entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Sum

from cleanclaim.ledger import Account, ClaimBalance, claim_balance
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.in_parts import in_parts
from cleanclaim.office.money.models import LedgerEntry


def account_cents() -> dict[str, int]:
    """Cents on every account of the chart; they sum to zero."""
    sums = dict(LedgerEntry.objects.values_list("account").annotate(Sum("cents")))
    return {account.value: sums.get(account.value, 0) for account in Account}


def balances_of(claim_ids: Iterable[str]) -> dict[str, ClaimBalance]:
    """The balances of these claims, by claim number; a claim without entries is left out."""
    balances: dict[str, ClaimBalance] = {}
    for part in in_parts(claim_ids):
        balances.update(balances_of_claims(claim_id__in=part))
    return balances


def balances_of_claims(**wanted: Any) -> dict[str, ClaimBalance]:
    """The balance of every claim with entries, by claim number; ``wanted`` narrows to a claim or a patient."""
    rows = (
        LedgerEntry.objects.exclude(claim_id="")
        .filter(**wanted)
        .order_by("claim_id")
        .values_list("claim_id", "account")
        .annotate(Sum("cents"))
    )
    by_claim: dict[str, dict[Account, int]] = {}
    for claim_id, account, cents in rows:
        by_claim.setdefault(claim_id, {})[Account(account)] = cents
    return {claim_id: claim_balance(claim_id, accounts) for claim_id, accounts in by_claim.items()}


def balances_report(claim_id: str = "") -> dict[str, Any]:
    """The contract's shape of `cleanclaim balances`: accounts, and claims with who owes what."""
    wanted = {"claim_id": claim_id} if claim_id else {}
    balances = balances_of_claims(**wanted)
    states = dict(ClaimRow.objects.values_list("claim_id", "state"))
    return {
        "accounts": account_cents(),
        "claims": [
            {
                "claim": claim,
                "charge_cents": item.charge_cents,
                "paid_cents": item.paid_cents,
                "adjusted_cents": item.adjusted_cents,
                "insurance_cents": item.insurance_cents,
                "patient_cents": item.patient_cents,
                "state": states.get(claim) or ("closed" if item.is_closed() else "patient"),
            }
            for claim, item in balances.items()
        ],
    }


def patient_due_cents(patient_id: str) -> int:
    """What a patient owes now: only what a payer or the lack of one made theirs, less credit held."""
    sums = LedgerEntry.objects.filter(patient_id=patient_id).aggregate(
        due=Sum("cents", filter=Q(account=Account.PATIENT_RECEIVABLE.value)),
        credit=Sum("cents", filter=Q(account=Account.PATIENT_UNAPPLIED.value)),
    )
    return (sums["due"] or 0) + (sums["credit"] or 0)
