"""Transport, equipment, certificates, tests and forms of a professional claim or line from segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cleanclaim.claims.supplements import (
    Equipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    Place,
    PurchasedService,
    SpinalTreatment,
    TestResult,
    Transport,
)
from cleanclaim.x12.claims_837.loops import Loop, find
from cleanclaim.x12.claims_837.parties_in import address_or_none, first
from cleanclaim.x12.claims_837.supplements_in import cents_or_none, quantity_or_none
from cleanclaim.x12.syntax.reader import Segment


def transport(head: Sequence[Segment]) -> Transport | None:
    """CR1, where it tells reason and distance."""
    item = first(head, "CR1")
    miles = quantity_or_none(item, 6) if item is not None else None
    if item is None or miles is None:
        return None
    pounds = quantity_or_none(item, 2) if item.get(1) == "LB" else None
    return Transport(item.get(4), miles, pounds, item.get(9), item.get(10))


def place(loops: Iterable[Loop], name: str, role: str) -> Place | None:
    """Where an ambulance took the patient up (PW) or set him down (45)."""
    loop = find(loops, name, role)
    address = address_or_none(loop)
    return Place(address, loop[0].get(3)) if address is not None else None


def spinal_treatment(head: Sequence[Segment]) -> SpinalTreatment | None:
    """CR2."""
    item = first(head, "CR2")
    return SpinalTreatment(item.get(8), item.get(10), item.get(11)) if item is not None else None


def equipment(head: Sequence[Segment]) -> Equipment | None:
    """SV5, where it is whole."""
    item = first(head, "SV5")
    if item is None:
        return None
    days, rental, purchase = quantity_or_none(item, 3), cents_or_none(item, 4), cents_or_none(item, 5)
    if days is None or rental is None or purchase is None:
        return None
    return Equipment(item.component(1, 2), days, rental, purchase, item.get(6))


def certification(head: Sequence[Segment]) -> EquipmentCertification | None:
    """CR3, where it tells its months."""
    item = first(head, "CR3")
    months = quantity_or_none(item, 3) if item is not None else None
    return EquipmentCertification(item.get(1), months) if item is not None and months is not None else None


def quantity_of(head: Sequence[Segment], kind: str) -> Decimal | None:
    """QTY of a kind."""
    item = first(head, "QTY", kind)
    return quantity_or_none(item, 2) if item is not None else None


def test_results(head: Iterable[Segment]) -> tuple[TestResult, ...]:
    """MEA with a value."""
    found = []
    for item in head:
        value = quantity_or_none(item, 3) if item.id == "MEA" else None
        if value is not None:
            found.append(TestResult(item.get(1), item.get(2), value))
    return tuple(found)


def purchased_service(head: Sequence[Segment]) -> PurchasedService | None:
    """PS1, where it tells its charge."""
    item = first(head, "PS1")
    cents = cents_or_none(item, 2) if item is not None else None
    return PurchasedService(item.get(1), cents) if item is not None and cents is not None else None


def forms(group: Iterable[Loop]) -> tuple[Form, ...]:
    """Loops 2440 of a line."""
    return tuple(
        Form(
            loop.segments[0].get(1),
            loop.segments[0].get(2),
            tuple(
                FormAnswer(item.get(1), item.get(2), item.get(3), item.get(4), item.get(5))
                for item in loop.segments[1:]
                if item.id == "FRM"
            ),
        )
        for loop in group
        if loop.name == "2440"
    )
