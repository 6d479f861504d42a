"""People, organizations and addresses from segments."""

from __future__ import annotations

from collections.abc import Sequence

from cleanclaim.claims.parties import Address, Payer, PersonName, Provider, Sex
from cleanclaim.claims.references import OtherNumber
from cleanclaim.x12.syntax.reader import Segment

NO_ADDRESS = Address("", "", "", "")
BILLING_NUMBERS = frozenset({"G2", "LU"})
PERSON_NUMBERS = frozenset({"SY", "1W"})
_PROVIDER_NUMBERS = frozenset({"0B", "1G", "G2", "LU"})
_PAYER_NUMBERS = frozenset({"2U", "EI", "FY", "NF"})


def first(loop: Sequence[Segment], name: str, qualifier: str = "") -> Segment | None:
    """The first segment with this id and, where one is given, this qualifier in its first element."""
    for segment in loop:
        if segment.id == name and (not qualifier or segment.get(1) == qualifier):
            return segment
    return None


def value(loop: Sequence[Segment], name: str, qualifier: str, number: int) -> str:
    """An element of the first such segment, or an empty text."""
    segment = first(loop, name, qualifier)
    return segment.get(number) if segment is not None else ""


def person_name(nm1: Segment) -> PersonName:
    """The name in an NM1; that of an organization stands as the last name."""
    return PersonName(nm1.get(3), nm1.get(4), nm1.get(5), nm1.get(7))


def address_or_none(loop: Sequence[Segment]) -> Address | None:
    """N3 and N4, or None where there is neither."""
    street, town = first(loop, "N3"), first(loop, "N4")
    if street is None and town is None:
        return None
    return Address(
        line1=street.get(1) if street else "",
        line2=street.get(2) if street else "",
        city=town.get(1) if town else "",
        state=town.get(2) if town else "",
        zip_code=town.get(3) if town else "",
        country=town.get(4) if town else "",
        subdivision=town.get(7) if town else "",
    )


def sex_at(dmg: Segment) -> Sex:
    """DMG03; what is neither F nor M is unknown."""
    code = dmg.get(3)
    return Sex(code) if code in {"F", "M"} else Sex.UNKNOWN


def provider(loop: Sequence[Segment]) -> Provider:
    """A provider from a loop that begins with its NM1."""
    nm1 = loop[0]
    person = nm1.get(2) == "1"
    tax = first(loop, "REF", "EI") or first(loop, "REF", "SY")
    per = first(loop, "PER", "IC")
    phone = per is not None and per.get(3) == "TE"
    return Provider(
        npi=nm1.get(9) if nm1.get(8) == "XX" else "",
        organization="" if person else nm1.get(3),
        name=person_name(nm1) if person else None,
        taxonomy=next((item.get(3) for item in loop if item.id == "PRV"), ""),
        address=address_or_none(loop),
        tax_id=tax.get(2) if tax else "",
        tax_id_kind=tax.get(1) if tax else "EI",
        phone=per.get(4) if per is not None and phone else "",
        contact=per.get(2) if per is not None and phone else "",
        phone_extension=per.get(6) if per is not None and phone and per.get(5) == "EX" else "",
        other_numbers=other_numbers(loop, _PROVIDER_NUMBERS),
    )


def payer(loop: Sequence[Segment], filing_indicator: str) -> Payer:
    """A payer from a loop that begins with NM1*PR."""
    nm1 = loop[0]
    return Payer(
        nm1.get(9), nm1.get(3), filing_indicator, address_or_none(loop), other_numbers(loop, _PAYER_NUMBERS)
    )


def other_numbers(loop: Sequence[Segment], kinds: frozenset[str]) -> tuple[OtherNumber, ...]:
    """The further numbers of these kinds (REF), with the other payer that gave them (REF04)."""
    return tuple(
        OtherNumber(segment.get(1), segment.get(2), payer_of(segment))
        for segment in loop
        if segment.id == "REF" and segment.get(1) in kinds
    )


def payer_of(ref: Segment) -> str:
    """The other payer that gave a number (REF04), or an empty text."""
    return ref.component(4, 2) if ref.component(4, 1) == "2U" else ""
