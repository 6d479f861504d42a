"""One claim payment becomes ledger drafts, or waits with the reason for it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import attrs
from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.because import Because, Citation
from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.ledger import (
    Account,
    ClaimBalance,
    Entry,
    SourceRef,
    Transaction,
    TransactionKind,
    apply_credit,
    claim_balances,
    move_to_credit,
    reverse,
)
from cleanclaim.remittances.finding import FORWARDED, Answer, answering
from cleanclaim.remittances.matching import match_lines
from cleanclaim.remittances.on_file import ClaimOnFile, PriorPosting
from cleanclaim.remittances.placing import DENIED_STATUS, Bucket, Placement, place
from cleanclaim.remittances.proposal import (
    ClaimPosting,
    LineMatch,
    NextStep,
    Outcome,
    PostedReason,
    PostingException,
    suspense_key,
)

_CITATION = Citation("X12 005010X221A1", "835", "loops 2100 and 2110, balancing")

SEEN = PostingException("ALREADY-POSTED", "This claim payment was posted before; nothing moves.")


@frozen
class _Placed:
    """An adjustment with its line and its place."""

    adjustment: Adjustment
    line: int | None
    placement: Placement


def suspend(
    payment: Payment,
    remitted: RemittedClaim,
    key: str,
    exceptions: Sequence[PostingException],
    *,
    source: SourceRef,
    seen: bool,
    matches: tuple[LineMatch, ...] = (),
    moves_money: bool = True,
) -> ClaimPosting:
    """Let a claim's money wait in the payer's suspense, whole and alone."""
    transactions: tuple[Transaction, ...] = ()
    if remitted.paid_cents and moves_money and not seen:
        transactions = (
            suspense_transaction(payment, remitted.paid_cents, key, source, exceptions[0].message),
        )
    if seen:
        exceptions = (
            *exceptions,
            PostingException("ALREADY-POSTED", "Its money stands in suspense already."),
        )
    return ClaimPosting(
        claim_id=remitted.claim_id,
        key=key,
        outcome=Outcome.SUSPENDED,
        status=remitted.status,
        paid_cents=remitted.paid_cents,
        reversal=remitted.is_reversal(),
        already_posted=seen,
        waiting=seen or moves_money,
        payer_claim_number=remitted.payer_claim_number,
        payer_id=payment.payer_id,
        remarks=_remarks(remitted),
        exceptions=tuple(exceptions),
        transactions=transactions,
        line_matches=matches,
        segment_ordinal=remitted.segment_ordinal,
        because=(Because(exceptions[0].message),),
    )


def suspense_transaction(
    payment: Payment, cents: Cents, key: str, source: SourceRef, why: str
) -> Transaction:
    """Money received that has no claim yet."""
    return Transaction(
        key=suspense_key(key),
        kind=TransactionKind.SUSPENSE,
        effective_on=payment.effective_on,
        entries=(
            Entry(Account.PAYER_CLEARING, cents, payer_id=payment.payer_id),
            Entry(Account.PAYER_SUSPENSE, -cents, payer_id=payment.payer_id),
        ),
        because=(Because(why),),
        source=source,
    )


def release(payment: Payment, cents: Cents, key: str, source: SourceRef) -> tuple[Transaction, ...]:
    """Take the money out of suspense again, now that it has a place; nothing where none waited."""
    if not cents:
        return ()
    waiting = suspense_transaction(payment, cents, key, source, "")
    because = (Because("The money waited in suspense and has a place now"),)
    return (reverse(waiting, effective_on=payment.effective_on, source=source, because=because),)


def post(
    payment: Payment,
    remitted: RemittedClaim,
    item: ClaimOnFile,
    key: str,
    *,
    source: SourceRef,
    seen: bool = False,
) -> ClaimPosting | PostingException:
    """Post an answer that is no reversal, or say why it cannot be.

    ``seen`` tells an answer posted before once more: the same figures, no transaction.
    """
    answer = answering(item, remitted, payment)
    matches = match_lines(item.claim.lines, remitted.lines)
    fault = _line_fault(remitted, matches) or _charge_fault(remitted, item, matches)
    if fault is not None:
        return fault
    placed = _place_all(remitted, matches, answer, payment.effective_on)
    entries = _entries(remitted, matches, placed, item, answer)
    transactions: tuple[Transaction, ...] = ()
    if entries and not seen:
        because = _because(remitted, placed)
        transactions = (
            Transaction(
                key=key,
                kind=TransactionKind.REMITTANCE,
                effective_on=payment.effective_on,
                entries=entries,
                because=because,
                source=source,
            ),
        )
    before = item.opening_balance()
    if not seen:
        transactions += _credit(before, transactions, item, key, payment.effective_on, source)
    after = balance_after(before, transactions)
    denial = _denial(remitted, placed)
    return ClaimPosting(
        claim_id=item.claim.claim_id,
        key=key,
        outcome=Outcome.POSTED,
        status=remitted.status,
        paid_cents=remitted.paid_cents,
        contractual_cents=_sum(placed, Bucket.CONTRACTUAL),
        patient_cents=_sum(placed, Bucket.PATIENT),
        other_adjusted_cents=_sum(placed, Bucket.OTHER),
        denied_cents=_sum(placed, Bucket.DENIED),
        prior_payer_cents=_sum(placed, Bucket.PRIOR_PAYER),
        unresolved_cents=_sum(placed, Bucket.UNRESOLVED),
        denied=bool(denial),
        denial=denial,
        crossover=remitted.status in FORWARDED,
        payer_claim_number=remitted.payer_claim_number,
        payer_id=answer.payer_id,
        order=answer.order.value,
        reasons=tuple(_reason(one) for one in placed),
        remarks=_remarks(remitted),
        already_posted=seen,
        exceptions=(SEEN,) if seen else _notes(remitted, item, matches, placed, answer, before, after),
        transactions=transactions,
        line_matches=matches,
        next=_next(remitted, item, answer, after, _sum(placed, Bucket.DENIED)),
        segment_ordinal=remitted.segment_ordinal,
        because=_because(remitted, placed),
    )


def find_original(payment: Payment, remitted: RemittedClaim, item: ClaimOnFile) -> PriorPosting | None:
    """The earlier answer that a reversal takes back: mirrored charge and payment, not yet reversed.

    It is of the same payer or has the same payer claim number; that number decides between several, and
    where it helps none the earliest is meant.
    """
    answer = answering(item, remitted, payment)
    fitting = [
        prior
        for prior in item.posted
        if not prior.reversed
        and (prior.payer_id == answer.payer_id or _same_number(prior, remitted))
        and prior.charge_cents == -remitted.charge_cents
        and prior.paid_cents == -remitted.paid_cents
        and _cash(_mirrorable(prior)) == prior.paid_cents
    ]
    same_number = [one for one in fitting if _same_number(one, remitted)]
    chosen = same_number or fitting
    return chosen[0] if chosen else None


def post_reversal(
    payment: Payment,
    remitted: RemittedClaim,
    item: ClaimOnFile,
    original: PriorPosting,
    key: str,
    *,
    source: SourceRef,
) -> ClaimPosting:
    """Mirror the earlier answer entry by entry, then hold as credit what the patient now paid too much."""
    because = (Because("The payer takes its earlier answer back; the posting is mirrored", _CITATION),)
    transactions = tuple(
        reverse(one, effective_on=payment.effective_on, source=source, because=because)
        for one in _mirrorable(original)
    )
    before = item.opening_balance()
    transactions += _credit(before, transactions, item, key, payment.effective_on, source)
    answer = answering(item, remitted, payment)
    totals = _mirrored_totals(transactions)
    return ClaimPosting(
        claim_id=item.claim.claim_id,
        key=key,
        outcome=Outcome.POSTED,
        status=remitted.status,
        paid_cents=remitted.paid_cents,
        contractual_cents=totals[Account.CONTRACTUAL_ADJUSTMENT] + totals[Account.SEQUESTRATION],
        patient_cents=totals[Account.PATIENT_RECEIVABLE],
        other_adjusted_cents=totals[Account.OTHER_ADJUSTMENT] + totals[Account.INTEREST],
        reversal=True,
        payer_claim_number=remitted.payer_claim_number,
        payer_id=answer.payer_id,
        order=answer.order.value,
        reasons=tuple(
            PostedReason(one.group, one.reason, one.cents, None, why="mirrored with the posting it reverses")
            for one in remitted.all_adjustments()
        ),
        remarks=_remarks(remitted),
        transactions=transactions,
        next=NextStep.INSURANCE,
        reverses_key=original.key,
        segment_ordinal=remitted.segment_ordinal,
        because=because,
    )


def is_duplicate(posting: ClaimPosting, remitted: RemittedClaim, item: ClaimOnFile) -> bool:
    """Whether the same payer has given this very answer before, with money, and not taken it back."""
    return any(
        not prior.reversed
        and prior.payer_id == posting.payer_id
        and prior.payer_claim_number == remitted.payer_claim_number
        and prior.charge_cents == remitted.charge_cents
        and prior.paid_cents == remitted.paid_cents
        and bool(prior.transactions)
        for prior in item.posted
    )


def balance_after(before: ClaimBalance, transactions: Sequence[Transaction]) -> ClaimBalance:
    """The claim's balance once the drafts are written."""
    effect = claim_balances(transactions).get(before.claim_id)
    if effect is None:
        return before
    return ClaimBalance(
        before.claim_id,
        *(
            getattr(before, field.name) + getattr(effect, field.name)
            for field in attrs.fields(ClaimBalance)
            if field.name != "claim_id"
        ),
    )


def _line_fault(remitted: RemittedClaim, matches: Sequence[LineMatch]) -> PostingException | None:
    lost = [match.remitted_index + 1 for match in matches if match.line_number is None]
    if not lost:
        return None
    listed = ", ".join(str(number) for number in lost)
    return PostingException("LINE-NOT-MATCHED", f"Remitted line {listed} fits no one line of the claim.")


def _charge_fault(
    remitted: RemittedClaim, item: ClaimOnFile, matches: Sequence[LineMatch]
) -> PostingException | None:
    if matches or remitted.charge_cents == item.claim.charge_cents():
        return None
    return PostingException(
        "CHARGE-DIFFERS",
        f"The payer answers a charge of {format_cents(remitted.charge_cents)} without lines; ours is "
        f"{format_cents(item.claim.charge_cents())}.",
    )


def _place_all(
    remitted: RemittedClaim, matches: Sequence[LineMatch], answer: Answer, on: dt.date
) -> tuple[_Placed, ...]:
    has_next = answer.next_payer is not None
    numbered: list[tuple[Adjustment, int | None]] = [(one, None) for one in remitted.adjustments]
    for match in matches:
        numbered += [(one, match.line_number) for one in remitted.lines[match.remitted_index].adjustments]
    return tuple(
        _Placed(one, line, place(one, status=remitted.status, has_next_payer=has_next, on=on))
        for one, line in numbered
        if one.cents
    )


def _entries(
    remitted: RemittedClaim,
    matches: Sequence[LineMatch],
    placed: Sequence[_Placed],
    item: ClaimOnFile,
    answer: Answer,
) -> tuple[Entry, ...]:
    sums: dict[tuple[Account, int | None], Cents] = defaultdict(int)
    for match in matches:
        sums[Account.PAYER_CLEARING, match.line_number] += remitted.lines[match.remitted_index].paid_cents
    # What is adjusted at the claim lowers the money of no line in particular.
    sums[Account.PAYER_CLEARING, None] += remitted.paid_cents - sum(one.paid_cents for one in remitted.lines)
    for one in placed:
        if one.placement.account is not None:
            sums[one.placement.account, one.line] += one.adjustment.cents
    for (_, line), cents in list(sums.items()):
        sums[Account.INSURANCE_RECEIVABLE, line] -= cents
    claim_id, patient_id = item.claim.claim_id, item.claim.patient.patient_id
    return tuple(
        Entry(account, cents, claim_id, line, answer.payer_id, patient_id)
        for (account, line), cents in sorted(sums.items(), key=_entry_order)
        if cents
    )


def _entry_order(item: tuple[tuple[Account, int | None], Cents]) -> tuple[int, int]:
    (account, line), _ = item
    return (line or 0, list(Account).index(account))


def _credit(
    before: ClaimBalance,
    transactions: Sequence[Transaction],
    item: ClaimOnFile,
    key: str,
    on: dt.date,
    source: SourceRef,
) -> tuple[Transaction, ...]:
    """Settle the patient's side: use a credit for what is owed now, or hold what is paid too much."""
    after = balance_after(before, transactions)
    use = min(after.patient_cents, after.unapplied_cents)
    claim_id, patient_id = item.claim.claim_id, item.claim.patient.patient_id
    credit_key = f"{key}/credit"
    if after.patient_cents < 0:
        because = (Because("The patient's share fell below what the patient has paid"),)
        return (
            move_to_credit(
                key=credit_key,
                cents=-after.patient_cents,
                patient_id=patient_id,
                claim_id=claim_id,
                effective_on=on,
                source=source,
                because=because,
            ),
        )
    if use > 0:
        because = (Because("What the patient paid before covers the share"),)
        return (
            apply_credit(
                key=credit_key,
                cents=use,
                patient_id=patient_id,
                claim_id=claim_id,
                effective_on=on,
                source=source,
                because=because,
            ),
        )
    return ()


def _sum(placed: Sequence[_Placed], bucket: Bucket) -> Cents:
    return sum(one.adjustment.cents for one in placed if one.placement.bucket is bucket)


def _denial(remitted: RemittedClaim, placed: Sequence[_Placed]) -> str:
    refused = [one for one in placed if one.placement.bucket is Bucket.DENIED]
    if not refused:
        return "whole" if remitted.status == DENIED_STATUS else ""
    nothing_granted = remitted.paid_cents == 0 and _sum(placed, Bucket.PATIENT) == 0
    return "whole" if remitted.status == DENIED_STATUS or nothing_granted else "part"


def _notes(
    remitted: RemittedClaim,
    item: ClaimOnFile,
    matches: Sequence[LineMatch],
    placed: Sequence[_Placed],
    answer: Answer,
    before: ClaimBalance,
    after: ClaimBalance,
) -> tuple[PostingException, ...]:
    notes = []
    for code in dict.fromkeys(one.placement.exception for one in placed if one.placement.exception):
        of_code = [one for one in placed if one.placement.exception == code]
        listed = ", ".join(f"{one.adjustment.group} {one.adjustment.reason}" for one in of_code)
        why = of_code[0].placement.why
        notes.append(PostingException(code, f"{listed}: {why}; the amount stays owed."))
    notes += _charge_notes(remitted, item, matches)
    earlier_cents = before.charge_cents - before.insurance_cents - before.patient_cents
    told_cents = _sum(placed, Bucket.PRIOR_PAYER)
    if told_cents != (earlier_cents if answer.order != "P" else 0):
        message = (
            f"The payer counts {format_cents(told_cents)} as settled by earlier payers; on file are "
            f"{format_cents(earlier_cents)}."
        )
        notes.append(PostingException("COB-DIFFERS", message))
    if after.insurance_cents < 0:
        message = f"More is paid and taken off than was owed, by {format_cents(-after.insurance_cents)}."
        notes.append(PostingException("OVERPAID", message))
    return tuple(notes)


def _charge_notes(
    remitted: RemittedClaim, item: ClaimOnFile, matches: Sequence[LineMatch]
) -> list[PostingException]:
    charges = {line.number: line.charge_cents for line in item.claim.lines}
    told: dict[int, Cents] = defaultdict(int)
    for match in matches:
        if match.line_number is not None:
            told[match.line_number] += remitted.lines[match.remitted_index].charge_cents
    return [
        PostingException(
            "CHARGE-DIFFERS",
            f"Line {line}: the payer answers a charge of {format_cents(cents)}, "
            f"ours is {format_cents(charges[line])}.",
        )
        for line, cents in sorted(told.items())
        if cents != charges[line]
    ]


def _next(
    remitted: RemittedClaim, item: ClaimOnFile, answer: Answer, after: ClaimBalance, denied_cents: Cents
) -> NextStep:
    if denied_cents or (remitted.status == DENIED_STATUS and after.insurance_cents > 0):
        return NextStep.DENIAL
    if after.insurance_cents:
        return NextStep.SECONDARY if _asks_next(remitted, item, answer, after) else NextStep.INSURANCE
    return NextStep.PATIENT if after.patient_cents > 0 else NextStep.CLOSED


def _asks_next(remitted: RemittedClaim, item: ClaimOnFile, answer: Answer, after: ClaimBalance) -> bool:
    if answer.next_payer is None or after.insurance_cents < 0 or remitted.status in FORWARDED:
        return False
    next_id = answer.next_payer.payer.payer_id
    return all(prior.reversed or prior.payer_id != next_id for prior in item.posted)


def _reason(one: _Placed) -> PostedReason:
    return PostedReason(
        one.adjustment.group,
        one.adjustment.reason,
        one.adjustment.cents,
        one.placement.account,
        one.line,
        one.placement.bucket is Bucket.DENIED,
        one.placement.why,
    )


def _because(remitted: RemittedClaim, placed: Sequence[_Placed]) -> tuple[Because, ...]:
    paid = Because(
        f"The payer paid {format_cents(remitted.paid_cents)} of {format_cents(remitted.charge_cents)}",
        _CITATION,
        (("status", remitted.status), ("payer claim number", remitted.payer_claim_number)),
    )
    reasons = tuple(
        Because(
            f"{one.adjustment.group} {one.adjustment.reason} {format_cents(one.adjustment.cents)}: "
            f"{one.placement.why}"
        )
        for one in placed
    )
    return (paid, *reasons)


def _remarks(remitted: RemittedClaim) -> tuple[str, ...]:
    of_lines = (code for line in remitted.lines for code in line.remarks)
    return tuple(dict.fromkeys((*remitted.remarks, *of_lines)))


def _same_number(prior: PriorPosting, remitted: RemittedClaim) -> bool:
    return bool(remitted.payer_claim_number) and prior.payer_claim_number == remitted.payer_claim_number


def _mirrorable(prior: PriorPosting) -> tuple[Transaction, ...]:
    return tuple(one for one in prior.transactions if one.kind is TransactionKind.REMITTANCE)


def _cash(transactions: Sequence[Transaction]) -> Cents:
    return sum(one.account_cents(Account.PAYER_CLEARING) for one in transactions)


def _mirrored_totals(transactions: Sequence[Transaction]) -> dict[Account, Cents]:
    totals: dict[Account, Cents] = defaultdict(int)
    for transaction in transactions:
        if transaction.kind is TransactionKind.REVERSAL:
            for entry in transaction.entries:
                totals[entry.account] += entry.cents
    return totals
