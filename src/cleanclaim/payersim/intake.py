"""A file of claims as it arrives: each set read by itself, so that one bad set spoils no other."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleanclaim.claims.acknowledgement import Complaint
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.x12 import X12Error, read_837
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction, transactions

_HEADERS = 2
_NOT_OF_THE_GUIDE = "2"


@frozen
class ReceivedSet:
    """One transaction set: its claims, or the complaint for which it is rejected.

    ``unbalanced`` are claims whose total (CLM02) is not the sum of their lines. ``reference`` is its BHT03,
    ``submitter_name`` the name of its NM1*41.
    """

    control_number: str
    reference: str
    submitter_name: str
    claims: tuple[AnyClaim, ...] = ()
    unbalanced: tuple[AnyClaim, ...] = ()
    complaint: Complaint | None = None


def received_sets(data: bytes) -> tuple[ReceivedSet, ...]:
    """The transaction sets of a file, in order.

    Raises:
        X12Error: the envelope of the file itself is broken.
    """
    return tuple(_received(transaction, list(transaction.body)) for transaction in transactions(data))


def _received(transaction: Transaction, body: list[Segment]) -> ReceivedSet:
    control = transaction.control_number()
    reference = next((item.get(3) for item in body if item.id == "BHT"), "")
    name = next((item.get(3) for item in body if item.id == "NM1" and item.get(1) == "41"), "")
    try:
        found = read_837(b"".join(_alone(transaction, body)))
    except X12Error as error:
        return ReceivedSet(control, reference, name, complaint=_complaint(error, transaction, body))
    fine = tuple(item.claim for item in found if item.charge_cents == item.claim.charge_cents())
    unbalanced = tuple(item.claim for item in found if item.charge_cents != item.claim.charge_cents())
    return ReceivedSet(control, reference, name, fine, unbalanced)


def _alone(transaction: Transaction, body: list[Segment]) -> Iterator[bytes]:
    """The bytes of an interchange that holds this one set."""
    for segment in (transaction.isa, transaction.gs, transaction.st, *body):
        yield segment.raw()
    marks = transaction.isa.delimiters
    trailers = (
        ("SE", str(len(body) + 2), transaction.control_number()),
        ("GE", "1", transaction.gs.get(6)),
        ("IEA", "1", transaction.isa.get(13)),
    )
    for trailer in trailers:
        yield f"{marks.element.join(trailer)}{marks.terminator}".encode("ascii", "replace")


def _complaint(error: X12Error, transaction: Transaction, body: list[Segment]) -> Complaint:
    position = max(1, (error.segment or 0) - _HEADERS)
    inside = [transaction.st, *body]
    at = inside[position - 1] if position <= len(inside) else transaction.st
    return Complaint(_NOT_OF_THE_GUIDE, error.what, segment=at.id[:3], segment_position=position)
