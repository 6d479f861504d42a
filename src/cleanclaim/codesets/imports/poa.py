"""The CMS list of diagnoses exempt from present-on-admission reporting: order, code and title under one header row.

Its archive also holds what was added, deleted and revised in the same layout; the longest is the list itself.
"""

from __future__ import annotations

import re

from cleanclaim.codesets.imports.dates import NONE, Days, fiscal_year
from cleanclaim.codesets.imports.flat import Layout
from cleanclaim.codesets.imports.rows import Row

_CODE = re.compile(r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])[0-9A-Z]{0,4}")
_ORDER = re.compile(r"ord(?:er)?\s*+(?:(apr)\s*+)?(?:20)?([0-9]{2})")


def _days(header: list[str]) -> Days:
    """The days that the heading of the first column names: a fiscal year, or its half from April on."""
    found = next((match for match in map(_ORDER.fullmatch, header) if match), None)
    if found is None:
        return NONE
    year = 2000 + int(found[2])
    return (year * 10_000 + 401, year * 10_000 + 930) if found[1] else fiscal_year(year)


def _exempt(v: dict[str, str], line: int) -> Row:
    code = v["code"].replace(".", "").upper()
    if not _CODE.fullmatch(code):
        raise ValueError(f"{v['code'][:12]!r} is no ICD-10-CM code")
    return Row(code, v["title"], line=line)


POA_EXEMPT = Layout(
    "POA-EXEMPT", "fiscal", "code",
    {"order": r"ord(?:er)?\s*(?:apr)?\s*[0-9]{2,4}|order|#", "code": "poa ?exempt ?codes?",
     "title": "description|long title"},
    ("order", "code", "title"), _exempt, header_days=_days,
)  # fmt: skip
