"""The NCCI procedure-to-procedure files: six header rows, then some hundred thousand pairs with their days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache, partial

from cleanclaim.codesets.imports.dates import quarter_of
from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.flat import cell_rows, words
from cleanclaim.codesets.imports.rows import Part, PtpRow, bad_line
from cleanclaim.codesets.imports.workbook import is_workbook
from cleanclaim.codesets.periods import OPEN, day_from, next_day

_CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_LINE = re.compile(
    r"([0-9A-Z][0-9]{3}[0-9A-Z])\s*\t([0-9A-Z][0-9]{3}[0-9A-Z])\s*\t([* ]?)"
    r"\t([0-9]{8})\t([0-9]{8}|\*)\s*\t([019])(?:\t.*)?"
)
_BEGINS = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]\s*\t")
_HEADER_ROWS = 12
_NAMED = re.compile(r"ccipr|practitioner|(cciop|hospital|outpatient)", re.IGNORECASE)


def is_ptp(head: list[str]) -> bool:
    """Whether the first lines are those of a PTP file."""
    text = words(" ".join(head[:_HEADER_ROWS]))
    return "column1 column2 edits" in text or (
        "column 1" in text and "column 2" in text and "ptp edit" in text
    )


def ptp_part(source: SourceFile) -> Part:
    """The file as a part of the set; its newest day tells the quarter. The content does not tell the setting."""
    read = partial(_text_rows, source)
    if is_workbook(source.head(4)):
        read = partial(_sheet_rows, source)
    part = Part("NCCI-PTP", read, source.archive + source.name, form=2 if is_workbook(source.head(4)) else 1)
    named = _NAMED.search(source.archive + source.name)
    if named:
        part.setting = "hospital" if named[1] else "practitioner"
        part.said.append(f"the file does not say whose edits it holds; its name says {part.setting}")
    return part


def quarter_seen(newest: int) -> tuple[int, int]:
    """The quarter in which the newest change of a file falls."""
    day = day_from(newest)
    return quarter_of(day) if day else (0, 0)


def change_day(first: int, last: int) -> int:
    """The day on which a row last changed anything: it began, or had ended the day before."""
    return first if last == OPEN else max(first, next_day(last) if last > first else first)


@lru_cache(maxsize=8192)
def _day(text: str) -> int:
    dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return int(text)


def _text_rows(source: SourceFile) -> Iterator[PtpRow]:
    started = False
    match_line = _LINE.fullmatch
    for number, line in enumerate(source.lines(), 1):
        match = match_line(line)
        if match is None:
            header = not started and number <= _HEADER_ROWS and not _BEGINS.match(line)
            if header or not line.strip():
                continue
            raise bad_line(source.name, number, "it is no pair with its days and its indicator")
        started = True
        one, two, _, first, last, indicator = match.groups()
        yield _row(source.name, number, one, two, first, last, indicator)


def _sheet_rows(source: SourceFile) -> Iterator[PtpRow]:
    for number, cells in cell_rows(source):
        if len(cells) < 6 or not _CODE.fullmatch(cells[0].strip()):
            if number <= _HEADER_ROWS or not any(cells):
                continue
            raise bad_line(source.name, number, "it is no pair with its days and its indicator")
        one, two, _, first, last, indicator = (cell.strip() for cell in cells[:6])
        yield _row(source.name, number, one, two, first, last or "*", indicator)


def _row(name: str, number: int, one: str, two: str, first: str, last: str, indicator: str) -> PtpRow:
    try:
        began, ended = _day(first), OPEN if last == "*" else _day(last)
    except ValueError:
        raise bad_line(name, number, "a date is no day on the calendar") from None
    if ended < began:
        raise bad_line(name, number, "it is deleted before it is effective")
    return PtpRow(one, two, began, ended, indicator, number)
