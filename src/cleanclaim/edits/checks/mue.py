"""MUE: no more units of a service than a patient can have had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, rendering_npi
from cleanclaim.edits.lookups import row_of
from cleanclaim.edits.tables import EditSetting, MueRow, MueTable, quarter
from cleanclaim.kernel.because import Citation

_BY_LINE = "1"
_ABSOLUTE = "2"
EDIT = Edit(
    "MUE",
    "The units of a service on a line, or on a day, stay within its medically unlikely edit.",
    Citation("CMS NCCI Policy Manual for Medicare Services", "2026", "chapter I, section V"),
)


@EDIT.per_claim
def mue(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare units per line (indicator 1), or summed over the day and provider (2 and 3)."""
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient():
        return
    days: dict[tuple[str, dt.date, str], list[ServiceLine]] = {}
    for line in claim.lines:
        if not line.code or line.unit_kind != "UN" or not line.units.is_finite():
            continue
        setting = _setting(claim, line)
        table = context.tables.mue_on(setting, line.service_date)
        if table is None:
            yield EDIT.not_checked(_not_loaded(context, setting, line.service_date))
            continue
        row = table.rows.get(line.code)
        if row is None:
            continue
        if row.indicator == _BY_LINE:
            if _per_day(line) > row.units:
                yield _of_line(claim, line, row, table)
        else:
            days.setdefault((line.code, line.service_date, rendering_npi(claim, line)), []).append(line)
    for lines in days.values():
        found = context.tables.mue_on(_setting(claim, lines[0]), lines[0].service_date)
        if found is not None:
            yield from _of_day(claim, lines, found)


def _not_loaded(context: ScrubContext, setting: EditSetting, day: dt.date) -> str:
    other = any(context.tables.mue_on(one, day) is not None for one in EditSetting)
    which = f" ({setting.value} file)" if other else ""
    return f"MUE for {quarter(day)}{which} not loaded: units not checked"


def _setting(claim: AnyClaim, line: ServiceLine) -> EditSetting:
    if isinstance(claim, InstitutionalClaim):
        return EditSetting.HOSPITAL
    equipment = row_of("referring", "equipment", line.code, line.service_date) is not None
    return EditSetting.SUPPLIER if equipment else EditSetting.PRACTITIONER


def _per_day(line: ServiceLine) -> Decimal:
    days = (line.last_service_date() - line.service_date).days + 1
    return line.units / max(days, 1)


def _of_line(claim: AnyClaim, line: ServiceLine, row: MueRow, table: MueTable) -> Said:
    return EDIT.reject(
        claim,
        f"{line.code} is billed with {line.units} units; one line may have {row.units}",
        "Correct the units. If the note supports all of them, bill the rest on another line with the "
        "modifier "
        "that tells why (76, 77, 91, XE, XS or a side).",
        line=line.number,
        field=box(claim, "24G", "46"),
        citation=_citation(row, table),
    )


def _of_day(claim: AnyClaim, lines: list[ServiceLine], table: MueTable) -> Iterator[Said]:
    row = table.rows[lines[0].code]
    units = sum((_per_day(line) for line in lines), Decimal(0))
    if units <= row.units:
        return
    if row.indicator == _ABSOLUTE:
        fix = "Correct the units: rule or anatomy allows no more in a day, and no modifier helps."
    else:
        fix = (
            "Correct the units. If the note supports them all, send the claim with the records and "
            "be ready to appeal."
        )
    yield EDIT.reject(
        claim,
        f"{row.code} is billed with {units.normalize():f} units for {lines[0].service_date}; a day may "
        f"have {row.units}",
        fix,
        line=lines[-1].number,
        field=box(claim, "24G", "46"),
        citation=_citation(row, table),
    )


def _citation(row: MueRow, table: MueTable) -> Citation:
    return Citation(
        f"NCCI MUE, {table.setting.value}",
        table.release,
        f"code {row.code}, {row.units} units, adjudication indicator {row.indicator}",
    )
