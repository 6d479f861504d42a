"""What may stand with any claim or line, from segments: PWK, CN1, REF, DTP, K3, NTE, CRC, HCP.

A segment that does not make a record whole is left: it is then carried along as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cleanclaim.claims.references import DateKind, NamedDate, Reference, ReferenceKind
from cleanclaim.claims.supplements import Attachment, ConditionIndicator, Contract, Note, Repricing
from cleanclaim.kernel.money import Cents
from cleanclaim.x12.claims_837.parties_in import first, payer_of
from cleanclaim.x12.syntax.amounts import parse_amount, parse_quantity
from cleanclaim.x12.syntax.formats import day
from cleanclaim.x12.syntax.reader import Segment

_REFERENCES = frozenset(item.value for item in ReferenceKind)
_DATES = frozenset(item.value for item in DateKind)


def attachments(head: Iterable[Segment]) -> tuple[Attachment, ...]:
    """PWK."""
    return tuple(
        Attachment(item.get(1), item.get(2), item.get(6) if item.get(5) == "AC" else "")
        for item in _all(head, "PWK")
    )


def contract(head: Sequence[Segment]) -> Contract | None:
    """CN1."""
    item = first(head, "CN1")
    if item is None:
        return None
    return Contract(
        kind=item.get(1),
        cents=cents_or_none(item, 2),
        percent=quantity_or_none(item, 3),
        code=item.get(4),
        terms_discount_percent=quantity_or_none(item, 5),
        version=item.get(6),
    )


def repricing(head: Sequence[Segment]) -> Repricing | None:
    """HCP, where it tells an allowed amount."""
    item = first(head, "HCP")
    allowed = cents_or_none(item, 2) if item is not None else None
    if item is None or allowed is None:
        return None
    return Repricing(
        method=item.get(1),
        allowed_cents=allowed,
        saved_cents=cents_or_none(item, 3),
        organization_id=item.get(4),
        rate=quantity_or_none(item, 5),
        group=item.get(6),
        group_cents=cents_or_none(item, 7),
        revenue_code=item.get(8),
        code_kind=item.get(9),
        code=item.get(10),
        unit_kind=item.get(11),
        units=quantity_or_none(item, 12),
        reject_reason=item.get(13),
        compliance=item.get(14),
        exception=item.get(15),
    )


def references(head: Iterable[Segment], fields: frozenset[str]) -> tuple[Reference, ...]:
    """REF, without the first one of each kind that has a field of its own (``fields``)."""
    seen: set[str] = set()
    found = []
    for item in _all(head, "REF"):
        kind, payer_id = item.get(1), payer_of(item)
        if kind in fields and kind not in seen and not payer_id:
            seen.add(kind)
        elif kind in _REFERENCES:
            found.append(Reference(ReferenceKind(kind), item.get(2), payer_id))
    return tuple(found)


def number_of(head: Iterable[Segment], kind: str) -> str:
    """The first number of a kind that no other payer gave, or an empty text."""
    return next((item.get(2) for item in _all(head, "REF") if item.get(1) == kind and not payer_of(item)), "")


def named_dates(head: Iterable[Segment], fields: frozenset[str] = frozenset()) -> tuple[NamedDate, ...]:
    """DTP of one day each, without those that have a field of their own."""
    found = []
    for item in _all(head, "DTP"):
        on = day(item.get(3)) if item.get(2) == "D8" else None
        if on is not None and item.get(1) in _DATES and item.get(1) not in fields:
            found.append(NamedDate(DateKind(item.get(1)), on))
    return tuple(found)


def conditions(head: Iterable[Segment]) -> tuple[ConditionIndicator, ...]:
    """CRC."""
    return tuple(
        ConditionIndicator(item.get(1), item.get(2) == "Y", tuple(item.elements[3:]))
        for item in _all(head, "CRC")
    )


def fixed_format(head: Iterable[Segment]) -> tuple[str, ...]:
    """K3."""
    return tuple(item.get(1) for item in _all(head, "K3"))


def notes(head: Iterable[Segment]) -> tuple[str, tuple[Note, ...]]:
    """NTE: the first plain note (ADD), and all others."""
    plain, others = "", []
    for item in _all(head, "NTE"):
        if item.get(1) == "ADD" and not plain:
            plain = item.get(2)
        else:
            others.append(Note(item.get(1), item.get(2)))
    return plain, tuple(others)


def line_notes(head: Iterable[Segment]) -> tuple[Note, ...]:
    """NTE of a line."""
    return tuple(Note(item.get(1), item.get(2)) for item in _all(head, "NTE"))


def amount(head: Sequence[Segment], kind: str) -> Cents | None:
    """AMT of a kind."""
    item = first(head, "AMT", kind)
    return cents_or_none(item, 2) if item is not None else None


def cents_or_none(item: Segment, number: int) -> Cents | None:
    """An amount in cents; None where there is none or it cannot be read, so that its segment is carried."""
    return parse_amount(item.get(number)) if item.get(number) else None


def quantity_or_none(item: Segment, number: int) -> Decimal | None:
    """A quantity; None where there is none or it cannot be read, so that its segment is carried."""
    return parse_quantity(item.get(number)) if item.get(number) else None


def _all(head: Iterable[Segment], name: str) -> Iterator[Segment]:
    return (item for item in head if item.id == name)
