"""The physician fee schedule's relative value file (PPRRVU): one table of 31 columns under a header of several rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from cleanclaim.codesets.imports.dates import NONE, days_said
from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.flat import Cells, cell_rows, words
from cleanclaim.codesets.imports.rows import Part, Row, bad_line
from cleanclaim.codesets.imports.values import code_of, number
from cleanclaim.codesets.imports.workbook import is_workbook

_SEARCHED = 20
_WORK, _GLOBAL, _LAST_NEEDED = 5, 14, 26
_NUMBERS = {
    "work": 5, "non_facility_expense": 6, "facility_expense": 8, "malpractice": 10,
    "non_facility_total": 11, "facility_total": 12, "conversion_factor": 25,
}  # fmt: skip
_TEXTS = {
    "status": 3, "technical": 13, "global_days": 14, "multiple": 18, "bilateral": 19, "assistant": 20,
    "co_surgeons": 21, "team": 22, "endoscopic_base": 23, "supervision": 26,
}  # fmt: skip
_GLOBALS = frozenset({"000", "010", "090", "MMM", "XXX", "YYY", "ZZZ", ""})
_RELEASE = re.compile(
    r"(20[0-9]{2}) national physician(?:(?!20[0-9]{2} national physician).)*?\b([a-z]++) release\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(r"relative value|fee schedule", re.IGNORECASE)
_QUALIFYING = re.compile(r"(?<!non)(?<!non[ _-])qpp", re.IGNORECASE)
QUALIFYING = "qualifying-apm"
"""From 2026 on there are two files a quarter: that of qualifying participants differs in its conversion factor."""


def rvu_part(source: SourceFile) -> Part | None:
    """The file as a part, or None where it is not this table."""
    head = list(islice(cell_rows(source), _SEARCHED))
    at = next((number for number, cells in head if _is_header(cells)), None)
    text = "\n".join(" ".join(cells) for _, cells in head)
    if at is None or not _NAMED.search(text):
        return None
    told = _RELEASE.search(text)
    days = days_said(f"{told[2]} {told[1]}", cycle="quarter") if told else NONE
    read = partial(_rows, source, at)
    setting = QUALIFYING if _QUALIFYING.search(text) or _QUALIFYING.search(source.name) else ""
    return Part(
        "MPFS", read, source.archive + source.name, setting=setting, first=days[0], last=days[1],
        form=2 if is_workbook(source.head(4)) else 1,
    )  # fmt: skip


def _is_header(cells: Cells) -> bool:
    header = [words(cell) for cell in cells]
    return header[:3] == ["hcpcs", "mod", "description"] and len(header) > _LAST_NEEDED


def _rows(source: SourceFile, at: int) -> Iterator[Row]:
    for line, cells in cell_rows(source):
        if line <= at or not any(cell.strip() for cell in cells):
            continue
        if len(cells) <= _LAST_NEEDED:
            raise bad_line(source.name, line, f"it has {len(cells)} columns, not 27 or more")
        try:
            yield _row([cell.strip() for cell in cells], line)
        except ValueError as error:
            raise bad_line(source.name, line, str(error)) from error


def _row(cells: Cells, line: int) -> Row:
    code, modifier = code_of(cells[0]), cells[1]
    if cells[_GLOBAL] not in _GLOBALS:
        raise ValueError(f"{cells[_GLOBAL][:12]!r} is no global period")
    data = {name: number(cells[place]) for name, place in _NUMBERS.items()}
    return Row(
        f"{code}/{modifier}" if modifier else code, "", data | {name: cells[place] for name, place in _TEXTS.items()},
        line=line,
    )  # fmt: skip
