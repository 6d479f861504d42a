"""What the grouper package's data file says of codes: validity by date, code-editor attributes, CC and MCC.

The file holds the Medicare Code Editor's masters and the MS-DRG definitions of CMS (public domain), packed.
Only its data is read here; the grouper itself is the business of `grouping`.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.codesets.periods import OPEN
from cleanclaim.kernel.errors import InputError

_LONGEST_WORDS = 256
GROUPER_VERSIONS: tuple[tuple[int, dt.date, dt.date], ...] = (
    (400, dt.date(2022, 10, 1), dt.date(2023, 3, 31)),
    (401, dt.date(2023, 4, 1), dt.date(2023, 9, 30)),
    (410, dt.date(2023, 10, 1), dt.date(2024, 3, 31)),
    (411, dt.date(2024, 4, 1), dt.date(2024, 9, 30)),
    (420, dt.date(2024, 10, 1), dt.date(2025, 3, 31)),
    (421, dt.date(2025, 4, 1), dt.date(2025, 9, 30)),
    (430, dt.date(2025, 10, 1), dt.date(2026, 3, 31)),
    (431, dt.date(2026, 4, 1), dt.date(2026, 9, 30)),
    (440, dt.date(2026, 10, 1), dt.date(2027, 3, 31)),
)
"""Grouper version (431 is V43.1) and the discharge dates it governs (CMS MS-DRG definitions manuals)."""


@frozen
class CodeSpan:
    """Days (CCYYMMDD numbers) on which a code was valid, and what the code editor says of it then."""

    code: str
    first: int
    last: int
    attributes: tuple[str, ...]


@frozen
class AgeBand:
    """Ages in completed years to which an age attribute limits a code, on the days it holds."""

    name: str
    youngest: int
    oldest: int
    first: int
    last: int


@frozen
class SeverityRow:
    """CC, MCC or neither over a run of grouper versions."""

    code: str
    first_version: int
    last_version: int
    level: str


@lru_cache(maxsize=4096)
def grouper_version(on: dt.date) -> int | None:
    """The grouper version that governs a discharge date, or None outside October 2022 to March 2027."""
    for version, first, last in GROUPER_VERSIONS:
        if first <= on <= last:
            return version
    return None


def read_master(table: bytes) -> tuple[int, Iterator[CodeSpan]]:
    """The last day a code editor master covers and its rows.

    Raises:
        InputError: the table does not have the expected layout.
    """
    magic, count, start, words_at, newest = struct.unpack_from("<4sIIII", table, 0)
    if magic != b"DECM" or start + 24 * count > len(table):
        raise InputError("the code editor master has another layout", where="mce master")
    return newest, _master_rows(table, count, start, words_at)


def _master_rows(table: bytes, count: int, start: int, words_at: int) -> Iterator[CodeSpan]:
    rows = memoryview(table)[start : start + 24 * count]
    for raw, first, last, offset, words in struct.iter_unpack("<8sIIII", rows):
        attributes: tuple[str, ...] = ()
        if words:
            at = words_at + offset
            text = table[at : at + _LONGEST_WORDS].split(b"\0", words)[:words]
            attributes = tuple(word.decode("ascii") for word in text)
        yield CodeSpan(raw.rstrip(b"\0").decode("ascii"), first, last, attributes)


def read_age_bands(table: bytes) -> list[AgeBand]:
    """The age bands of the code editor (Adult, Maternity, Newborn, Pediatric), dated."""
    magic, count, start, names_at = struct.unpack_from("<4sIII", table, 0)
    if magic != b"GACM":
        raise InputError("the age bands have another layout", where="mce age ranges")
    bands = []
    for number in range(count):
        name_at, size, youngest, oldest, first, last = struct.unpack_from(
            "<IIIIII", table, start + 24 * number
        )
        name = table[names_at + name_at : names_at + name_at + size].decode("ascii").lower()
        bands.append(AgeBand(name, youngest, oldest, first, last))
    return bands


def read_severity(table: bytes) -> Iterator[SeverityRow]:
    """CC, MCC or NCC (neither) of every diagnosis by grouper version."""
    magic, _, rows, lists_at, rows_at = struct.unpack_from("<4sIIII", table, 0)
    if magic != b"GAID":
        raise InputError("the diagnosis attributes have another layout", where="diagnosis")
    for number in range(rows):
        raw, first, last, index = struct.unpack_from("<8sIII", table, rows_at + 20 * number)
        level = struct.unpack_from("<4s", table, lists_at + 20 * index + 4)[0].rstrip(b"\0").decode("ascii")
        yield SeverityRow(raw.rstrip(b"\0").decode("ascii"), first, last, level)


def read_drg_titles(table: bytes) -> Iterator[tuple[str, int, int, str]]:
    """MS-DRG number, first and last grouper version, title."""
    magic, count, start = struct.unpack_from("<4sII", table, 0)
    if magic != b"DGRD":
        raise InputError("the DRG descriptions have another layout", where="drg_descriptions")
    for number in range(count):
        drg, first, last, text_at, size = struct.unpack_from("<IIIII", table, start + 20 * number)
        yield f"{drg:03d}", first, last, table[text_at : text_at + size].decode("utf-8")


def version_days(first_version: int, last_version: int) -> tuple[int, int]:
    """The days, as CCYYMMDD numbers, that a run of grouper versions governs."""
    days = {version: (first, last) for version, first, last in GROUPER_VERSIONS}
    first = days.get(first_version, (None, None))[0]
    last = days.get(last_version, (None, None))[1]
    return (
        int(first.strftime("%Y%m%d")) if first else 0,
        int(last.strftime("%Y%m%d")) if last else OPEN,
    )
