"""NCCI-PTP: two services of one day that are not paid beside each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import permutations

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, rendering_npi
from cleanclaim.edits.lookups import row_of
from cleanclaim.edits.tables import EditSetting, PtpRow, PtpTable, quarter
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "NCCI-PTP",
    "No column-two service stands beside its column-one service on one day by one provider.",
    Citation("CMS NCCI Policy Manual for Medicare Services", "2026", "chapter I, sections A and E"),
)


@EDIT.per_claim
def ncci_ptp(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look up every pair of codes of the same day and provider in the table in force that day."""
    if isinstance(claim, InstitutionalClaim):
        if claim.is_inpatient():
            return
        setting = EditSetting.HOSPITAL
    else:
        setting = EditSetting.PRACTITIONER
    groups: dict[tuple[object, str], list[ServiceLine]] = {}
    for line in claim.lines:
        if line.code:
            groups.setdefault((line.service_date, rendering_npi(claim, line)), []).append(line)
    for lines in groups.values():
        day = lines[0].service_date
        table = context.tables.ptp_on(setting, day)
        if table is None:
            yield EDIT.not_checked(_not_loaded(context, setting, day))
            continue
        for first, second in permutations(lines, 2):
            for row in table.rows.get((first.code, second.code), ()):
                if row.in_force(day) and not _separated(row, first, second):
                    yield _finding(claim, table, row, first, second)


def _not_loaded(context: ScrubContext, setting: EditSetting, day: dt.date) -> str:
    other = any(context.tables.ptp_on(one, day) is not None for one in EditSetting)
    which = f" ({setting.value} file)" if other else ""
    return f"NCCI PTP for {quarter(day)}{which} not loaded: bundling not checked"


def _separated(row: PtpRow, first: ServiceLine, second: ServiceLine) -> bool:
    return row.indicator == "1" and any(
        row_of("modifiers", "ncci", modifier, line.service_date) is not None
        for line in (first, second)
        for modifier in line.modifiers
    )


def _finding(claim: AnyClaim, table: PtpTable, row: PtpRow, first: ServiceLine, second: ServiceLine) -> Said:
    if row.indicator == "0":
        fix = f"Take {second.code} off: no modifier separates this pair."
    else:
        fix = (
            f"Take {second.code} off. Only when the note shows another site, session or visit, add the "
            "modifier "
            "that says so (such as XS, XE, RT or LT; 25 on a visit)."
        )
    return EDIT.reject(
        claim,
        f"{second.code} is part of {first.code} (line {first.number}) when one provider does both on one day",
        fix,
        line=second.number,
        field=box(claim, "24D", "44"),
        citation=Citation(
            f"NCCI PTP edits, {table.setting.value}",
            table.release,
            f"column 1 {row.column_1}, column 2 {row.column_2}, modifier indicator {row.indicator}, "
            f"effective {row.effective_on}",
        ),
    )
