"""The codes that a practice works with, for telling what a new release of a code set breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Count

from cleanclaim.codesets.impact import UsedCode, used_by_rules
from cleanclaim.office.encounters.models import Decision, EncounterRow
from cleanclaim.office.registry.models import ChargePriceRow, PayerRow, ProviderRow

_TAKEN = ("accept", "add")
_FAVOURITES = 500


def used_codes() -> list[UsedCode]:
    """Those of the present tenant: prices, payers' rules, providers, coders' favourites, visits not yet billed."""
    found = [*_prices(), *_rules(), *_providers(), *_favourites(), *_open_visits()]
    return list(dict.fromkeys(found))


def _prices() -> Iterator[UsedCode]:
    for row in ChargePriceRow.objects.order_by("code", "revenue_code"):
        if row.code:
            yield UsedCode("", row.code, "charge master")
        if row.revenue_code:
            yield UsedCode("REVENUE", row.revenue_code, "charge master")


def _rules() -> Iterator[UsedCode]:
    for row in PayerRow.objects.order_by("payer_id"):
        for rule in row.profile_fields().get("rules") or ():
            yield from used_by_rules(rule.get("when") or {}, f"rule {rule.get('id', '')} of {row.payer_id}")


def _providers() -> Iterator[UsedCode]:
    for row in ProviderRow.objects.order_by("key"):
        taxonomy = json.loads(row.record).get("taxonomy")
        if taxonomy:
            yield UsedCode("TAXONOMY", taxonomy, f"provider {row.key}")


def _favourites() -> Iterator[UsedCode]:
    taken = (
        Decision.objects.filter(action__in=_TAKEN)
        .order_by()
        .values("system", "code")
        .annotate(times=Count("id"))
        .order_by("-times", "system", "code")
    )
    for row in taken[:_FAVOURITES]:
        times = "once" if row["times"] == 1 else f"{row['times']} times"
        yield UsedCode(row["system"], row["code"], f"taken {times} by coders")


def _open_visits() -> Iterator[UsedCode]:
    """Codes of visits that are not billed yet, by their last day; with their authorization where there is one."""
    for visit in EncounterRow.objects.exclude(state="released").order_by("encounter_id"):
        number = json.loads(visit.facts).get("authorization_number") or ""
        where = f"visit {visit.encounter_id}" + (f", authorization {number}" if number else "")
        taken = {one.code: (one.system, one.action) for one in visit.decisions.all()}
        for code, (system, action) in taken.items():
            if action in _TAKEN:
                yield UsedCode(system, code, where, visit.last_date)
