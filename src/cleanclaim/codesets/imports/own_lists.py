"""The user's own lists of codes and words: adjustment reasons, remarks, claim status, revenue codes.

Their words are licensed to the user (X12, the National Uniform Billing Committee) and have no one layout, so that a
table with a column of codes and one of words is taken, of which its own words or a person say which list it is.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice

from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.flat import Found, Layout, cell_rows, find_layout, part_of, words
from cleanclaim.codesets.imports.rows import Part, Row
from cleanclaim.codesets.imports.values import day_of
from cleanclaim.codesets.periods import OPEN
from cleanclaim.codesets.shapes import fits

_SAID = {
    "CARC": re.compile(r"\bcarcs?\b|claim adjustment reason"),
    "RARC": re.compile(r"\brarcs?\b|remittance advice remark"),
    "CLAIM-STATUS-CATEGORY": re.compile(r"claim status category|\bcsccs?\b"),
    "CLAIM-STATUS": re.compile(r"claim status code|\bcscs?\b"),
    "REVENUE": re.compile(r"revenue code"),
}
SETS = tuple(_SAID)
"""The lists that can be taken from a table of the user's."""

_SHOWN_ROWS = 40
_COLUMNS = {
    "code": r"code|carc|rarc|(?:carc|rarc|reason|remark|status|category|revenue|"
    r"claim adjustment reason|remittance advice remark|claim status|claim status category) codes?",
    "text": r"(?:(?:long|code|full|official) )?(?:description|text|definition|message|words|title|descriptor)",
    "first": r"(?:start|effective|from|begin)(?: date)?|valid from",
    "last": r"(?:stop|end|termination|deactivation|to|through)(?: date)?|valid to",
    "modified": r"(?:last )?modified(?: date)?",
    "notes": r"notes?",
}


def own_list_part(source: SourceFile, wanted: str = "") -> Part | None:
    """The table as a list of codes and words, or None where it is none or nothing says which; ``wanted`` names it."""
    found = find_layout(source, (_layout(wanted or "CARC"),))
    if found is None:
        return None
    name = wanted or _said(source, found)
    if not name:
        return None
    return part_of(source, Found(_layout(name), found.at, found.places, found.header, ""))


def _said(source: SourceFile, found: Found) -> str:
    """The list that the words above the table name, else its header; remark codes also tell by their shape."""
    above = words(found.preamble)
    for name, pattern in _SAID.items():
        if pattern.search(above):
            return name
    place = found.places["code"]
    rows = (cells for number, cells in islice(cell_rows(source), found.at + _SHOWN_ROWS) if number > found.at)
    codes = [cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip()]
    return "RARC" if len(codes) > 1 and all(fits("RARC", code) for code in codes) else ""


def _layout(name: str) -> Layout:
    return Layout(name, "none", "code", _COLUMNS, ("code", "text"), partial(_row, name))


def _row(name: str, v: dict[str, str], line: int) -> Row:
    code = v["code"].upper()
    if name == "REVENUE":
        code = code.zfill(4)
    if not fits(name, code):
        raise ValueError(f"{v['code'][:12]!r} is no code of the list {name}")
    if not v["text"]:
        raise ValueError("its words are missing")
    first, last = day_of(v.get("first", "")), day_of(v.get("last", "")) or OPEN
    if last < first:
        raise ValueError("its end is before its start")
    data = {"modified": day_of(v.get("modified", "")), "notes": v.get("notes", "")}
    return Row(code, v["text"], data, first, last, line)
