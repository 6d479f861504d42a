"""The official XML files: the ICD-10-CM tabular and its indexes, the ICD-10-PCS tables, definitions and index."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from xml.parsers import expat

from attrs import define, field

from cleanclaim.codesets.imports.dates import NONE, fiscal_year
from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.rows import Part, Row
from cleanclaim.codesets.tabular import read_tabular
from cleanclaim.kernel.errors import InputError

_ROOT = re.compile(rb"<([A-Za-z0-9.]+)[\s>]")
_DEEPEST = 64
_TITLE = re.compile(rb"<title>([^<]{0,200})</title>")
_MOST_BYTES = 64 << 20


@define
class Element:
    """A read element: its tag, attributes, text of its own, and children in order."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(factory=list)

    def first(self, tag: str) -> str:
        """The text of the first child with a tag, with what stands within it, or nothing."""
        return next((child.whole() for child in self.children if child.tag == tag), "")

    def all(self, tag: str) -> list[Element]:
        """The children with a tag."""
        return [child for child in self.children if child.tag == tag]

    def whole(self) -> str:
        """All text within, blanks joined."""
        return " ".join(self.text.split())


def xml_part(source: SourceFile) -> Part | None:
    """The part that an XML file is by its root element, or None for a root not known here."""
    head = source.head()
    roots = [match for match in _ROOT.findall(head) if match.startswith(b"ICD10")]
    root = roots[0].decode("ascii") if roots else ""
    known = {
        "ICD10CM.tabular": _tabular_part,
        "ICD10CM.index": _index_part,
        "ICD10PCS.tabular": _tables_part,
        "ICD10PCS.definitions": _definitions_part,
        "ICD10PCS.index": _procedure_index_part,
    }
    return known[root](source) if root in known else None


def _tabular_part(source: SourceFile) -> Part:
    version, nodes = read_tabular(io.BytesIO(_all(source)), where=source.name)
    text = _all(source).decode("utf-8-sig")

    def rows() -> Iterator[Row]:
        yield Row("tabular", version, {"xml": text, "nodes": len(nodes)})

    return _dated(Part("ICD-10-CM-TABULAR", rows, source.archive + source.name), version)


def _index_part(source: SourceFile) -> Part:
    """The four indexes share a schema; their title or the heads of their columns tell them apart."""
    root = read_tree(source)
    title, heads = (
        root.first("title").lower(),
        [h.whole().lower() for b in root.all("indexHeading") for h in b.children],
    )
    name = "ICD-10-CM-INDEX"
    if heads:
        name = "ICD-10-CM-NEOPLASM" if heads[0] == "neoplasm" else "ICD-10-CM-DRUG"
    elif "external cause" in title:
        name = "ICD-10-CM-EXTERNAL-CAUSE"
    rows = partial(_index_rows, root, heads)
    return _dated(Part(name, rows, source.archive + source.name), root.first("version"))


def _index_rows(root: Element, heads: list[str]) -> Iterator[Row]:
    count = 0
    for letter in root.all("letter"):
        for term in letter.all("mainTerm"):
            for row in _terms(term, (), heads):
                count += 1
                yield Row(f"{count:06d}", row[0], row[1])
    if not count:
        raise InputError("the index holds no terms", where=root.first("title") or "index")


def _terms(term: Element, path: tuple[str, ...], heads: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    own = (*path, term.first("title"))
    data: dict[str, Any] = {}
    codes = [child.whole() for child in term.all("code")]
    if codes:
        data["codes"] = codes
    for tag in ("see", "seeAlso", "manif", "subcat"):
        if term.first(tag):
            data[tag] = term.first(tag)
    cells = {child.attributes.get("col", ""): child.whole() for child in term.all("cell")}
    if cells:
        data["cells"] = {
            heads[int(col) - 1]: code
            for col, code in cells.items()
            if col.isdigit() and 0 < int(col) <= len(heads) and code.strip("-")
        }
    yield ", ".join(own), data
    for below in term.all("term"):
        yield from _terms(below, own, heads)


def _tables_part(source: SourceFile) -> Part:
    root = read_tree(source)
    return _dated(
        Part("ICD-10-PCS-TABLES", partial(_table_rows, root), source.archive + source.name),
        root.first("version"),
    )


def _table_rows(root: Element) -> Iterator[Row]:
    if not root.all("pcsTable"):
        raise InputError("the file holds no tables", where="ICD-10-PCS tables")
    for table in root.all("pcsTable"):
        upper = [_axis(axis) for axis in table.all("axis")]
        name = "".join(next(iter(axis["values"]), "?") for axis in upper)
        if len(upper) != 3 or len(name) != 3:
            raise InputError("a table has not three axes above its rows", where=f"table {name}")
        for number, row in enumerate(table.all("pcsRow"), 1):
            lower = [_axis(axis) for axis in row.all("axis")]
            codes = 1
            for axis in lower:
                codes *= len(axis["values"])
            if len(lower) != 4 or row.attributes.get("codes", str(codes)) != str(codes):
                raise InputError(
                    "a row does not make as many codes as it says", where=f"table {name}, row {number}"
                )
            yield Row(f"{name}/{number:03d}", "", {"axes": upper + lower, "codes": codes})


def _axis(axis: Element) -> dict[str, Any]:
    values = {label.attributes.get("code", ""): label.whole() for label in axis.all("label")}
    said = axis.attributes.get("values")
    if (said and said != str(len(values))) or any(len(code) != 1 for code in values):
        raise InputError("an axis does not hold the values it says", where=axis.first("title"))
    found: dict[str, Any] = {"title": axis.first("title"), "values": values}
    if axis.first("definition"):
        found["definition"] = axis.first("definition")
    return found


def _definitions_part(source: SourceFile) -> Part:
    root = read_tree(source)
    rows = partial(_definition_rows, root)
    return _dated(Part("ICD-10-PCS-DEFINITIONS", rows, source.archive + source.name), root.first("version"))


def _definition_rows(root: Element) -> Iterator[Row]:
    for section in root.all("section"):
        for axis in section.all("axis"):
            for number, terms in enumerate(axis.all("terms"), 1):
                key = f"{section.attributes.get('code', '')}/{axis.attributes.get('pos', '')}/{number:04d}"
                data = {
                    tag: [c.whole() for c in terms.all(tag)]
                    for tag in ("definition", "explanation", "includes")
                }
                titles = [title.whole() for title in terms.all("title")]
                data["titles"] = titles if len(titles) > 1 else []
                yield Row(key, terms.first("title"), {name: text for name, text in data.items() if text})


def _procedure_index_part(source: SourceFile) -> Part:
    root = read_tree(source)
    rows = partial(_procedure_index_rows, root)
    return _dated(Part("ICD-10-PCS-INDEX", rows, source.archive + source.name), root.first("version"))


def _procedure_index_rows(root: Element) -> Iterator[Row]:
    count = 0
    for letter in root.all("letter"):
        for term in letter.all("mainTerm"):
            for title, data in _procedure_terms(term, ()):
                count += 1
                yield Row(f"{count:06d}", title, data)
    if not count:
        raise InputError("the index holds no terms", where="ICD-10-PCS index")


def _procedure_terms(term: Element, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    own = (*path, term.first("title"))
    data: dict[str, Any] = {
        tag: [c.whole() for c in term.all(tag)] for tag in ("code", "codes", "tab", "see", "use")
    }
    yield ", ".join(own), {name: texts for name, texts in data.items() if texts}
    for below in term.all("term"):
        yield from _procedure_terms(below, own)


def _dated(part: Part, version: str) -> Part:
    year = re.search(r"20[0-9]{2}", version)
    part.first, part.last = fiscal_year(int(year[0])) if year else NONE
    part.release = f"FY{year[0]}" if year else ""
    return part


def _all(source: SourceFile) -> bytes:
    data = source.bytes()
    if len(data) > _MOST_BYTES:
        raise InputError("the XML file is too large", where=source.name)
    return data


def read_tree(source: SourceFile) -> Element:
    """The elements of an XML file. Entities are never expanded.

    Raises:
        InputError: cut off, a document type declaration, or nested beyond any official file.
    """
    top = Element("", {})
    reader = _reader(source.name, top)
    try:
        reader(_all(source))
    except expat.ExpatError as error:
        raise InputError(
            "the XML is broken or cut off", where=f"{source.name}, line {error.lineno}", why=str(error),
            fix="get it again; nothing was loaded",
        ) from error  # fmt: skip
    return top.children[0]


def _reader(where: str, top: Element) -> Callable[[bytes], None]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    above = [top]

    def refuse(*_: Any) -> None:
        raise InputError("the file declares a document type", where=where, why="the official file has none")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(above) > _DEEPEST:
            raise InputError("the file is nested too deeply", where=where)
        element = Element(tag, attributes)
        above[-1].children.append(element)
        above.append(element)

    def end(tag: str) -> None:
        done = above.pop()
        if tag == "nemod":
            above[-1].text += f" {done.text} "

    def text(data: str) -> None:
        above[-1].text += data

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    return lambda data: _parse(parser, data)


def _parse(parser: Any, data: bytes) -> None:
    parser.Parse(data, True)
