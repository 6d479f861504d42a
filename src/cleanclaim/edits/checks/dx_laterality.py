"""DX-LATERALITY: the side of the diagnosis is the side of the service."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, pointed_diagnoses
from cleanclaim.kernel.because import Citation

_SIDE = re.compile(
    r"\b(right|left)\b(?! (?:ventric|atri|heart|bundle|upper quadrant|lower quadrant|dominant|non-dominant))",
    re.IGNORECASE,
)
_LEFT = frozenset({"LT", "E1", "E2", "FA", "F1", "F2", "F3", "F4", "TA", "T1", "T2", "T3", "T4"})
_RIGHT = frozenset({"RT", "E3", "E4", "F5", "F6", "F7", "F8", "F9", "T5", "T6", "T7", "T8", "T9"})
EDIT = Edit(
    "DX-LATERALITY",
    "A service on one side is not explained by a diagnosis of the other side.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.B.13"),
)


@EDIT.per_claim
def dx_laterality(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare the side of each line with the sides of the diagnoses it points to."""
    for line in claim.lines:
        side = _side_of_line(line)
        if not side:
            continue
        sided = []
        for diagnosis in pointed_diagnoses(claim, line):
            of_code = _side_of_code(context, diagnosis.code, line.service_date)
            if of_code:
                sided.append((diagnosis.code, of_code))
        if sided and all(of_code != side for _, of_code in sided):
            codes = ", ".join(f"{code} ({of_code})" for code, of_code in sided)
            yield EDIT.reject(
                claim,
                f"the service is on the {side} side, its diagnosis is of the other: {codes}",
                "Correct the side of the modifier or of the diagnosis, as the note says.",
                line=line.number,
                field=box(claim, "24D", "44"),
            )


def _side_of_line(line: ServiceLine) -> str:
    left = not _LEFT.isdisjoint(line.modifiers)
    right = not _RIGHT.isdisjoint(line.modifiers)
    return "" if left == right else "left" if left else "right"


def _side_of_code(context: ScrubContext, code: str, day: dt.date) -> str:
    start = quarter_start(day)
    return context.once(("side", code, start), lambda: _side_in_title(context, code, start))


def _side_in_title(context: ScrubContext, code: str, day: dt.date) -> str:
    entry = context.find("ICD-10-CM", code, day)
    sides = {match.lower() for match in _SIDE.findall(entry.title)} if entry is not None else set()
    return sides.pop() if len(sides) == 1 else ""
