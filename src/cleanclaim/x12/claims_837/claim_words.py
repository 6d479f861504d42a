"""Claims told in words: who, what, for whom, to whom, and then everything else that the claim says.

Nothing that a claim holds is passed over: what has no sentence of its own is told by the name of its field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.claims.dental import EveryClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Provider
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.claims_837.read_837 import EveryClaimInFile
from cleanclaim.x12.syntax.amounts import format_quantity


def _words(text: str) -> list[str]:
    return text.split()


_TOLD = frozenset(
    _words(
        "claim_id version patient coverage other_payers billing lines diagnoses "
        "principal_diagnosis other_diagnoses admitting_diagnosis reason_for_visit external_causes "
        "place_of_service type_of_bill frequency predetermination encounter_id carried"
    )
)
_TOLD_OF_LINES = frozenset(
    _words(
        "number service_date charge_cents units code modifiers revenue_code control_number "
        "date_told code_kind"
    )
)


def claim_told(read: EveryClaimInFile) -> Iterator[str]:
    """One claim of an 837, a line per fact."""
    claim = read.claim
    coverage = claim.coverage
    yield (
        f"  {'Predetermination' if claim.predetermination else 'Claim'} {claim.claim_id}: "
        f"{claim.patient.name.shown()}, born {claim.patient.birth_date}, "
        f"{format_usd(read.charge_cents)} to {coverage.payer.name} ({coverage.order.name.lower()})"
    )
    yield f"    billed by {claim.billing.shown()}, NPI {claim.billing.npi}; {_kind(claim)}"
    codes = _diagnoses(claim)
    if codes:
        yield f"    diagnoses {', '.join(codes)}"
    yield from (f"    {fact}" for fact in _facts(claim, _TOLD))
    for line in claim.lines:
        yield from _line(line)
    for other in claim.other_payers:
        paid = "not answered" if other.paid_cents is None else f"paid {format_usd(other.paid_cents)}"
        yield f"    other payer {other.coverage.payer.name}: {paid}"
    for text in read.carried:
        yield f"    also there: {text}"


def _line(line: ServiceLine) -> Iterator[str]:
    modifiers = "".join(f"-{modifier}" for modifier in line.modifiers)
    code = " ".join(part for part in (line.revenue_code, line.code + modifiers) if part)
    units = format_quantity(line.units)
    day = f"{line.service_date} " if line.date_told else ""
    yield f"    {line.number}. {day}{code} x{units} {format_usd(line.charge_cents)}"
    yield from (f"       {fact}" for fact in _facts(line, _TOLD_OF_LINES))


def _kind(claim: EveryClaim) -> str:
    sent = claim.frequency.name.lower()
    if isinstance(claim, InstitutionalClaim):
        return f"type of bill {claim.type_of_bill}, {sent}"
    return f"place of service {claim.place_of_service}, {sent}"


def _diagnoses(claim: EveryClaim) -> list[str]:
    if not isinstance(claim, InstitutionalClaim):
        return [diagnosis.code for diagnosis in claim.diagnoses]
    codes = [diagnosis.code for diagnosis in claim.all_diagnoses()]
    admitting = [f"{claim.admitting_diagnosis.code} (admitting)"] if claim.admitting_diagnosis else []
    return codes + admitting + [f"{item.code} (reason for visit)" for item in claim.reason_for_visit]


def _facts(record: Any, told: Iterable[str]) -> Iterator[str]:
    """Every field of a record that says more than its default, by its name."""
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
        if field.name in told or field.name.startswith("_") or value == default:
            continue
        name = field.name.removesuffix("_cents").replace("_", " ")
        said = "" if value is True else _said(field.name, value)
        yield f"{name}: {said}" if said else name


def _said(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_said(name, item) for item in value)
    if isinstance(value, Provider):
        return f"{value.shown()}, NPI {value.npi}" if value.npi else value.shown()
    if isinstance(value, Address):
        parts = (value.line1, value.line2, value.city, value.state, value.zip_code)
        return " ".join(part for part in parts if part)
    if isinstance(value, DatePeriod):
        return f"{value.first} to {value.last}" if value.last else str(value.first)
    if attrs.has(type(value)):
        return ", ".join(_facts(value, ()))
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if name.endswith("_cents"):
        return format_usd(value)
    if isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, Enum):
        return value.name.lower().replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
