"""Where the cents of one adjustment go: the one function that decides it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment, AdjustmentGroup
from cleanclaim.claims.reasons import AdjustmentReason, Treatment, reason_table
from cleanclaim.ledger import Account

DENIED_STATUS = "4"
_GROUPS = frozenset(AdjustmentGroup)


class Bucket(StrEnum):
    """Under which sum of the posting an adjustment is told."""

    CONTRACTUAL = "contractual"
    OTHER = "other"
    PATIENT = "patient"
    DENIED = "denied"
    PRIOR_PAYER = "prior-payer"
    UNRESOLVED = "unresolved"


@frozen
class Placement:
    """The account for an adjustment, or None where its cents stay owed by the insurance.

    ``exception`` is the code of what a person should look at, empty where nothing is.
    """

    bucket: Bucket
    account: Account | None
    why: str
    exception: str = ""


def place(adjustment: Adjustment, *, status: str, has_next_payer: bool, on: dt.date) -> Placement:
    """Decide one adjustment by its group and reason, the claim's status and whether a payer follows.

    A refusal is never a write-off: its cents stay owed and open a denial case. A group or a reason that is
    not known takes nothing off. The patient owes only what group PR gives, and only when no payer follows.
    """
    if adjustment.group not in _GROUPS:
        return Placement(Bucket.UNRESOLVED, None, "the group code is not known", "UNKNOWN-GROUP")
    reason = reason_table().find(adjustment.reason, on)
    if reason is None:
        return Placement(Bucket.UNRESOLVED, None, "the reason code is not known", "UNKNOWN-REASON")
    if reason.treatment is Treatment.PRIOR_PAYER:
        return Placement(Bucket.PRIOR_PAYER, None, "repeats what an earlier payer did")
    if adjustment.group == AdjustmentGroup.PATIENT:
        return _patient_group(reason, has_next_payer)
    return _provider_group(adjustment.group, reason, status, has_next_payer)


def _patient_group(reason: AdjustmentReason, has_next_payer: bool) -> Placement:
    if reason.patient_owes(AdjustmentGroup.PATIENT):
        if has_next_payer:
            return Placement(Bucket.PATIENT, None, "the patient's share goes to the next payer first")
        return Placement(Bucket.PATIENT, Account.PATIENT_RECEIVABLE, "the patient's share, no payer follows")
    if reason.is_denial():
        return Placement(Bucket.DENIED, None, "refused; a person looks before the patient is asked")
    return Placement(
        Bucket.UNRESOLVED, None, "this reason does not make the patient owe it", "PATIENT-PROTECTED"
    )


def _provider_group(group: str, reason: AdjustmentReason, status: str, has_next_payer: bool) -> Placement:
    contractual = group == AdjustmentGroup.CONTRACTUAL
    bucket = Bucket.CONTRACTUAL if contractual else Bucket.OTHER
    if reason.is_denial():
        return Placement(Bucket.DENIED, None, "refused: it stays owed until a person decides")
    if reason.treatment is Treatment.HOLD:
        code = "PATIENT-PROTECTED" if reason.category == "patient protection" else "PENDING"
        return Placement(Bucket.UNRESOLVED, None, "not decided by this answer", code)
    if status == DENIED_STATUS:
        return Placement(Bucket.DENIED, None, "the claim as a whole is refused: nothing is taken off")
    if reason.treatment is Treatment.SEQUESTRATION:
        return Placement(bucket, Account.SEQUESTRATION, "federal budget cut")
    if reason.treatment is Treatment.INTEREST:
        return Placement(bucket, Account.INTEREST, "interest")
    if reason.treatment is Treatment.PATIENT and has_next_payer:
        return Placement(
            Bucket.UNRESOLVED, None, "a patient share under another group: the next payer is asked"
        )
    if contractual and reason.treatment in {Treatment.CONTRACTUAL, Treatment.PATIENT}:
        return Placement(bucket, Account.CONTRACTUAL_ADJUSTMENT, "agreed reduction")
    return Placement(bucket, Account.OTHER_ADJUSTMENT, "adjustment that is no refusal")
