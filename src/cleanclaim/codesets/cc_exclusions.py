"""With which principal diagnoses a CC or MCC does not count (MS-DRG definitions manual, Appendix C)."""

from __future__ import annotations

import datetime as dt
import struct
from functools import lru_cache
from pathlib import Path

from cleanclaim.codesets import sources
from cleanclaim.codesets.lmdb_file import read_lmdb
from cleanclaim.codesets.medicare_data import grouper_version
from cleanclaim.kernel.errors import InputError

_ROW = 20
_GROUP = 12
_CODE = 8


def excluding_principals(code: str, on: dt.date) -> frozenset[str] | None:
    """The principal diagnoses, without points, with which a code does not count as CC or MCC on a discharge date.

    Empty where it counts with every one; None where no definitions for that day are at hand. Whether the code is
    a CC at all is `CodeBook.severity`.
    """
    version = grouper_version(on)
    path = sources.medicare_file()
    if version is None or path is None:
        return None
    ids, groups = _tables(path)
    for first, last, group in ids.get(code.replace(".", "").upper(), ()):
        if first <= version <= last:
            return groups.codes(group)
    return frozenset()


class _Groups:
    """The lists of principal diagnoses by number, unpacked when asked for."""

    def __init__(self, table: bytes) -> None:
        magic, count = struct.unpack_from("<4sI", table, 0)
        if magic != b"RDSM":
            raise InputError("the lists of CC exclusions have another layout", where="exclusion_groups")
        self._table = table
        rows = struct.iter_unpack("<III", memoryview(table)[8 : 8 + _GROUP * count])
        self._places = {number: (size, start) for number, size, start in rows}

    def codes(self, number: int) -> frozenset[str]:
        size, start = self._places.get(number, (0, 0))
        cells = (self._table[start + _CODE * place : start + _CODE * (place + 1)] for place in range(size))
        return frozenset(cell.rstrip(b"\0").decode("ascii") for cell in cells)


@lru_cache(maxsize=1)
def _tables(path: Path) -> tuple[dict[str, list[tuple[int, int, int]]], _Groups]:
    tables = read_lmdb(path)
    table = tables["exclusion_ids"]
    magic, count, start = struct.unpack_from("<4sII", table, 0)
    if magic != b"DIXE":
        raise InputError("the table of CC exclusions has another layout", where="exclusion_ids")
    ids: dict[str, list[tuple[int, int, int]]] = {}
    for raw, first, last, group in struct.iter_unpack(
        "<8sIII", memoryview(table)[start : start + _ROW * count]
    ):
        ids.setdefault(raw.rstrip(b"\0").decode("ascii"), []).append((first, last, group))
    return ids, _Groups(tables["exclusion_groups"])
