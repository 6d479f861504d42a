"""GLOBAL-PERIOD: care that an operation's fee already covers is not billed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import rendering_npi
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

_DAYS = {"010": 10, "090": 90}
_VISIT_MODIFIERS = frozenset({"24", "25", "57"})
_PROCEDURE_MODIFIERS = frozenset({"58", "78", "79"})
EDIT = Edit(
    "GLOBAL-PERIOD",
    "No visit or further procedure by the surgeon in the global period without the modifier that excepts it.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 12, section 40"),
)


@EDIT.per_professional
def global_period(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look in the history for an operation by the same provider whose period holds the day."""
    if context.history is None:
        yield EDIT.not_checked("no earlier claims were given: global periods not checked")
        return
    earlier = [one for one in context.past_of(claim) if isinstance(one, ProfessionalClaim)]
    for line in claim.lines:
        table = context.tables.global_days_on(line.service_date)
        if table is None:
            yield EDIT.not_checked(
                f"global days of the fee schedule for {line.service_date.year} not loaded: global periods "
                "not checked"
            )
            continue
        visit = row_of("visits", "visit", line.code, line.service_date) is not None
        if not visit and table.days.get(line.code) not in {"000", "010", "090"}:
            continue
        wanted = _VISIT_MODIFIERS if visit else _PROCEDURE_MODIFIERS
        if not wanted.isdisjoint(line.modifiers):
            continue
        found = _operation(claim, line, earlier, context)
        if found is not None:
            operation, last = found
            yield EDIT.reject(
                claim,
                f"{operation.code} of {operation.service_date} covers the surgeon's care until {last}; "
                f"{line.code} of "
                f"{line.service_date} lies in that time without {', '.join(sorted(wanted))}",
                "If it is part of the care after the operation, take it off; if not, add the modifier "
                "that says why.",
                line=line.number,
                field="CMS-1500 box 24D",
                citation=Citation(
                    "Medicare physician fee schedule", table.release, f"global days of {operation.code}"
                ),
            )


def _operation(
    claim: AnyClaim, line: ServiceLine, earlier: list[ProfessionalClaim], context: ScrubContext
) -> tuple[ServiceLine, dt.date] | None:
    who = rendering_npi(claim, line)
    for one in earlier:
        if one.claim_id == claim.claim_id:
            continue
        for operation in one.lines:
            table = context.tables.global_days_on(operation.service_date)
            days = _DAYS.get(table.days.get(operation.code, "")) if table is not None else None
            if days is None or rendering_npi(one, operation) != who:
                continue
            last = operation.service_date + dt.timedelta(days=days)
            if operation.service_date <= line.service_date <= last:
                return operation, last
    return None
