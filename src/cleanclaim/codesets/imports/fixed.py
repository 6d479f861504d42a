"""Text files of fixed columns, known by the shape of their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from attrs import frozen

from cleanclaim.codesets.imports.dates import NONE, Days, days_said, fiscal_year, quarter_of
from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.rows import Part, Row, bad_line
from cleanclaim.codesets.imports.values import code_of, day_of, number
from cleanclaim.codesets.periods import OPEN, day_from
from cleanclaim.kernel.errors import InputError

_SEARCHED = 200
# No possessive quantifier stands behind a group here: Python before 3.11.5 matches some of them wrongly.
_ORDER = re.compile(r"([0-9]{5}) ([0-9A-Z]{3,7}) +([01]) (.{60}) ?(.*)")
_ADDENDA = re.compile(
    r"(Add|Delete|Revise from|Revise to|No change): ++(?:([01]) )?([0-9A-Z]{3,7}+) ++(.{1,60}+)(.*+)"
)
_ADDENDA_PROCEDURE = re.compile(r"(Add|Delete|Revise from|Revise to): +()([0-9A-HJ-NP-Z]{7}) (.{1,60})(.*)")
_HCPCS = re.compile(
    r"(?P<code>[A-Z][0-9]{4}|   [0-9A-Z]{2})(?P<sequence>[0-9]{5})(?P<record>[3478])(?P<rest>.*)"
)
_ZIP = re.compile(
    r"([A-Z]{2})([0-9]{5})([0-9]{5})([0-9]{2})([ RB]).{5}([01 ])([0-9 A-Z]{4}).{50}([0-9]{5})\s*"
)
_GPCI = re.compile(
    r"([0-9]{5}) ++([A-Z]{2}) ++([0-9]{2}) ++([^ \n]++(?: [^ \n]++){0,14})"
    r" {2,}+([0-9]\.[0-9]{3}) ++([0-9]\.[0-9]{3}) ++([0-9]\.[0-9]{3}).*+"
)
_ANES = re.compile(r"([0-9]{5}) {2,}+([0-9]{2}) {2,}+([^ \n]++(?: [^ \n]++){0,14}) {2,}+([0-9]{4})\s*+")
_COUNTY = re.compile(
    r"(?<! ) {2,}+([0-9]{5}) ++([0-9]{2}) ++(?:([A-Z](?: ?[A-Z.])+) {2,}+)?"
    r"([^ \n]++(?: [^ \n]++)*)(?: {2,}+(\S.*+))?"
)
_CPT = re.compile(r"([0-9]{4}[0-9AFMTU])[ \t]\s*(\S.*)")
_FIGURES = re.compile(r"(?<! )(?: {2,}+(?:\S++ ++[0-9]*+\.[0-9]|[0-9]++\.[0-9]{2} )| {3,}+[0-9]*+\.[0-9])")
"""Figures in columns of their own: a fee schedule with descriptors, not a list of descriptors."""
_FOOTER = re.compile(r"\s+([0-9]+) (additions|deletions)\s*")
_FOOTER_YEAR = re.compile(r"\s+[0-9]+ (?:codes|headers) in \w*?(20[0-9]{2})\w*\.txt\s*")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\D{0,24}([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?", re.IGNORECASE)
_MEDIUM, _SHORT = 48, 28


@frozen
class FixedLayout:
    """A file of lines: which lines it has, and how one becomes a row; ``skip`` are lines that say nothing."""

    set_name: str
    line: re.Pattern[str]
    make: Callable[[re.Match[str], int], Row]
    cycle: str
    layer: str = ""
    needed: int = 3
    loose: bool = False
    days: Callable[[Iterator[Row]], Days] | None = None


def _order(match: re.Match[str], line: int) -> Row:
    _, code, billable, short, title = match.groups()
    return Row(
        code, title.strip() or short.strip(), {"billable": billable, "short": short.strip()}, line=line
    )


def _addendum(match: re.Match[str], line: int) -> Row:
    action, billable, code, short, title = match.groups()
    data = {"change": action.lower(), "billable": billable or "1", "code": code}
    return Row(f"{code}/{action.lower()}/{billable or 1}", title.strip() or short.strip(), data, line=line)


def _zip(match: re.Match[str], line: int) -> Row:
    state, place, office, locality, rural, flag, plus, quarter = match.groups()
    data = {"state": state, "contractor": office, "locality": locality, "rural": rural.strip()}
    key = f"{place}{plus}" if flag == "1" and plus.isdigit() else place
    return Row(key, "", data | {"quarter": quarter}, line=line)


def _zip_days(rows: Iterator[Row]) -> Days:
    said = next((row.data["quarter"] for row in rows), "")
    if not re.fullmatch(r"20[0-9]{2}[1-4]", said):
        return NONE
    day = day_from(int(said[:4]) * 10_000 + (int(said[4]) * 3 - 2) * 100 + 1)
    return quarter_of(day) if day else NONE


def _gpci(match: re.Match[str], line: int) -> Row:
    office, state, area, name, work, expense, malpractice = match.groups()
    data = {"work": number(work), "practice_expense": number(expense), "malpractice": number(malpractice)}
    return Row(f"{office}/{area}/{state}", name, data, line=line)


def _anes(match: re.Match[str], line: int) -> Row:
    office, area, name, factor = match.groups()
    return Row(f"{office}/{area}", name, {"factor": f"{factor[:2]}.{factor[2:]}"}, line=line)


def _county(match: re.Match[str], line: int) -> Row:
    office, area, state, name, counties = match.groups()
    data = {"state": (state or "").strip(), "counties": " ".join((counties or "").split())}
    return Row(f"{office}/{area}", name, data, line=line)


LAYOUTS: tuple[FixedLayout, ...] = (
    FixedLayout("ICD-10", _ORDER, _order, "fiscal", layer="order"),
    FixedLayout("ICD-10", _ADDENDA, _addendum, "fiscal", layer="addenda", needed=1, loose=True),
    FixedLayout("ICD-10", _ADDENDA_PROCEDURE, _addendum, "fiscal", layer="addenda", needed=1, loose=True),
    FixedLayout("ZIP-LOCALITY", _ZIP, _zip, "quarter", days=_zip_days),
    FixedLayout("GPCI", _GPCI, _gpci, "year", loose=True),
    FixedLayout("ANES", _ANES, _anes, "year"),
    FixedLayout("LOCALITIES", _COUNTY, _county, "year", loose=True),
)


def fixed_part(source: SourceFile, head: list[str]) -> Part | None:
    """The part that a file of fixed columns is, or None."""
    filled = [line for line in head if line.strip()]
    for layout in LAYOUTS:
        hits = [match for match in map(layout.line.fullmatch, filled) if match]
        plenty = len(hits) > len(filled) // 3 or bool(filled and layout.line.fullmatch(filled[0]))
        if hits and plenty and len(hits) >= min(layout.needed, len(filled)):
            return _part(source, layout, hits[0], "\n".join(head))
    hcpcs = sum(1 for line in filled if len(line) >= 292 and _HCPCS.fullmatch(line))
    if hcpcs >= min(3, len(filled)):
        return _hcpcs_part(source)
    return _cpt_part(source, head)


def _part(source: SourceFile, layout: FixedLayout, first: re.Match[str], head: str) -> Part:
    read = partial(_lines, source, layout)
    name = layout.set_name
    if name == "ICD-10":
        code = first.group(2) if layout.layer == "order" else first.group(3)
        name = (
            "ICD-10-PCS"
            if code[0].isdigit() or (len(code) == 7 and first.re is _ADDENDA_PROCEDURE)
            else "ICD-10-CM"
        )
    if layout.layer == "addenda":
        first_day, last_day = _check_footer(source, read)
        changes = partial(_addenda_rows, source, layout)
        return Part(
            name, changes, source.archive + source.name, first=first_day, last=last_day, layer="addenda"
        )
    days = layout.days(read()) if layout.days else days_said(head, cycle=layout.cycle)
    return Part(name, read, source.archive + source.name, first=days[0], last=days[1], layer=layout.layer)


def _lines(source: SourceFile, layout: FixedLayout) -> Iterator[Row]:
    started, odd = False, 0
    for line_number, line in enumerate(source.lines(), 1):
        match = layout.line.fullmatch(line)
        if match is not None:
            if odd and not layout.loose:
                raise bad_line(source.name, odd, "it has not the columns of this file")
            started = True
            yield layout.make(match, line_number)
        elif started and line.strip():
            odd = odd or line_number
    if odd and not layout.loose:
        raise bad_line(source.name, odd, "it has not the columns of this file")
    if not started:
        raise InputError("the file has no rows", where=source.name)


def _addenda_rows(source: SourceFile, layout: FixedLayout) -> Iterator[Row]:
    """The changes alone: a revision says its new words, an unchanged line says nothing."""
    for row in _lines(source, layout):
        if row.data["change"] in ("add", "delete", "revise to"):
            yield row


def _check_footer(source: SourceFile, read: Callable[[], Iterator[Row]]) -> Days:
    """Hold the changes against the file's own footer, which also tells the year: without it the file is cut off."""
    told = {"additions": 0, "deletions": 0}
    year = 0
    for line in source.lines():
        counted, named = _FOOTER.fullmatch(line), _FOOTER_YEAR.fullmatch(line)
        if counted:
            told[counted[2]] += int(counted[1])
        if named:
            year = max(year, int(named[1]))
    changes = [row.data["change"] for row in read()]
    found = {"additions": changes.count("add"), "deletions": changes.count("delete")}
    if not year or told != found:
        raise InputError(
            "the change list is cut off or altered",
            where=source.name,
            why=f"it holds {found['additions']} additions and {found['deletions']} deletions, its footer says "
            f"{told['additions']} and {told['deletions']}"
            if year
            else "its footer is missing",
            fix="get it again; nothing was loaded",
        )
    return fiscal_year(year)


def _hcpcs_part(source: SourceFile) -> Part:
    read = partial(_hcpcs_rows, source)
    newest = day_from(max((row.data["acted"] for row in read()), default=0))
    days = quarter_of(newest) if newest else NONE
    return Part("HCPCS", read, source.archive + source.name, first=days[0], last=days[1], inferred=True)


def _hcpcs_rows(source: SourceFile) -> Iterator[Row]:
    """Records of 293 described columns (320 with filler); a description runs on over records 4 and 8."""
    row: Row | None = None
    for line_number, line in enumerate(source.lines(), 1):
        match = _HCPCS.fullmatch(line)
        if match is None:
            if row is not None and line.strip():
                raise bad_line(source.name, line_number, "it is no record of this file")
            continue
        record, code = match["record"], match["code"].strip()
        if record in "48":
            if row is None or row.key != code:
                raise bad_line(source.name, line_number, "a second line of a description without its first")
            row.data["long"].append(line[11:91].strip())
            continue
        if row is not None:
            yield _described(row)
        row = _hcpcs_record(source.name, line, code, record, line_number)
    if row is not None:
        yield _described(row)


def _hcpcs_record(name: str, line: str, code: str, record: str, line_number: int) -> Row:
    if len(line) < 292:
        raise bad_line(name, line_number, f"the record has {len(line)} columns, not 293 or more")
    try:
        first, acted, ended = day_of(line[268:276]), day_of(line[276:284]), day_of(line[284:292])
    except ValueError as error:
        raise bad_line(name, line_number, str(error)) from error
    data = {
        "record": record,
        "short": line[91:119].strip(),
        "action": line[292:293].strip(),
        "coverage": line[229:230].strip(),
        "acted": acted,
        "long": [line[11:91].strip()],
    }
    return Row(code, "", data, first, ended or OPEN, line_number)


def _described(row: Row) -> Row:
    text = " ".join(row.data["long"])
    data = {name: value for name, value in row.data.items() if name != "long"}
    return Row(row.key, text, data, row.first, row.last, row.line)


def _cpt_part(source: SourceFile, head: list[str]) -> Part | None:
    """The AMA's descriptor files: a preamble of any length that names the association, then code and words."""
    wide = list(islice(source.lines(), 5 * _SEARCHED))
    start = next((n for n, line in enumerate(wide) if _CPT.fullmatch(line)), None)
    preamble = "\n".join(wide[:start])
    if start is None or "american medical association" not in preamble.lower():
        return None
    found = [match for match in map(_CPT.fullmatch, wide[start : start + 50]) if match]
    if len(found) < min(3, len([line for line in wide[start:] if line.strip()])):
        return None
    if sum(1 for match in found if _FIGURES.search(match[2])) * 2 > len(found):
        return None
    layer = _descriptor([match[2] for match in found])
    years = [int(year) for match in _COPYRIGHT.finditer(preamble) for year in match.groups() if year]
    part = Part("CPT", partial(_cpt_rows, source, start, layer), source.archive + source.name, layer=layer)
    if years:
        year = max(years) + 1
        part.first, part.last = year * 10_000 + 101, year * 10_000 + 1231
        part.said.append(f"the file bears no day; its copyright of {year - 1} is that of the {year} code set")
    return part


def _descriptor(texts: list[str]) -> str:
    """Which of the three files it is: short and medium ones are in capitals and of limited length."""
    longest = max(len(text.rstrip()) for text in texts)
    if any(text != text.upper() for text in texts):
        return "long"
    return "short" if longest <= _SHORT else "medium"


def _cpt_rows(source: SourceFile, start: int, layer: str) -> Iterator[Row]:
    limit = {"short": _SHORT, "medium": _MEDIUM}.get(layer)
    for line_number, line in enumerate(source.lines(), 1):
        if line_number <= start or not line.strip():
            continue
        match = _CPT.fullmatch(line)
        if match is None:
            raise bad_line(source.name, line_number, "it does not begin with a code")
        code, text = code_of(match[1]), match[2].strip()
        if limit and len(text) > limit:
            raise bad_line(
                source.name, line_number, f"the {layer} descriptor is longer than {limit} characters"
            )
        yield Row(code, text if layer == "long" else "", {layer: text}, line=line_number)
