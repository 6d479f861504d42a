"""The ICD-10-CM tabular list, read from its official XML as a stream."""

from __future__ import annotations

from typing import Any, BinaryIO
from xml.parsers import expat

from attrs import define, field

from cleanclaim.kernel.errors import InputError

_KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "general",
    "sevenChrNote": "seventh_note",
}
_LONGEST_TEXT = 20_000
_DEEPEST = 40


@define
class TabularNode:
    """A chapter, a block or a code of the tabular list, with the notes that stand at it.

    ``kind`` is chapter, block or code; ``name`` is "Chapter 4", "E08-E13" or "E11.6" (a block of one category
    is "B20-B20", never to be taken for the category); ``parent`` is an index into the list of nodes, -1 for a
    chapter. ``notes`` keeps the lines of each kind in order, ``blocks`` counts in how many blocks they stood;
    ``seventh`` maps a seventh character to its meaning.
    """

    kind: str
    name: str
    parent: int
    title: str = ""
    notes: dict[str, list[str]] = field(factory=dict)
    seventh: dict[str, str] = field(factory=dict)
    blocks: dict[str, int] = field(factory=dict)


def read_tabular(stream: BinaryIO, *, where: str = "ICD-10-CM tabular") -> tuple[str, list[TabularNode]]:
    """Read the tabular XML (CDC/NCHS, root ``ICD10CM.tabular``): its version and its nodes, parents first.

    Raises:
        InputError: not this XML, cut off, or with a document type declaration (entities are never expanded).
    """
    reader = _Reader(where)
    try:
        reader.parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise InputError(
            "the file is not whole XML", where=where, why=str(error), fix="download the official file again"
        ) from error
    if not reader.nodes:
        raise InputError("the file holds no codes", where=where, fix="give the ICD-10-CM tabular XML")
    return reader.version, reader.nodes


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where
        self.version = ""
        self.nodes: list[TabularNode] = []
        self._open: list[int] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._character = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def _refuse_doctype(self, *_: Any) -> None:
        raise InputError(
            "the file declares a document type", where=self.where, why="the official file has none"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path and tag != "ICD10CM.tabular":
            raise InputError(
                f"the file begins with {tag[:40]!r}", where=self.where, why="not the tabular list"
            )
        if len(self._path) > _DEEPEST:
            raise InputError("the file is nested too deeply", where=self.where)
        self._path.append(tag)
        self._text.clear()
        if tag in _KINDS and self._open:
            blocks = self.nodes[self._open[-1]].blocks
            blocks[_KINDS[tag]] = blocks.get(_KINDS[tag], 0) + 1
        if tag == "extension":
            self._character = attributes.get("char", "")
        elif tag in ("chapter", "section", "diag"):
            parent = self._open[-1] if self._open else -1
            kind = {"chapter": "chapter", "section": "block", "diag": "code"}[tag]
            self.nodes.append(TabularNode(kind, _block_name(attributes.get("id", "")), parent))
            self._open.append(len(self.nodes) - 1)

    def _end(self, tag: str) -> None:
        self._path.pop()
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if len(text) > _LONGEST_TEXT:
            raise InputError("a text of the file is too long", where=self.where)
        if not self._path:
            return
        above = self._path[-1]
        if tag == "version":
            self.version = text
        elif tag in ("chapter", "section", "diag"):
            self._open.pop()
        elif self._open:
            self._take(tag, above, text)

    def _take(self, tag: str, above: str, text: str) -> None:
        node = self.nodes[self._open[-1]]
        if tag == "name" and above in ("chapter", "diag"):
            node.name = f"Chapter {text}" if above == "chapter" else text
        elif tag == "desc" and above in ("chapter", "section", "diag"):
            node.title = text
        elif tag == "note" and above in _KINDS:
            node.notes.setdefault(_KINDS[above], []).append(text)
        elif tag == "extension" and self._character:
            node.seventh[self._character] = text


def _block_name(identifier: str) -> str:
    return f"{identifier}-{identifier}" if identifier and "-" not in identifier else identifier
