"""An 837 of anybody back into claims, with whatever has no field kept beside each claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import define, frozen

from cleanclaim.claims.claim import AnyClaim, ProfessionalClaim
from cleanclaim.kernel.money import Cents
from cleanclaim.x12.amounts import amount_at
from cleanclaim.x12.carried import unread
from cleanclaim.x12.claim_837p import service_row
from cleanclaim.x12.claim_in import institutional_claim, professional_claim
from cleanclaim.x12.delimiters import Bytes
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.loops import ClaimSegments, claims_in
from cleanclaim.x12.reader import Segment
from cleanclaim.x12.transactions import Transaction, transactions
from cleanclaim.x12.write_837 import claim_rows, level_rows

_READERS: dict[str, Callable[[ClaimSegments], AnyClaim]] = {
    "005010X222": professional_claim,
    "005010X223": institutional_claim,
}


@frozen
class ClaimInFile:
    """A claim and where it stood.

    ``segments`` are the ordinals of its first (CLM) and last segment. ``charge_cents`` is CLM02 as sent;
    the claim's own total is the sum of its lines. ``carried`` are the segments of the claim and of the
    levels above it that the claim does not hold exactly, as text.
    """

    claim: AnyClaim
    segments: tuple[int, int]
    charge_cents: Cents
    carried: tuple[str, ...] = ()
    transaction_control_number: str = ""
    sender_id: str = ""


def read_837(data: Bytes) -> list[ClaimInFile]:
    """Every claim of a file, professional (005010X222) or institutional (005010X223), in order.

    Reading does not judge: a claim that does not add up is read as it stands. What the file does not
    tell is empty: version 1, coverage id ``""``, and the coverage's period begins on the first day of
    service with no end. An institutional line without its own date has that of the statement.

    Raises:
        X12Error: no X12, a broken envelope, another guide, or a claim whose shape no record can hold; the
            message names the segment.
    """
    return list(each_claim(data))


def each_claim(data: Bytes) -> Iterator[ClaimInFile]:
    """As `read_837`, one claim after the other in flat memory."""
    found = False
    for transaction in transactions(data):
        found = True
        yield from claims_of(transaction)
    if not found:
        raise X12Error("the file holds no transaction set", fix="choose a file of claims (837)")


def claims_of(transaction: Transaction) -> Iterator[ClaimInFile]:
    """The claims of one transaction set. Raises X12Error as `read_837`."""
    reader = _READERS.get(transaction.version()[:10])
    if transaction.set_code() != "837" or reader is None:
        raise X12Error(
            f"this is a {transaction.set_code()[:3]} of the guide {transaction.version()[:12] or '(none)'}",
            segment=transaction.st.ordinal,
            offset=transaction.st.offset,
            why="claims are read from 005010X222 (professional) and 005010X223 (institutional)",
            fix="choose a file of that kind",
        )
    above = _Above()
    for parts in claims_in(transaction.body):
        claim = reader(parts)
        yield ClaimInFile(
            claim=claim,
            segments=(parts.claim[0].ordinal, parts.claim[-1].ordinal),
            charge_cents=amount_at(parts.claim[0], 2),
            carried=above.unread(parts, claim) + _carried(parts, claim),
            transaction_control_number=transaction.control_number(),
            sender_id=transaction.isa.get(6).strip(),
        )


@define
class _Above:
    """What the levels above a claim carry, worked out once for all claims that share them."""

    levels: tuple[list[Segment], list[Segment], list[Segment]] | None = None
    left: tuple[str, ...] = ()

    def unread(self, parts: ClaimSegments, claim: AnyClaim) -> tuple[str, ...]:
        levels = (parts.billing, parts.subscriber, parts.patient)
        if self.levels is None or any(
            one is not other for one, other in zip(levels, self.levels, strict=True)
        ):
            delimiters = parts.claim[0].delimiters
            written = level_rows(claim)
            found = [unread(*pair, delimiters) for pair in zip(levels, written, strict=True)]
            self.levels, self.left = levels, tuple(text for texts in found for text in texts)
        return self.left


def _carried(parts: ClaimSegments, claim: AnyClaim) -> tuple[str, ...]:
    written = list(claim_rows(claim))
    if isinstance(claim, ProfessionalClaim):
        written += [
            service_row(claim, line, with_same_place=True) for line in claim.lines if line.place_of_service
        ]
    return unread(parts.claim, written, parts.claim[0].delimiters)
