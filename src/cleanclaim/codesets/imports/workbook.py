"""The first sheet of an Office Open XML workbook as rows of text, read with the standard library alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.kernel.errors import InputError

_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]+")
_MOST_COLUMNS = 1024
_CHUNK = 1 << 16


def is_workbook(head: bytes) -> bool:
    """Whether bytes may begin a workbook (a zip; what is a plain archive was opened before)."""
    return head[:4] == b"PK\x03\x04"


def workbook_rows(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of the first sheet; formulas give their last value, macros and links are not read.

    Raises:
        InputError: not a workbook, broken, declaring a document type, or beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.bytes())) as archive:
            if sum(info.file_size for info in archive.infolist()) > source.limits.most_bytes:
                raise InputError("the workbook unpacks to more than is allowed", where=source.name)
            shared = _shared(archive, source.name)
            sheet = _first_sheet(archive)
            with archive.open(sheet) as stream:
                yield from _rows(stream, shared, source.name)
    except (zipfile.BadZipFile, KeyError, EOFError, expat.ExpatError, IndexError, ValueError) as error:
        raise InputError(
            "the workbook is broken or cut off", where=source.name, why=str(error)[:120], fix="get it again"
        ) from error


def _first_sheet(archive: zipfile.ZipFile) -> str:
    sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    return min(sheets, key=lambda name: (len(name), name))


def _parser(where: str) -> Any:
    def refuse(*_: Any) -> None:
        raise InputError("the workbook declares a document type", where=where)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _shared(archive: zipfile.ZipFile, where: str) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    texts: list[str] = []
    part: list[str] = []
    inside = [False]
    parser = _parser(where)

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            part.clear()
        inside[0] = tag == "t"

    def end(tag: str) -> None:
        if tag == "si":
            texts.append("".join(part))
        inside[0] = False

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: part.append(text) if inside[0] else None
    with archive.open("xl/sharedStrings.xml") as stream:
        parser.ParseFile(stream)
    return texts


class _Sheet:
    """The cells of a sheet as its XML is fed in."""

    def __init__(self, shared: list[str]) -> None:
        self.shared, self.done = shared, []  # type: tuple[list[str], list[tuple[int, list[str]]]]
        self._cells: list[str] = []
        self._number = self._column = 0
        self._kind, self._text, self._inside = "", [""], False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "row":
            self._cells, self._column = [], 0
            self._number = int(attributes.get("r") or self._number + 1)
        elif tag == "c":
            match = _COLUMN.fullmatch(attributes.get("r", ""))
            self._column = _column_number(match[1]) if match else self._column + 1
            self._kind, self._text = attributes.get("t", ""), []
        self._inside = tag in ("v", "t")

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._inside:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._inside = False
        if tag == "c":
            if self._column > _MOST_COLUMNS:
                raise ValueError("a row has too many columns")
            value = "".join(self._text)
            if self._kind == "s" and value:
                value = self.shared[int(value)]
            elif self._kind in ("", "n") and ("." in value or "E" in value):
                value = format(Decimal(repr(float(value))), "f")
            self._cells += [""] * (self._column - 1 - len(self._cells))
            self._cells.append(value)
        elif tag == "row":
            self.done.append((self._number, self._cells))


def _rows(stream: Any, shared: list[str], where: str) -> Iterator[tuple[int, list[str]]]:
    sheet, parser = _Sheet(shared), _parser(where)
    parser.StartElementHandler, parser.EndElementHandler = sheet.start, sheet.end
    parser.CharacterDataHandler = sheet.text
    while True:
        chunk = stream.read(_CHUNK)
        parser.Parse(chunk, not chunk)
        yield from sheet.done
        sheet.done.clear()
        if not chunk:
            return


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
