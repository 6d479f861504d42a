"""A file told in words: what a biller wants to see of claims, payments and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12.acknowledgements.read_acknowledgements import acknowledgement_of, interchange_answer
from cleanclaim.x12.acknowledgements.sent_claims import SentFile, sent_file
from cleanclaim.x12.acknowledgements.told_answers import acknowledgement_told
from cleanclaim.x12.claims_837.claim_words import claim_told
from cleanclaim.x12.claims_837.read_837 import every_claim_of, may_hold_claims
from cleanclaim.x12.guide.guides import find_guide
from cleanclaim.x12.guide.told_by_guide import told_by_guide, told_by_text
from cleanclaim.x12.inquiries.claim_status_in import status_report_of, status_request_of
from cleanclaim.x12.inquiries.claim_status_words import status_report_told, status_request_told
from cleanclaim.x12.inquiries.eligibility_in import answer_of, request_of
from cleanclaim.x12.inquiries.eligibility_words import answer_told, request_told
from cleanclaim.x12.inquiries.services_review_in import review_of
from cleanclaim.x12.inquiries.services_review_words import review_told
from cleanclaim.x12.remittances_835.remittance_835 import payment_of
from cleanclaim.x12.remittances_835.remittance_words import carried_by, payment_told
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.kinds import refuse_others, set_name
from cleanclaim.x12.syntax.reader import Segment, segments
from cleanclaim.x12.syntax.transactions import Transaction, transactions
from cleanclaim.x12.unread import unread


def show(data: Bytes, claims: Bytes | None = None) -> str:
    """The file in words, one line per fact; a set of an old version is shown segment by segment.

    Given the ``claims`` that were sent, a TA1, 999 or 277CA is told in their words: which claim, which field and
    box, what was sent in it. A claim or a set that cannot be read is told by the sentence that says why.

    Raises:
        InputError: as `sniff`.
        X12Error: a broken envelope.
    """
    return "".join(f"{said_of(item)}\n" for item in tell(data, claims))


def tell(data: Bytes, claims: Bytes | None = None) -> Iterator[str | Unread]:
    """As `show`, line by line in flat memory, with what cannot be read as `Unread` in its place.

    What stands before a break of the envelope is told before the error is raised.
    """
    refuse_others(data)
    sent = sent_file(claims) if claims is not None else None
    # Those who answer an envelope send nothing else: other files are not gone through twice.
    for segment in segments(data) if data.find(b"TA1") >= 0 else ():
        if segment.id == "TA1":
            yield from acknowledgement_told(interchange_answer(segment), sent)
    interchange = 0
    for transaction in transactions(data):
        if transaction.isa.ordinal != interchange:
            interchange = transaction.isa.ordinal
            yield _interchange(transaction.isa)
        yield from _transaction(transaction, sent)


def said_of(item: str | Unread) -> str:
    """One line of what `tell` tells."""
    return item if isinstance(item, str) else f"    NOT READ: {item.sentence()}"


def _interchange(isa: Segment) -> str:
    kind = "production" if isa.get(15) == "P" else "test"
    sender, receiver = isa.get(6).strip(), isa.get(8).strip()
    return f"Interchange {isa.get(13)} from {sender} to {receiver}, {kind}"


def _transaction(transaction: Transaction, sent: SentFile | None) -> Iterator[str | Unread]:
    name = set_name(transaction.st, transaction.gs.get(8))
    yield f"{name} number {transaction.control_number()}, guide {transaction.version()}"
    if may_hold_claims(transaction):
        for read in every_claim_of(transaction):
            yield from (read,) if isinstance(read, Unread) else claim_told(read)
        return
    body = list(transaction.body)
    whole = evolve(transaction, body=iter(body))
    try:
        yield from _set_told(name, whole, body, sent)
    except CleanClaimError as error:
        ends = body[-1] if body else transaction.st
        yield unread(error, transaction.st, ends, control_number=transaction.control_number())


def _set_told(
    name: str, whole: Transaction, body: Sequence[Segment], sent: SentFile | None
) -> Iterator[str | Unread]:
    if name == "835":
        payment = payment_of(whole)
        again = evolve(whole, body=iter(body))
        yield from payment_told(payment, told_by_text(again, name, frozenset(carried_by(payment))))
    elif name in {"999", "277CA"}:
        yield from acknowledgement_told(acknowledgement_of(whole), sent)
    elif name in _TOLD:
        yield from _TOLD[name](whole)
    elif name in _BY_GUIDE and (known := find_guide(name, whole.version())) is not None:
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
