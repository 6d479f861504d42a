"""Parties, numbers, days, traces and refusals as segments, and segments as those: the two sides of one coin.

A segment is read into a field only where the field gives that very segment back; otherwise it is carried along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from cleanclaim.claims.parties import Address
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.loop_tree import Node
from cleanclaim.x12.inquiries.parties import Contact, Day, Number, Party, Rejection, Trace
from cleanclaim.x12.syntax.carried import unread
from cleanclaim.x12.syntax.dates import day_at, span_at, span_row
from cleanclaim.x12.syntax.dates import day_row as dtp_row
from cleanclaim.x12.syntax.delimiters import Delimiters
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Element, Row, row
from cleanclaim.x12.syntax.writer import STANDARD

T = TypeVar("T")


def read_all(
    found: Iterable[Segment], make: Callable[[Segment], T], write: Callable[[T], Row]
) -> tuple[T, ...]:
    """The segments that a record gives back as they are; the others are left to be carried along."""
    return tuple(value for segment in found if (value := read_one(segment, make, write)) is not None)


def read_one(segment: Segment | None, make: Callable[[Segment], T], write: Callable[[T], Row]) -> T | None:
    """A segment as a record, or None where there is none or where the record cannot hold all it says."""
    if segment is None:
        return None
    try:
        value = make(segment)
    except CleanClaimError:
        return None
    return None if unread([segment], [write(value)], segment.delimiters) else value


def carried(node: Node, rows: Iterable[Row]) -> tuple[str, ...]:
    """What a loop says beyond these rows, as text in our own delimiters; its HL segment counts as told."""
    received = [segment for segment in node.segments if segment.id not in {"HL", "LS", "LE"}]
    if not received:
        return ()
    delimiters = received[0].delimiters
    return tuple(_translated(text, delimiters, received[0]) for text in unread(received, rows, delimiters))


def keeping(record: T, left: tuple[str, ...]) -> T:
    """The record with what it carries; most carry nothing, and a copy costs more than the record."""
    return evolve(record, carried=left) if left else record  # type: ignore[misc]


def _translated(text: str, from_: Delimiters, near: Segment) -> str:
    if from_ == STANDARD:
        return text
    pairs = [(from_.element, STANDARD.element), (from_.component, STANDARD.component)]
    if from_.repetition:
        pairs.append((from_.repetition, STANDARD.repetition))
    if any(new in text and new not in {old for old, _ in pairs} for _, new in pairs):
        raise X12Error(
            f"a segment of the loop of {near.id} holds a character that our files use as a delimiter",
            segment=near.ordinal,
            offset=near.offset,
            fix="ask the sender to write it without * : or ^",
        )
    return text.translate({ord(old): new for old, new in pairs})


def number_of(ref: Segment) -> Number:
    """A REF segment."""
    return Number(ref.get(1), ref.get(2), ref.get(3))


def number_row(number: Number) -> Row:
    """A REF segment."""
    return row(f"number {number.kind}", "REF", number.kind, number.number, number.description)


def day_of(dtp: Segment) -> Day:
    """A DTP segment of a day or a span. Raises X12Error for any other format."""
    if dtp.get(2) not in {"D8", "RD8"}:
        raise X12Error("this is neither a day nor a span", segment=dtp.ordinal, offset=dtp.offset)
    first, last = span_at(dtp)
    return Day(dtp.get(1), first, last, is_span=dtp.get(2) == "RD8")


def day_row(day: Day) -> Row:
    """A DTP segment."""
    if day.is_span or day.last is not None:
        return span_row(f"date {day.kind}", day.kind, day.first, day.last or day.first)
    return dtp_row(f"date {day.kind}", day.kind, day.first)


def trace_of(trn: Segment) -> Trace:
    """A TRN segment."""
    return Trace(trn.get(1), trn.get(2), trn.get(3), trn.get(4))


def trace_row(trace: Trace) -> Row:
    """A TRN segment."""
    return row("trace", "TRN", trace.kind, trace.number, trace.originator, trace.reference)


def rejection_of(aaa: Segment) -> Rejection:
    """An AAA segment."""
    return Rejection(aaa.get(3), aaa.get(4), aaa.get(1) == "Y", aaa.get(2))


def rejection_row(item: Rejection) -> Row:
    """An AAA segment."""
    valid = "Y" if item.is_valid else "N"
    return row("request not processed", "AAA", valid, item.agency, item.reason, item.follow_up)


def contact_of(per: Segment) -> Contact:
    """A PER segment."""
    ways = tuple((per.get(place), per.get(place + 1)) for place in (3, 5, 7) if per.get(place))
    return Contact(per.get(2), ways)


def contact_row(contact: Contact) -> Row:
    """A PER segment."""
    return row("contact", "PER", "IC", contact.name, *(part for way in contact.ways for part in way))


def message_of(msg: Segment) -> str:
    """The text of an MSG segment."""
    return msg.get(1)


def message_row(text: str) -> Row:
    """An MSG segment."""
    return row("message", "MSG", text)


def procedure_of(segment: Segment, number: int) -> tuple[str, ...]:
    """A composite that names a service: code list, code, modifiers; empty where there is none."""
    return tuple(segment.components(number)) if segment.get(number) else ()


def short_day(day: dt.date | None) -> str:
    """A day in eight digits, or nothing."""
    return "" if day is None else format_compact_date(day)


def named(
    level: Node,
    name: str,
    *,
    demographics_above: bool = False,
    but: Callable[[Node], Sequence[Row]] = lambda _: (),
) -> Party:
    """The party that a level is about. Raises X12Error where the level has no such loop."""
    node = level.one(name)
    if node is None:
        opener = level.segments[0]
        raise X12Error(
            f"{level.loop.words} has no name (loop {name})",
            segment=opener.ordinal,
            offset=opener.offset,
            fix="ask the sender to correct it",
        )
    return read_party(node, level=level if demographics_above else None, but=but)


def read_party(
    node: Node, *, level: Node | None = None, but: Callable[[Node], Sequence[Row]] = lambda _: ()
) -> Party:
    """The party of a loop that begins with NM1; ``level`` is the loop above where its DMG stands there.

    ``but`` gives the rows of the same loop that the caller reads himself.
    """
    nm1 = node.segments[0]
    dmg = node.first("DMG") or (level.first("DMG") if level is not None else None)
    born = read_one(dmg, _born_of, _born_row)
    holder = read_one(node.first("INS"), _relationship_of, lambda text: _relationship_row(nm1.get(1), text))
    party = Party(
        role=nm1.get(1),
        is_person=nm1.get(2) == "1",
        last=nm1.get(3),
        first=nm1.get(4),
        middle=nm1.get(5),
        prefix=nm1.get(6),
        suffix=nm1.get(7),
        identifier_kind=nm1.get(8),
        identifier=nm1.get(9),
        relation=nm1.get(10),
        birth_date=born[0] if born else None,
        sex=born[1] if born else "",
        relationship=holder or "",
        address=_address(node),
        specialty=read_one(node.first("PRV"), _specialty_of, _specialty_row),
        numbers=read_all(node.all("REF"), number_of, number_row),
        contacts=read_all(node.all("PER"), contact_of, contact_row),
        rejections=read_all(node.all("AAA"), rejection_of, rejection_row),
    )
    rows = [*party_rows(party), *but(node)]
    return keeping(party, carried(node, rows))


def party_rows(party: Party, *, demographics: bool = True) -> Iterator[Row]:
    """NM1, REF, N3, N4, PER, AAA, PRV, DMG and INS of a party, as far as it has them."""
    name = (party.last, party.first, party.middle, party.prefix, party.suffix)
    key = (party.identifier_kind, party.identifier, party.relation)
    yield plain_row(f"party {party.role}", "NM1", party.role, "1" if party.is_person else "2", *name, *key)
    yield from map(number_row, party.numbers)
    if party.address is not None:
        yield from _address_rows(party.address)
    yield from map(contact_row, party.contacts)
    yield from map(rejection_row, party.rejections)
    if party.specialty is not None:
        yield _specialty_row(party.specialty)
    if demographics:
        yield from demographic_rows(party)
    if party.relationship:
        yield _relationship_row(party.role, party.relationship)


def demographic_rows(party: Party) -> Iterator[Row]:
    """DMG of a party, where anything is known."""
    if party.birth_date is not None or party.sex:
        yield _born_row((party.birth_date, party.sex))


def plain_row(of: str, *elements: Element) -> Row:
    """A row whose demands are left to the judge."""
    return row(of, *elements)._replace(as_is=True)


def _born_of(dmg: Segment) -> tuple[dt.date | None, str]:
    return (day_at(dmg, 2) if dmg.get(2) else None), dmg.get(3)


def _born_row(born: tuple[dt.date | None, str]) -> Row:
    day, sex = born
    dated = ("D8", format_compact_date(day)) if day is not None else ("", "")
    return row("demographics", "DMG", *dated, sex)


def _relationship_of(ins: Segment) -> str:
    return ins.get(2)


def _relationship_row(role: str, relationship: str) -> Row:
    return row("relationship", "INS", "Y" if role == "IL" else "N", relationship)


def _specialty_of(prv: Segment) -> tuple[str, str]:
    return prv.get(1), prv.get(3)


def _specialty_row(specialty: tuple[str, str]) -> Row:
    return row("specialty", "PRV", specialty[0], "PXC" if specialty[1] else "", specialty[1])


def _address(node: Node) -> Address | None:
    n3, n4 = node.first("N3"), node.first("N4")
    if n3 is None or n4 is None:
        return None
    address = Address(n3.get(1), n4.get(1), n4.get(2), n4.get(3), n3.get(2))
    return None if unread([n3, n4], _address_rows(address), n3.delimiters) else address


def _address_rows(address: Address) -> Iterator[Row]:
    yield plain_row("address", "N3", address.line1, address.line2)
    yield plain_row("address", "N4", address.city, address.state, address.zip_code)
