"""Transport, equipment, certificates and tests of a professional claim or line as segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.supplements import Form, Place, SpinalTreatment, Transport
from cleanclaim.x12.claims_837.party_rows import address_rows
from cleanclaim.x12.claims_837.supplement_rows import quantity_or_empty
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.rows import Row, row


def transport_rows(of: str, transport: Transport | None) -> Iterator[Row]:
    """CR1 of an ambulance; its conditions (CRC*07) are the claim's or the line's."""
    if transport is not None:
        pounds = transport.patient_pounds
        weight = ("", "") if pounds is None else ("LB", format_quantity(pounds))
        yield row(
            of,
            "CR1",
            *weight,
            "",
            transport.reason,
            "DH",
            format_quantity(transport.miles),
            "",
            "",
            transport.round_trip_purpose,
            transport.stretcher_purpose,
        )


def place_rows(of: str, pick_up: Place | None, drop_off: Place | None) -> Iterator[Row]:
    """Loops 2310E and 2310F, or 2420G and 2420H."""
    for role, place in (("PW", pick_up), ("45", drop_off)):
        if place is not None:
            yield row(of, "NM1", role, "2", place.name)
            yield from address_rows(of, place.address)


def spinal_rows(of: str, spinal: SpinalTreatment | None) -> Iterator[Row]:
    """CR2 of a chiropractor."""
    if spinal is not None:
        described = (spinal.description, spinal.further_description)
        yield row(of, "CR2", *[""] * 7, spinal.condition, "", *described)


def equipment_rows(of: str, line: ServiceLine) -> Iterator[Row]:
    """SV5."""
    equipment = line.equipment
    if equipment is not None:
        yield row(
            of,
            "SV5",
            ("HC", equipment.code),
            "DA",
            format_quantity(equipment.days),
            format_amount(equipment.rental_cents),
            format_amount(equipment.purchase_cents),
            equipment.rental_period,
        )


def certification_rows(of: str, line: ServiceLine) -> Iterator[Row]:
    """CR3."""
    if line.certification is not None:
        yield row(of, "CR3", line.certification.kind, "MO", format_quantity(line.certification.months))


def quantity_rows(of: str, line: ServiceLine) -> Iterator[Row]:
    """QTY: patients transported, obstetric units; MEA: test results."""
    for kind, quantity in (("PT", line.patients_transported), ("FL", line.obstetric_units)):
        if quantity is not None:
            yield row(of, "QTY", kind, quantity_or_empty(quantity))
    for result in line.test_results:
        yield row(of, "MEA", result.kind, result.measured, format_quantity(result.value))


def form_rows(of: str, forms: Iterable[Form]) -> Iterator[Row]:
    """Loop 2440: a form and its answers."""
    for form in forms:
        yield row(of, "LQ", form.code_list, form.number)
        for answer in form.answers:
            yield row(of, "FRM", answer.question, answer.yes_no, answer.text, answer.date, answer.percent)
