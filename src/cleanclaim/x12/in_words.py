"""A file told in words: what a biller wants to see of claims, payments and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.acknowledgements.read_acknowledgements import acknowledgement_of, interchange_answer
from cleanclaim.x12.acknowledgements.sent_claims import SentFile, sent_file
from cleanclaim.x12.acknowledgements.told_answers import acknowledgement_told
from cleanclaim.x12.claims_837.claim_words import claim_told
from cleanclaim.x12.claims_837.read_837 import every_claim_of, may_hold_claims
from cleanclaim.x12.guide.guides import find_guide
from cleanclaim.x12.guide.told_by_guide import told_by_guide
from cleanclaim.x12.inquiries.claim_status_in import status_report_of, status_request_of
from cleanclaim.x12.inquiries.claim_status_words import status_report_told, status_request_told
from cleanclaim.x12.inquiries.eligibility_in import answer_of, request_of
from cleanclaim.x12.inquiries.eligibility_words import answer_told, request_told
from cleanclaim.x12.inquiries.services_review_in import review_of
from cleanclaim.x12.inquiries.services_review_words import review_told
from cleanclaim.x12.remittances_835.remittance_835 import payment_of
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.kinds import set_name, sniff
from cleanclaim.x12.syntax.reader import Segment, segments
from cleanclaim.x12.syntax.transactions import Transaction, transactions


def show(data: Bytes, claims: Bytes | None = None) -> str:
    """The file in words, one line per fact; a set of an old version is shown segment by segment.

    Given the ``claims`` that were sent, a TA1, 999 or 277CA is told in their words: which claim, which field and
    box, what was sent in it.

    Raises:
        InputError: as `sniff`.
        X12Error: a broken envelope, or a claim or payment whose shape cannot be read.
    """
    sniff(data)
    sent = sent_file(claims) if claims is not None else None
    lines: list[str] = []
    for segment in segments(data):
        if segment.id == "TA1":
            lines += acknowledgement_told(interchange_answer(segment), sent)
    interchange = 0
    for transaction in transactions(data):
        if transaction.isa.ordinal != interchange:
            interchange = transaction.isa.ordinal
            lines.append(_interchange(transaction.isa))
        lines += _transaction(transaction, sent)
    return "\n".join(lines) + "\n"


def _interchange(isa: Segment) -> str:
    kind = "production" if isa.get(15) == "P" else "test"
    sender, receiver = isa.get(6).strip(), isa.get(8).strip()
    return f"Interchange {isa.get(13)} from {sender} to {receiver}, {kind}"


def _transaction(transaction: Transaction, sent: SentFile | None) -> Iterator[str]:
    name = set_name(transaction.st, transaction.gs.get(8))
    yield f"{name} number {transaction.control_number()}, guide {transaction.version()}"
    body = list(transaction.body)
    whole = evolve(transaction, body=iter(body))
    if may_hold_claims(whole):
        for read in every_claim_of(whole):
            yield from claim_told(read)
    elif name == "835":
        yield from _payment(payment_of(whole))
    elif name in {"999", "277CA"}:
        yield from acknowledgement_told(acknowledgement_of(whole), sent)
    elif name in _TOLD:
        yield from _TOLD[name](whole)
    elif name in _BY_GUIDE and (known := find_guide(name, transaction.version())) is not None:
        yield from told_by_guide(whole, known.name)
    else:
        yield "  (this set is not told in words yet: its segments)"
        for segment in body:
            yield f"  {segment.ordinal:>5}  {segment.text()}"


_BY_GUIDE = frozenset({"275", "820", "834", "997"})
_TOLD: dict[str, Callable[[Transaction], Iterator[str]]] = {
    "270": lambda whole: request_told(request_of(whole)),
    "271": lambda whole: answer_told(answer_of(whole)),
    "276": lambda whole: status_request_told(status_request_of(whole)),
    "277": lambda whole: status_report_told(status_report_of(whole)),
    "278": lambda whole: review_told(review_of(whole)),
}


def _payment(payment: Payment) -> Iterator[str]:
    yield (
        f"  Payment {payment.trace} of {format_usd(payment.payment_cents)} by {payment.payer_name} "
        f"to {payment.payee_name}, {payment.method} on {payment.effective_on}"
    )
    for claim in payment.claims:
        yield from _remitted(claim)
    for item in payment.provider_adjustments:
        reference = f" ({item.reference})" if item.reference else ""
        yield f"    provider adjustment {item.reason}{reference}: {format_usd(-item.cents)}"
    difference = payment.difference_cents()
    if difference:
        yield f"    the payment is out of balance by {format_usd(difference)}"
    for text in payment.carried:
        yield f"    also there: {text}"


def _remitted(claim: RemittedClaim) -> Iterator[str]:
    word = "reversed" if claim.is_reversal() else f"status {claim.status}"
    yield (
        f"    Claim {claim.claim_id} ({word}): charged {format_usd(claim.charge_cents)}, "
        f"paid {format_usd(claim.paid_cents)}{_adjusted(claim.adjustments)}"
    )
    for line in claim.lines:
        code = line.code or line.revenue_code
        yield (
            f"      {code}: charged {format_usd(line.charge_cents)}, "
            f"paid {format_usd(line.paid_cents)}{_adjusted(line.adjustments)}"
        )


def _adjusted(adjustments: Sequence[Adjustment]) -> str:
    return "".join(f", {item.group} {item.reason} {format_usd(item.cents)}" for item in adjustments)
