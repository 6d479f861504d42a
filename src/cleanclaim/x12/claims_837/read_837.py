"""An 837 of anybody back into claims, with whatever has no field kept with each claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve, frozen

from cleanclaim.claims.carried import CarriedSegment
from cleanclaim.claims.claim import AnyClaim, ProfessionalClaim
from cleanclaim.claims.dental import DentalClaim, EveryClaim
from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.money import Cents
from cleanclaim.x12.claims_837.carry import carried_segments
from cleanclaim.x12.claims_837.claim_837d import dental_service_row
from cleanclaim.x12.claims_837.claim_837p import service_row
from cleanclaim.x12.claims_837.claim_in import dental_claim, institutional_claim, professional_claim
from cleanclaim.x12.claims_837.claim_tree import claim_tree, elements_of_segment, level_tree
from cleanclaim.x12.claims_837.loops import ClaimSegments, claims_in
from cleanclaim.x12.claims_837.write_837 import claim_node, claim_rows, level_nodes, level_rows
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import amount_at
from cleanclaim.x12.syntax.carried import unread as not_written
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Row
from cleanclaim.x12.syntax.transactions import Transaction, transactions
from cleanclaim.x12.unread import error_of, unread

_CLAIMS = {"005010X222": "professional", "005010X223": "institutional"}
_EVERY = {
    **_CLAIMS,
    "005010X224": "dental",
    "005010X291": "professional predetermination",
    "005010X292": "institutional predetermination",
    "005010X293": "dental predetermination",
}


@frozen(kw_only=True)
class EveryClaimInFile:
    """A claim of any kind and where it stood.

    ``segments`` are the ordinals of its first (CLM) and last segment. ``charge_cents`` is CLM02 as sent;
    the claim's own total is the sum of its lines. ``carried`` are the segments of the claim and of the
    levels above it that the claim's fields do not hold exactly, as text; the claim carries them too, each
    with its place, and `write_837` writes them back.
    """

    claim: EveryClaim
    segments: tuple[int, int]
    charge_cents: Cents
    carried: tuple[str, ...] = ()
    transaction_control_number: str = ""
    sender_id: str = ""


@frozen(kw_only=True)
class ClaimInFile(EveryClaimInFile):
    """As `EveryClaimInFile`, for a professional or an institutional claim that asks for money."""

    claim: AnyClaim


def read_837(data: Bytes) -> list[ClaimInFile]:
    """Every claim of a file, professional (005010X222) or institutional (005010X223), in order, or none of them.

    Reading does not judge: a claim that does not add up is read as it stands. What the file does not
    tell is empty: version 1, coverage id ``""``, and the coverage's period begins on the first day of
    service with no end. An institutional line without its own date has that of the statement.

    Raises:
        X12Error: no X12, a broken envelope, another guide, or a claim whose shape no record can hold; the
            message names the segment. `read_each_837` reads the others.
    """
    return list(each_claim(data))


def read_each_837(data: Bytes) -> list[ClaimInFile | Unread]:
    """As `read_837`, each claim for itself: one that cannot be read is `Unread` in its place, its neighbours are read.

    So is a set of another guide. The file is refused as by `read_837` where nothing in it can be read.
    """
    found = [read for transaction in _sets(data) for read in _each_of(transaction, _CLAIMS)]
    kept = [read if isinstance(read, Unread) else _for_money(read) for read in found]
    if all(isinstance(read, Unread) for read in kept):
        for read in kept:
            assert isinstance(read, Unread)
            raise error_of(read)
    return kept


def read_every_837(data: Bytes) -> list[EveryClaimInFile | Unread]:
    """As `read_each_837`, and dental claims (005010X224) and predeterminations (X291, X292) too.

    A predetermination asks what would be paid: no office should open it as a claim.

    Raises:
        X12Error: no X12, or a broken envelope.
    """
    return [read for transaction in _sets(data) for read in every_claim_of(transaction)]


def each_claim(data: Bytes) -> Iterator[ClaimInFile]:
    """As `read_837`, one claim after the other in flat memory."""
    for transaction in _sets(data):
        yield from claims_of(transaction)


def claims_of(transaction: Transaction) -> Iterator[ClaimInFile]:
    """The claims of one transaction set. Raises X12Error as `read_837`."""
    for read in _each_of(transaction, _CLAIMS):
        if isinstance(read, Unread):
            raise error_of(read)
        yield _for_money(read)


def every_claim_of(transaction: Transaction) -> Iterator[EveryClaimInFile | Unread]:
    """The claims of any kind of one transaction set, and in their places those that cannot be read."""
    return _each_of(transaction, _EVERY)


def _for_money(read: EveryClaimInFile) -> ClaimInFile:
    assert not isinstance(read.claim, DentalClaim)
    return ClaimInFile(
        claim=read.claim,
        segments=read.segments,
        charge_cents=read.charge_cents,
        carried=read.carried,
        transaction_control_number=read.transaction_control_number,
        sender_id=read.sender_id,
    )


def _sets(data: Bytes) -> Iterator[Transaction]:
    found = False
    for transaction in transactions(data):
        found = True
        yield transaction
    if not found:
        raise X12Error("the file holds no transaction set", fix="choose a file of claims (837)")


def may_hold_claims(transaction: Transaction) -> bool:
    """Whether claims of any kind are read from sets of this guide."""
    return transaction.set_code() == "837" and transaction.version()[:10] in _EVERY


def _other_guide(transaction: Transaction, known: Mapping[str, str]) -> X12Error | None:
    if transaction.set_code() == "837" and transaction.version()[:10] in known:
        return None
    guides = ", ".join(f"{name} ({kind})" for name, kind in known.items())
    return X12Error(
        f"this is a {transaction.set_code()[:3]} of the guide {transaction.version()[:12] or '(none)'}",
        segment=transaction.st.ordinal,
        offset=transaction.st.offset,
        why=f"claims are read from {guides}",
        fix="choose a file of that kind",
    )


def _each_of(transaction: Transaction, guides: Mapping[str, str]) -> Iterator[EveryClaimInFile | Unread]:
    above, number, found = _Above(), transaction.control_number(), False
    other = _other_guide(transaction, guides)
    if other is not None:
        yield unread(other, transaction.st, transaction.st, control_number=number)
        return
    for parts in claims_in(transaction.body):
        found = True
        try:
            yield _read(parts, above, transaction)
        except CleanClaimError as error:
            begins, ends = parts.claim[0], parts.claim[-1]
            claim_id = "" if parts.is_level() else begins.get(1)
            yield unread(error, begins, ends, claim_id=claim_id, control_number=number)
    if not found:
        none = X12Error("the set holds no claim", fix="ask the sender for the file as it was sent")
        yield unread(none, transaction.st, transaction.st, control_number=number)


def _read(parts: ClaimSegments, above: _Above, transaction: Transaction) -> EveryClaimInFile:
    if parts.fault is not None:
        raise parts.fault
    claim = _claim(parts, transaction.version()[:10])
    texts, carried = above.not_written(parts, claim)
    more_texts, more = _carried(parts, claim)
    if carried or more:
        claim = evolve(claim, carried=(*carried, *more))
    return EveryClaimInFile(
        claim=claim,
        segments=(parts.claim[0].ordinal, parts.claim[-1].ordinal),
        charge_cents=amount_at(parts.claim[0], 2),
        carried=texts + more_texts,
        transaction_control_number=transaction.control_number(),
        sender_id=transaction.isa.get(6).strip(),
    )


def _claim(parts: ClaimSegments, version: str) -> EveryClaim:
    if version in {"005010X222", "005010X291"}:
        return professional_claim(parts, predetermination=version == "005010X291")
    if version in {"005010X223", "005010X292"}:
        return institutional_claim(parts, predetermination=version == "005010X292")
    return dental_claim(parts)


NotWritten = tuple[tuple[str, ...], tuple[CarriedSegment, ...]]


@define
class _Above:
    """What the levels above a claim carry, worked out once for all claims that share them."""

    levels: tuple[list[Segment], list[Segment], list[Segment]] | None = None
    left: NotWritten = ((), ())

    def not_written(self, parts: ClaimSegments, claim: EveryClaim) -> NotWritten:
        levels = (parts.billing, parts.subscriber, parts.patient)
        if self.levels is None or any(
            one is not other for one, other in zip(levels, self.levels, strict=True)
        ):
            self.levels, self.left = levels, _levels_not_written(parts, claim)
        return self.left


def _levels_not_written(parts: ClaimSegments, claim: EveryClaim) -> NotWritten:
    levels = (parts.billing, parts.subscriber, parts.patient)
    delimiters = parts.claim[0].delimiters
    found = [not_written(*pair, delimiters) for pair in zip(levels, level_rows(claim), strict=True)]
    texts = tuple(text for each in found for text in each)
    if not texts:
        return (), ()
    carried: list[CarriedSegment] = []
    for segments, written in zip(levels, level_nodes(claim), strict=True):
        if segments:
            received = level_tree(written.step, [elements_of_segment(item) for item in segments])
            carried += carried_segments(received, written)
    return texts, tuple(carried)


def _carried(parts: ClaimSegments, claim: EveryClaim) -> NotWritten:
    delimiters = parts.claim[0].delimiters
    written = list(claim_rows(claim))
    texts = not_written(parts.claim, written, delimiters)
    if not texts:
        return (), ()
    received = claim_tree([elements_of_segment(item) for item in parts.claim])
    repeated = list(_said_otherwise(claim))
    if repeated:
        texts = not_written(parts.claim, [*written, *repeated], delimiters)
    return texts, carried_segments(received, claim_node(claim, written))


def _said_otherwise(claim: EveryClaim) -> Iterator[Row]:
    """Services whose fields hold what was sent, although they are written otherwise.

    A place that repeats the claim's, which many send and the guide does not; one unit of a dental service unsaid.
    """
    for line in claim.lines:
        if isinstance(claim, DentalClaim):
            for same_place in (True, False) if line.place_of_service else (False,):
                yield dental_service_row(claim, line, with_same_place=same_place, with_units=False)
            if line.place_of_service:
                yield dental_service_row(claim, line, with_same_place=True)
        elif line.place_of_service and isinstance(claim, ProfessionalClaim):
            yield service_row(claim, line, with_same_place=True)
