"""What service lines of the three kinds have in common, from loops 2400 to 2440."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.teeth import Tooth
from cleanclaim.x12.claims_837.equipment_in import (
    certification,
    equipment,
    forms,
    purchased_service,
    quantity_of,
    test_results,
    transport,
)
from cleanclaim.x12.claims_837.equipment_in import place as place_of
from cleanclaim.x12.claims_837.levels_in import misshapen
from cleanclaim.x12.claims_837.loops import Loop, find
from cleanclaim.x12.claims_837.parties_in import first, provider, value
from cleanclaim.x12.claims_837.supplements_in import attachments, line_notes, named_dates, repricing
from cleanclaim.x12.syntax.amounts import quantity_at
from cleanclaim.x12.syntax.dates import span_at
from cleanclaim.x12.syntax.reader import Segment


def shared_parts(group: Sequence[Loop]) -> dict[str, Any]:
    """What every kind of line may have."""
    head = group[0].segments
    return {
        "control_number": value(head, "REF", "6R", 2),
        "attachments": attachments(head),
        "dates": named_dates(head),
        "notes": line_notes(head),
        "repricing": repricing(head),
    }


def supplies(group: Sequence[Loop]) -> dict[str, Any]:
    """What a line of a supplier or an ambulance has."""
    head = group[0].segments
    bought = find(group, "2420", "QB")
    return {
        "transport": transport(head),
        "pick_up": place_of(group, "2420", "PW"),
        "drop_off": place_of(group, "2420", "45"),
        "patients_transported": quantity_of(head, "PT"),
        "obstetric_units": quantity_of(head, "FL"),
        "equipment": equipment(head),
        "certification": certification(head),
        "forms": forms(group),
        "test_results": test_results(head),
        "purchased_service": purchased_service(head),
        "purchased_from": provider(bought) if bought else None,
    }


def providers_of_line(group: Sequence[Loop], roles: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The providers of a line by field."""
    return {field: _provider_or_none(group, role) for field, role in roles}


def dated(
    service: Segment, head: Sequence[Segment], otherwise: dt.date | None
) -> tuple[dt.date, dt.date | None, bool]:
    """First and last day of a line, and whether it tells them itself."""
    segment = first(head, "DTP", "472")
    if segment is not None:
        began, ended = span_at(segment)
        return began, ended, True
    if otherwise is None:
        raise misshapen(service, "the line has no service date (DTP*472)")
    return otherwise, None, False


def teeth(head: Sequence[Segment]) -> tuple[Tooth, ...]:
    """TOO."""
    return tuple(
        Tooth(item.get(2), tuple(part for part in item.components(3) if part))
        for item in head
        if item.id == "TOO"
    )


def unusual_kind(kind: str, usual: str) -> str:
    """The code system, empty where it is the usual one."""
    return "" if kind == usual else kind


def service_segment(head: Sequence[Segment], name: str) -> Segment:
    """The segment that says what was done. Raises X12Error where it is missing."""
    segment = first(head, name)
    if segment is None:
        raise misshapen(head[0], f"the line has no {name}")
    return segment


def procedure_parts(segment: Segment, number: int) -> tuple[str, tuple[str, ...], str]:
    """Code, modifiers and description of a procedure composite."""
    parts = segment.components(number) + [""] * 7
    return parts[1], tuple(part for part in parts[2:6] if part), parts[6]


def pointers(service: Segment, number: int) -> tuple[int, ...]:
    """The diagnosis pointers. Raises X12Error where one is no number."""
    found = [part for part in service.components(number) if part]
    if any(not (part.isascii() and part.isdigit() and len(part) <= 2) for part in found):
        raise misshapen(service, f"a diagnosis pointer ({service.id}{number:02d}) is no number")
    return tuple(int(part) for part in found)


def drug(group: Sequence[Loop]) -> Drug | None:
    """Loop 2410, where it names an NDC."""
    loop = find(group, "2410", "")
    if not loop or loop[0].get(2) != "N4":
        return None
    ctp = first(loop, "CTP")
    return Drug(
        ndc=loop[0].get(3),
        quantity=quantity_at(ctp, 4) if ctp else Decimal(0),
        unit=ctp.component(5, 1) if ctp else "",
        prescription_number=value(loop, "REF", "XZ", 2),
        link_number=value(loop, "REF", "VY", 2),
    )


def _provider_or_none(group: Sequence[Loop], role: str) -> Provider | None:
    loop = find(group, "2420", role)
    return provider(loop) if loop else None
