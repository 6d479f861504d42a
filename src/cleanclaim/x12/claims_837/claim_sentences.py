"""What the parts of a claim say, each in a sentence; a part that has none is told by the names of its fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

import attrs

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import Accident, OccurrenceCode, ValueCode
from cleanclaim.claims.coordination import InpatientAdjudication, OutpatientAdjudication
from cleanclaim.claims.diagnosis import HospitalProcedure
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Address, PersonName, Provider
from cleanclaim.claims.references import NamedDate, OtherNumber, Reference
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    EquipmentCertification,
    FormAnswer,
    Note,
    Place,
    Repricing,
    SpinalTreatment,
    TestResult,
    Transport,
)
from cleanclaim.claims.teeth import Tooth, ToothStatus
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.syntax.amounts import format_quantity

_CODED = {
    "patient_signature": "signed-by",
    "special_program": "program",
    "delay_reason": "late",
    "rental_period": "rental-period",
    "unit_kind": "charge-unit",
    "frequency": "claim-frequency",
}


def facts(record: Any, told: Iterable[str] = ()) -> Iterator[str]:
    """Every field of a record that says more than its default, by its name; ``told`` are told elsewhere."""
    for field, name, default in _fields_of(record.__class__):
        value = getattr(record, field)
        if field in told or value in ("", None, (), default):
            continue
        shown = "" if value is True else said(field, value)
        if shown or value is True:
            yield f"{name}: {shown}" if shown else name


@lru_cache(maxsize=128)
def _fields_of(kind: type) -> tuple[tuple[str, str, Any], ...]:
    """The public fields of a kind of record, each with its name in words and its default."""
    found = []
    for field in attrs.fields(kind):
        default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
        if not field.name.startswith("_"):
            found.append((field.name, field.name.removesuffix("_cents").replace("_", " "), default))
    return tuple(found)


def said(name: str, value: Any) -> str:
    """What a field of this name says."""
    if isinstance(value, tuple):
        return "; ".join(said(name, item) for item in value)
    sentence = _SENTENCES.get(type(value))
    if sentence is not None:
        return sentence(value)
    if attrs.has(type(value)):
        return ", ".join(facts(value))
    return _plain(name, value)


def adjusted(adjustments: Iterable[Adjustment]) -> str:
    """Reasons in a row, each behind a comma: ", CO 45 $90.00 (not owed by contract)"."""
    return "".join(f", {_adjustment(item)}" for item in adjustments)


def _plain(name: str, value: Any) -> str:
    if name.endswith("_cents"):
        return format_usd(value)
    if isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, Enum):
        return value.name.lower().replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    return _coded(_CODED[name], str(value)) if name in _CODED else str(value)


def _coded(list_name: str, code: str) -> str:
    """A code with its words: "A (to the nearest facility for care)"."""
    told = words(list_name, code, "")
    return f"{code} ({told})" if told else code


def _adjustment(item: Adjustment) -> str:
    quantity = "" if item.quantity is None else f", {format_quantity(item.quantity)} units"
    told = words("adjustment-group", item.group, "")
    meaning = f" ({told}{quantity})" if told or quantity else ""
    return f"{item.group} {item.reason} {format_usd(item.cents)}{meaning}"


def _accident(item: Accident) -> str:
    kinds = [item.kind] if item.further_kind is None else [item.kind, item.further_kind]
    place = " ".join(part for part in (item.state, item.country) if part)
    kind = " and ".join(words("accident", one.value, "{}") for one in kinds)
    return f"{kind} on {item.occurred_on}" + (f" in {place}" if place else "")


def _address(item: Address) -> str:
    town = " ".join(part for part in (item.city, item.state, item.zip_code, item.country) if part)
    return ", ".join(part for part in (item.line1, item.line2, town) if part)


def _provider(item: Provider) -> str:
    parts = [item.shown()]
    parts += [f"NPI {item.npi}"] if item.npi else []
    parts += [f"specialty {item.taxonomy}"] if item.taxonomy else []
    parts += [f"tax number {item.tax_id}"] if item.tax_id else []
    parts += [_address(item.address)] if item.address is not None else []
    parts += [_phone(item)] if item.phone else []
    parts += [said("", one) for one in item.other_numbers]
    return ", ".join(parts)


def _phone(item: Provider) -> str:
    extension = f" extension {item.phone_extension}" if item.phone_extension else ""
    return f"phone {item.phone}{extension}" + (f" ({item.contact})" if item.contact else "")


def _place(item: Place) -> str:
    return ", ".join(part for part in (item.name, _address(item.address)) if part)


def _transport(item: Transport) -> str:
    parts = [f"{format_quantity(item.miles)} miles", _coded("transport-reason", item.reason)]
    parts += (
        [f"patient of {format_quantity(item.patient_pounds)} pounds"]
        if item.patient_pounds is not None
        else []
    )
    parts += [f"round trip because {item.round_trip_purpose}"] if item.round_trip_purpose else []
    parts += [f"stretcher because {item.stretcher_purpose}"] if item.stretcher_purpose else []
    return ", ".join(parts)


def _spinal(item: SpinalTreatment) -> str:
    return ", ".join(
        part
        for part in (
            _coded("spinal-condition", item.condition),
            item.description,
            item.further_description,
        )
        if part
    )


def _attachment(item: Attachment) -> str:
    number = f", number {item.control_number}" if item.control_number else ""
    return f"{_coded('claim-report', item.report)} {words('sent-by', item.sent_by, 'sent by {}')}{number}"


def _conditions(item: ConditionIndicator) -> str:
    kind = words("condition-kind", item.category, "kind {}")
    codes = ", ".join(_coded("condition-of-claim", code) for code in item.codes if code)
    return f"{kind}{'' if item.applies else ', does not apply'}: {codes}"


def _note(item: Note) -> str:
    return item.text if item.kind == "ADD" else f"{words('claim-note', item.kind, '{}')}: {item.text}"


def _reference(item: Reference) -> str:
    payer = f" given by {item.payer_id}" if item.payer_id else ""
    name = item.kind.name.lower().replace("_", " ").replace("clia", "CLIA")
    return f"{name} {item.number}{payer}"


def _number(item: OtherNumber) -> str:
    payer = f" given by {item.payer_id}" if item.payer_id else ""
    return f"{words('claim-number', item.kind, 'number {}')} {item.number}{payer}"


def _drug(item: Drug) -> str:
    parts = [
        f"NDC {item.ndc}",
        f"{format_quantity(item.quantity)} {words('drug-unit', item.unit, '{}')}".strip(),
    ]
    parts += [f"prescription {item.prescription_number}"] if item.prescription_number else []
    parts += [f"part of compound {item.link_number}"] if item.link_number else []
    return ", ".join(parts)


def _outpatient(item: OutpatientAdjudication) -> str:
    parts = (
        [f"rate {format_quantity(item.reimbursement_rate)}"] if item.reimbursement_rate is not None else []
    )
    amounts = (
        ("payable", item.payable_cents),
        ("ESRD", item.esrd_cents),
        ("professional part not payable", item.professional_cents),
    )
    parts += [f"{name} {format_usd(cents)}" for name, cents in amounts if cents is not None]
    parts += [f"remark {code}" for code in item.remarks]
    return ", ".join(parts)


def _inpatient(item: InpatientAdjudication) -> str:
    parts = [f"{format_quantity(item.covered_days)} days"]
    parts += [f"MIA{one.place:02d} {format_quantity(one.value)}" for one in item.figures]
    return ", ".join([*parts, *(f"remark {code}" for code in item.remarks)])


def _repricing(item: Repricing) -> str:
    rest = ", ".join(facts(item, ("method", "allowed_cents")))
    told = f"{_coded('repricing-method', item.method)}, allowed {format_usd(item.allowed_cents)}"
    return f"{told}, {rest}" if rest else told


def _period(item: DatePeriod) -> str:
    return f"{item.first} to {item.last}" if item.last else str(item.first)


def _occurrence(item: OccurrenceCode) -> str:
    return f"{item.code} {item.first}" + (f" to {item.last}" if item.last is not None else "")


def _dated(item: NamedDate) -> str:
    return f"{item.kind.name.lower().replace('_', ' ')} {item.on}"


def _answer(item: FormAnswer) -> str:
    told = [part for part in (item.yes_no, item.text, item.date, item.percent) if part]
    return f"question {item.question} {' '.join(told)}"


_SENTENCES: dict[type, Callable[[Any], str]] = {
    Accident: _accident,
    Address: _address,
    Adjustment: _adjustment,
    Attachment: _attachment,
    ConditionIndicator: _conditions,
    DatePeriod: _period,
    Drug: _drug,
    EquipmentCertification: lambda item: (
        f"{words('certification-kind', item.kind, '{}')}, {format_quantity(item.months)} months"
    ),
    FormAnswer: _answer,
    HospitalProcedure: lambda item: f"{item.code} on {item.performed_on}",
    InpatientAdjudication: _inpatient,
    NamedDate: _dated,
    Note: _note,
    OccurrenceCode: _occurrence,
    OtherNumber: _number,
    OutpatientAdjudication: _outpatient,
    PersonName: PersonName.shown,
    Place: _place,
    Provider: _provider,
    Reference: _reference,
    Repricing: _repricing,
    SpinalTreatment: _spinal,
    TestResult: lambda item: f"{words('measured', item.measured, '{}')} {format_quantity(item.value)}",
    Tooth: lambda item: " ".join([item.number, *item.surfaces]),
    ToothStatus: lambda item: f"{item.number} {words('tooth-status', item.status, '{}')}",
    Transport: _transport,
    ValueCode: lambda item: f"{item.code} {format_usd(item.cents)}",
}
