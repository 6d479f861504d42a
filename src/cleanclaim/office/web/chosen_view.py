"""How a code that stands on a visit is shown: its letter, words, evidence, and for a service its lines and price."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from cleanclaim.codesets.book import open_book
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.encounters.coding import DIAGNOSIS, HOSPITAL_PROCEDURE, ChosenCode
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.encounters.prices import charge_cents
from cleanclaim.office.registry.models import ChargePriceRow

LETTERS = "ABCDEFGHIJKL"
_ADDED_FROM = 10_000


def chosen_shown(
    item: ChosenCode, place: int, by_key: dict[Any, dict[str, Any]], encounter: EncounterRow
) -> dict[str, Any]:
    """A chosen code at its place in the order, with the suggestion it came from where there is one."""
    source = by_key.get((item.system, item.code))
    own = item.details.get("evidence") or []
    return {
        "system": item.system,
        "code": item.code,
        "letter": LETTERS[place] if place < len(LETTERS) else "?",
        "who": item.who,
        "reason": item.reason,
        "poa": item.details.get("poa", ""),
        "number": source["number"] if source else _ADDED_FROM + place,
        "description": source["description"] if source else _title(item, encounter),
        "evidence": (source["evidence"] if source else []) + own,
        "own": own,
        "because": source["because"] if source else [],
        "level": source.get("level") if source else None,
        "added": source is None,
    }


def service_shown(
    item: ChosenCode, place: int, by_key: dict[Any, dict[str, Any]], encounter: EncounterRow
) -> dict[str, Any]:
    """A chosen service with modifiers, pointers, units and price; ``cents`` is None where it has no price."""
    lines = item.details.get("lines") or [item.details]
    first = lines[0]
    prices = [_price(item, line) for line in lines]
    return {
        **chosen_shown(item, place, by_key, encounter),
        "lines": len(lines),
        "modifiers": " ".join(str(one) for one in first.get("modifiers") or ()),
        "pointers": letters(first.get("pointers") or []),
        "units": _sum_of(line.get("units", 1) for line in lines),
        "revenue_code": first.get("revenue_code", ""),
        "performed_on": item.details.get("performed_on", ""),
        "cents": sum(price for price, _ in prices) if all(price is not None for price, _ in prices) else None,
        "price_fault": next((fault for _, fault in prices if fault), ""),
        "procedure": item.system == HOSPITAL_PROCEDURE,
    }


def _sum_of(units: Any) -> str:
    try:
        total = sum((Decimal(str(one)) for one in units), Decimal(0))
    except InvalidOperation:
        return "?"
    return str(total.normalize() if total != total.to_integral_value() else total.to_integral_value())


def _price(item: ChosenCode, line: dict[str, Any]) -> tuple[int | None, str]:
    if item.system == HOSPITAL_PROCEDURE:
        return 0, ""
    if isinstance(line.get("charge_cents"), int):
        return line["charge_cents"], ""
    revenue = str(line.get("revenue_code") or (item.code if item.system == "REVENUE" else ""))
    try:
        code = "" if item.system == "REVENUE" else item.code
        return charge_cents(code, revenue, Decimal(str(line.get("units", 1)))), ""
    except CleanClaimError as error:
        return None, error.what
    except InvalidOperation:
        return None, "units are not a number"


def letters(pointers: list[int]) -> str:
    """Pointers (from 1) as the letters of diagnoses."""
    return "".join(LETTERS[pointer - 1] if 1 <= pointer <= len(LETTERS) else "?" for pointer in pointers)


def _title(item: ChosenCode, encounter: EncounterRow) -> str:
    if item.system not in {DIAGNOSIS, HOSPITAL_PROCEDURE}:
        return service_words(item.system, item.code, str(item.details.get("revenue_code") or ""))
    entry = open_book().find(item.system, item.code, encounter.last_date)
    return entry.title if entry else ""


def service_words(system: str, code: str, revenue_code: str = "") -> str:
    """The practice's own words for a service, from its charge master."""
    if system in {DIAGNOSIS, HOSPITAL_PROCEDURE}:
        return ""
    rows = (
        ChargePriceRow.objects.filter(code="", revenue_code=code)
        if system == "REVENUE"
        else (ChargePriceRow.objects.filter(code=code))
    )
    row = rows.filter(revenue_code=revenue_code).first() or rows.first()
    return row.words if row else ""
