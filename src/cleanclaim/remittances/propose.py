"""A payment becomes a proposal: proved, its claims found and posted or suspended, every cent placed."""

from __future__ import annotations

import attrs

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.money import format_cents
from cleanclaim.ledger import SourceRef, Transaction, TransactionKind
from cleanclaim.remittances.cases import ClaimsOnFile
from cleanclaim.remittances.claim_posting import (
    SEEN,
    balance_after,
    find_original,
    is_duplicate,
    post,
    post_reversal,
    release,
    suspend,
    suspense_transaction,
)
from cleanclaim.remittances.finding import resolve
from cleanclaim.remittances.keys import payment_key, posting_keys, provider_adjustment_keys
from cleanclaim.remittances.matching import match_lines
from cleanclaim.remittances.on_file import ClaimOnFile, PriorPosting
from cleanclaim.remittances.proof import prove_claim
from cleanclaim.remittances.proposal import (
    ClaimPosting,
    LineMatch,
    Outcome,
    PaymentProposal,
    PostingException,
    suspense_key,
    taken_key,
)
from cleanclaim.remittances.provider import provider_adjustment

_NO_SOURCE = SourceRef()
_DEBIT = "D"


def propose(payment: Payment, on_file: ClaimsOnFile, *, source: SourceRef = _NO_SOURCE) -> PaymentProposal:
    """What a payment does to the ledger, as drafts; nothing is written.

    A payment that does not balance waits whole: its amount goes to suspense and none of its claims is
    posted. A claim that does not balance, is not found or whose lines are not ours waits alone. Reversals
    are worked before the corrections of the same payment, whatever their order in it. A claim payment seen
    before moves nothing; one that waited and has a place now is taken out of suspense and posted.
    """
    fault = _payment_fault(payment)
    if fault is not None:
        return _quarantine(payment, on_file, fault, source)
    desk = _Desk(payment, on_file, source)
    claims = desk.work()
    provider = tuple(
        provider_adjustment(
            payment, item, key, seen=on_file.has_posted(key) or desk.cash_is_here, source=source
        )
        for item, key in zip(payment.provider_adjustments, provider_adjustment_keys(payment), strict=True)
    )
    posted_cents = sum(item.paid_cents for item in claims if item.outcome is Outcome.POSTED)
    suspended_cents = sum(item.paid_cents for item in claims if item.outcome is Outcome.SUSPENDED)
    everything = [item.already_posted for item in claims] + [item.already_posted for item in provider]
    seen = on_file.has_posted(taken_key(desk.key))
    already = (all(everything) if everything else seen) and seen
    return PaymentProposal(
        key=desk.key,
        trace=payment.trace,
        payer=payment.payer_name,
        payer_id=payment.payer_id,
        bpr_cents=payment.payment_cents,
        posted_cents=posted_cents,
        suspended_cents=suspended_cents,
        provider_adjustment_cents=sum(item.cents for item in payment.provider_adjustments),
        balanced=True,
        already_posted=already,
        claims=claims,
        worked=desk.worked_order(),
        provider_adjustments=provider,
        payment_transactions=desk.payment_release(),
        exceptions=_told_again(already),
    )


class _Desk:
    """The claims of one payment while they are worked: what is posted first is on file for the next."""

    def __init__(self, payment: Payment, on_file: ClaimsOnFile, source: SourceRef) -> None:
        self.payment = payment
        self.on_file = on_file
        self.source = source
        self.key = payment_key(payment)
        self.keys = posting_keys(payment)
        # Money enters once per payment: a second version of it may move claims' money, never bring it again.
        self.cash_is_here = bool(payment.payment_cents) and on_file.has_posted(taken_key(self.key))
        self._worked: dict[AnyClaim, ClaimOnFile] = {}
        self._done: dict[int, ClaimPosting] = {}

    def work(self) -> tuple[ClaimPosting, ...]:
        """All claims, in the order of the payment."""
        reversals = [index for index, item in enumerate(self.payment.claims) if item.is_reversal()]
        for index in reversals:
            self._reverse(index)
        for index, item in enumerate(self.payment.claims):
            if not item.is_reversal():
                self._done[index] = self._answer(index)
        for index in reversals:
            if index not in self._done and not self._reverse(index):
                self._done[index] = self._suspend(index, _no_original())
        return tuple(self._done[index] for index in range(len(self.payment.claims)))

    def worked_order(self) -> tuple[int, ...]:
        """The claims' indexes in the order in which they were worked."""
        return tuple(self._done)

    def payment_release(self) -> tuple[Transaction, ...]:
        """The whole payment waited before, because an earlier version of it did not balance."""
        waited = self.on_file.has_posted(suspense_key(self.key))
        if not waited or self.on_file.has_posted(taken_key(self.key)):
            return ()
        return release(self.payment, self.payment.payment_cents, self.key, self.source)

    def _reverse(self, index: int) -> bool:
        """Work one reversal; False while the answer it takes back is not on file yet."""
        remitted, key = self.payment.claims[index], self.keys[index]
        found, fault = self._resolve(remitted)
        fault = _balance_fault(remitted) or fault
        if found is None or fault is not None or self.on_file.has_posted(key):
            self._done[index] = self._suspend(index, fault or _no_original())
            return True
        original = find_original(self.payment, remitted, found)
        if original is None:
            return False
        posting = post_reversal(self.payment, remitted, found, original, key, source=self._source(remitted))
        posted = tuple(attrs.evolve(one, reversed=True) if one is original else one for one in found.posted)
        self._done[index] = self._keep(index, attrs.evolve(found, posted=posted), posting)
        return True

    def _answer(self, index: int) -> ClaimPosting:
        remitted = self.payment.claims[index]
        found, fault = self._resolve(remitted)
        fault = _balance_fault(remitted) or fault
        if found is None or fault is not None:
            return self._suspend(index, fault or _no_original())
        key = self.keys[index]
        seen = self.on_file.has_posted(key)
        answered = post(self.payment, remitted, found, key, source=self._source(remitted), seen=seen)
        if isinstance(answered, PostingException):
            return self._suspend(index, answered, match_lines(found.claim.lines, remitted.lines))
        if seen:
            return answered
        if is_duplicate(answered, remitted, found):
            return self._suspend(
                index,
                PostingException(
                    "DUPLICATE-PAYMENT", "The payer gave this very answer before and has not taken it back."
                ),
            )
        prior = PriorPosting(
            key=answered.key,
            payer_id=answered.payer_id,
            status=remitted.status,
            charge_cents=remitted.charge_cents,
            paid_cents=remitted.paid_cents,
            payer_claim_number=remitted.payer_claim_number,
            transactions=tuple(
                one for one in answered.transactions if one.kind is TransactionKind.REMITTANCE
            ),
        )
        return self._keep(index, attrs.evolve(found, posted=(*found.posted, prior)), answered)

    def _keep(self, index: int, updated: ClaimOnFile, posting: ClaimPosting) -> ClaimPosting:
        """Take note of a new posting; its money may have to leave suspense first."""
        if self.cash_is_here and not self.on_file.has_posted(suspense_key(posting.key)):
            return self._suspend(index, _other_version())
        balance = balance_after(updated.opening_balance(), posting.transactions)
        self._worked[updated.claim] = attrs.evolve(updated, balance=balance)
        if self.on_file.has_posted(suspense_key(posting.key)):
            freed = release(
                self.payment, posting.paid_cents, posting.key, self._source(self.payment.claims[index])
            )
            posting = attrs.evolve(
                posting,
                transactions=(*freed, *posting.transactions),
                exceptions=(
                    *posting.exceptions,
                    PostingException("RELEASED", "Its money waited in suspense until now."),
                ),
            )
        return posting

    def _suspend(
        self, index: int, fault: PostingException, matches: tuple[LineMatch, ...] = ()
    ) -> ClaimPosting:
        remitted = self.payment.claims[index]
        key = self.keys[index]
        if self.on_file.has_posted(key):
            return _seen_without_claim(self.payment, remitted, key)
        return suspend(
            self.payment,
            remitted,
            key,
            (fault,),
            source=self._source(remitted),
            seen=self.on_file.has_posted(suspense_key(key)),
            matches=matches,
            moves_money=not self.cash_is_here,
        )

    def _resolve(self, remitted: RemittedClaim) -> tuple[ClaimOnFile | None, PostingException | None]:
        found, fault = resolve(remitted, self.payment, self.on_file.find(remitted, self.payment))
        if found is None:
            return None, fault
        return self._worked.get(found.claim, found), fault

    def _source(self, remitted: RemittedClaim) -> SourceRef:
        if not remitted.segment_ordinal:
            return self.source
        return attrs.evolve(self.source, segment_ordinal=remitted.segment_ordinal)


def _quarantine(
    payment: Payment, on_file: ClaimsOnFile, fault: PostingException, source: SourceRef
) -> PaymentProposal:
    """The whole payment waits; its claims are told with the reason and move nothing."""
    key = payment_key(payment)
    seen = on_file.has_posted(taken_key(key)) or on_file.has_posted(suspense_key(key))
    transactions: tuple[Transaction, ...] = ()
    if payment.payment_cents and not seen and fault.code != "DEBIT-PAYMENT":
        transactions = (suspense_transaction(payment, payment.payment_cents, key, source, fault.message),)
    claims = tuple(
        suspend(payment, remitted, claim_key, (fault,), source=source, seen=False, moves_money=False)
        for remitted, claim_key in zip(payment.claims, posting_keys(payment), strict=True)
    )
    return PaymentProposal(
        key=key,
        trace=payment.trace,
        payer=payment.payer_name,
        payer_id=payment.payer_id,
        bpr_cents=payment.payment_cents,
        posted_cents=0,
        suspended_cents=payment.payment_cents,
        provider_adjustment_cents=0,
        balanced=payment.difference_cents() == 0,
        quarantined=True,
        already_posted=seen,
        claims=claims,
        payment_transactions=transactions,
        exceptions=(fault, *_told_again(seen)),
    )


def _payment_fault(payment: Payment) -> PostingException | None:
    if payment.credit_debit == _DEBIT and payment.payment_cents:
        message = "The payment is a debit: the payer draws money. Nothing was posted; a person books it."
        return PostingException("DEBIT-PAYMENT", message)
    if payment.difference_cents():
        message = (
            f"Claim payments less provider adjustments differ from the payment by "
            f"{format_cents(payment.difference_cents())}; the whole payment waits."
        )
        return PostingException("PAYMENT-NOT-BALANCED", message)
    return None


def _balance_fault(remitted: RemittedClaim) -> PostingException | None:
    if remitted.unread is not None:
        return PostingException("CLAIM-NOT-READ", remitted.unread.sentence())
    faults = prove_claim(remitted)
    return PostingException("CLAIM-NOT-BALANCED", faults[0].message) if faults else None


def _seen_without_claim(payment: Payment, remitted: RemittedClaim, key: str) -> ClaimPosting:
    return ClaimPosting(
        claim_id=remitted.claim_id,
        key=key,
        outcome=Outcome.POSTED,
        status=remitted.status,
        paid_cents=remitted.paid_cents,
        reversal=remitted.is_reversal(),
        already_posted=True,
        payer_claim_number=remitted.payer_claim_number,
        payer_id=payment.payer_id,
        exceptions=(SEEN,),
        segment_ordinal=remitted.segment_ordinal,
    )


def _no_original() -> PostingException:
    message = "It takes back an answer that is not on file, or not with these amounts."
    return PostingException("REVERSAL-WITHOUT-ORIGINAL", message)


def _other_version() -> PostingException:
    message = "Another version of this payment was posted; its money is here already and a person compares."
    return PostingException("PAYMENT-DIFFERS", message)


def _told_again(seen: bool) -> tuple[PostingException, ...]:
    if not seen:
        return ()
    return (PostingException("ALREADY-POSTED", "This payment was taken in before; nothing moves."),)
