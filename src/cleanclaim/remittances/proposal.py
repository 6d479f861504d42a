"""What `propose` answers with: one payment, its claims, its provider adjustments, every cent placed."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents
from cleanclaim.ledger import Account, Transaction


def suspense_key(key: str) -> str:
    """The key under which the money of a claim payment (or of a whole payment) waits."""
    return f"{key}/suspense"


def taken_key(payment_key: str) -> str:
    """The key that says a payment's money was taken in claim by claim, as opposed to waiting whole."""
    return f"{payment_key}/taken"


class Outcome(StrEnum):
    """Whether a claim's money is where it belongs, or waits for a person."""

    POSTED = "posted"
    SUSPENDED = "suspended"


class NextStep(StrEnum):
    """Who is to act on the claim now."""

    SECONDARY = "secondary"
    PATIENT = "patient"
    DENIAL = "denial"
    INSURANCE = "insurance"
    CLOSED = "closed"


class Rung(StrEnum):
    """How a remitted line was found to be ours, the surest way first."""

    CONTROL_NUMBER = "control-number"
    CODE_MODIFIERS_CHARGE = "code+modifiers+charge"
    CODE_CHARGE = "code+charge"
    CODE_DATE_UNITS = "code+date+units"
    SUSPENDED = "suspended"


@frozen
class PostingException:
    """Something a person should know or do; ``code`` is stable, ``message`` a sentence without patient data.

    Codes that suspend the money: CLAIM-NOT-READ, CLAIM-NOT-FOUND, CLAIM-AMBIGUOUS, PATIENT-DIFFERS, CLAIM-NOT-BALANCED,
    PAYMENT-NOT-BALANCED, DEBIT-PAYMENT, LINE-NOT-MATCHED, CHARGE-DIFFERS (where no line explains it),
    REVERSAL-WITHOUT-ORIGINAL, DUPLICATE-PAYMENT, PAYMENT-DIFFERS. Codes that only tell:
    ALREADY-POSTED, RELEASED, OVERPAID, UNKNOWN-REASON, UNKNOWN-GROUP, PATIENT-PROTECTED, PENDING,
    CHARGE-DIFFERS, COB-DIFFERS, REVIEW-PLB.
    """

    code: str
    message: str


@frozen
class LineMatch:
    """One remitted line (by its place from 0) and the number of our line it is, with the rung that told."""

    remitted_index: int
    line_number: int | None
    rung: Rung


@frozen
class PostedReason:
    """One adjustment and where its cents went; ``account`` is None where they stay owed as they were."""

    group: str
    reason: str
    cents: Cents
    account: Account | None
    line: int | None = None
    denied: bool = False
    why: str = ""


@frozen(kw_only=True)
class ClaimPosting:
    """What one claim payment does.

    ``key`` names this claim payment by its content: the office keeps it, also where no money moved.
    ``contractual_cents`` is what group CO took off (sequestration included), ``other_adjusted_cents`` what
    OA and PI took off, ``patient_cents`` the patient's share as the payer set it, ``denied_cents`` what was
    refused and stays owed, ``prior_payer_cents`` what repeats an earlier payer (OA 23) and posts nothing.
    ``denial`` is "whole", "part" or "". ``waiting`` says that the money stands in suspense under this
    claim payment's own key. ``transactions`` are drafts, in order; those of kind ``remittance`` are what a
    later reversal mirrors.
    """

    claim_id: str
    key: str
    outcome: Outcome
    status: str
    paid_cents: Cents
    contractual_cents: Cents = 0
    patient_cents: Cents = 0
    other_adjusted_cents: Cents = 0
    denied_cents: Cents = 0
    prior_payer_cents: Cents = 0
    unresolved_cents: Cents = 0
    denied: bool = False
    denial: str = ""
    reversal: bool = False
    already_posted: bool = False
    waiting: bool = False
    crossover: bool = False
    payer_claim_number: str = ""
    payer_id: str = ""
    order: str = ""
    reasons: tuple[PostedReason, ...] = ()
    remarks: tuple[str, ...] = ()
    exceptions: tuple[PostingException, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    line_matches: tuple[LineMatch, ...] = ()
    next: NextStep = NextStep.INSURANCE
    reverses_key: str = ""
    segment_ordinal: int = 0
    because: tuple[Because, ...] = ()


@frozen(kw_only=True)
class ProviderAdjustmentPosting:
    """One PLB item and its transaction; a positive amount lowers the payment."""

    key: str
    npi: str
    reason: str
    reference: str
    cents: Cents
    account: Account
    transaction: Transaction | None = None
    already_posted: bool = False
    exceptions: tuple[PostingException, ...] = ()
    because: tuple[Because, ...] = ()


@frozen(kw_only=True)
class PaymentProposal:
    """One payment in full: bpr = posted + suspended - provider adjustments, always.

    The sum of the proposal's transactions on ``payer_clearing`` is what this payment newly brings:
    ``bpr_cents`` at the first time, nothing on a replay. ``exceptions`` are those of the payment as a
    whole; the claims carry their own. ``claims`` are in the order of the payment, ``worked`` their indexes in
    the order of work.
    """

    key: str
    trace: str
    payer: str
    payer_id: str
    bpr_cents: Cents
    posted_cents: Cents
    suspended_cents: Cents
    provider_adjustment_cents: Cents
    balanced: bool
    quarantined: bool = False
    already_posted: bool = False
    claims: tuple[ClaimPosting, ...] = ()
    provider_adjustments: tuple[ProviderAdjustmentPosting, ...] = ()
    payment_transactions: tuple[Transaction, ...] = ()
    exceptions: tuple[PostingException, ...] = ()
    worked: tuple[int, ...] = ()

    def claims_as_worked(self) -> tuple[ClaimPosting, ...]:
        """The claims in the order to record them in: a reversal comes after the answer it takes back."""
        return tuple(self.claims[index] for index in self.worked or range(len(self.claims)))

    def transactions(self) -> tuple[Transaction, ...]:
        """All drafts, in the order in which they are to be written."""
        of_claims = tuple(item for claim in self.claims_as_worked() for item in claim.transactions)
        of_provider = tuple(item.transaction for item in self.provider_adjustments if item.transaction)
        return self.payment_transactions + of_claims + of_provider

    def new_keys(self) -> tuple[str, ...]:
        """The keys to keep as seen, in the same database transaction as the drafts.

        They are those of the payment, of its claim payments (money or not), of its provider adjustments
        and of every draft; `ClaimsOnFile.has_posted` must know each of them afterwards.
        """
        keys = [item.key for item in self.transactions()]
        if not self.quarantined:
            keys.append(taken_key(self.key))
            keys += [item.key for item in self.claims if item.outcome is Outcome.POSTED]
            keys += [suspense_key(item.key) for item in self.claims if item.waiting]
            keys += [item.key for item in self.provider_adjustments]
        return tuple(dict.fromkeys(keys))

    def explained(self) -> bool:
        """Whether every cent of the payment is placed."""
        placed = self.posted_cents + self.suspended_cents - self.provider_adjustment_cents
        return placed == self.bpr_cents
