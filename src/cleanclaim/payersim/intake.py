"""A file of claims as it arrives: each set read by itself, so that one bad set spoils no other."""

from __future__ import annotations

from attrs import evolve, frozen

from cleanclaim.claims.acknowledgement import Complaint
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.x12 import X12Error
from cleanclaim.x12.claims_837.read_837 import claims_of
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction, transactions

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
        found = list(claims_of(evolve(transaction, body=iter(body))))
    except X12Error as error:
        return ReceivedSet(control, reference, name, complaint=_complaint(error, transaction, body))
    fine = tuple(item.claim for item in found if item.charge_cents == item.claim.charge_cents())
    unbalanced = tuple(item.claim for item in found if item.charge_cents != item.claim.charge_cents())
    return ReceivedSet(control, reference, name, fine, unbalanced)


def _complaint(error: X12Error, transaction: Transaction, body: list[Segment]) -> Complaint:
    first = transaction.st.ordinal
    at = next((item for item in body if item.ordinal == error.segment), transaction.st)
    return Complaint(
        _NOT_OF_THE_GUIDE, error.what, segment=at.id[:3], segment_position=at.ordinal - first + 1
    )
