"""The NDC directory of the FDA: product.txt and package.txt, tab-separated, quotes being letters like others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.rows import Part, Row, bad_line
from cleanclaim.codesets.imports.values import day_of
from cleanclaim.codesets.ndc import ndc_11
from cleanclaim.codesets.periods import OPEN
from cleanclaim.kernel.errors import InputError

_PACKAGE = frozenset(
    {
        "PRODUCTID",
        "PRODUCTNDC",
        "NDCPACKAGECODE",
        "PACKAGEDESCRIPTION",
        "STARTMARKETINGDATE",
        "ENDMARKETINGDATE",
    }
)
_PRODUCT = frozenset(
    {"PRODUCTID", "PRODUCTNDC", "PROPRIETARYNAME", "NONPROPRIETARYNAME", "DOSAGEFORMNAME", "LABELERNAME",
     "STARTMARKETINGDATE", "ENDMARKETINGDATE"}
)  # fmt: skip


def ndc_part(source: SourceFile, head: list[str]) -> Part | None:
    """The file as a part, or None where its first line is not the header of the directory."""
    header = [cell.strip().upper() for cell in head[0].split("\t")] if head else []
    for layer, needed in (("package", _PACKAGE), ("product", _PRODUCT)):
        if needed <= set(header):
            rows = partial(_rows, source, header, layer)
            return Part("NDC", rows, source.archive + source.name, layer=layer)
    return None


def _rows(source: SourceFile, header: list[str], layer: str) -> Iterator[Row]:
    count = 0
    for number, line in enumerate(source.lines(), 1):
        if number == 1 or not line.strip():
            continue
        cells = line.split("\t")
        if not len(header) - 2 <= len(cells) <= len(header):
            raise bad_line(source.name, number, f"it has {len(cells)} columns, not {len(header)}")
        values = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        try:
            yield _package(values, number) if layer == "package" else _product(values, number)
        except ValueError as error:
            raise bad_line(source.name, number, str(error)) from error
        count += 1
    if not count:
        raise InputError("the table has no rows", where=source.name, fix="get it again; nothing was loaded")


def _package(values: dict[str, str], line: int) -> Row:
    first, last = _days(values)
    data = {
        "product": _product_id(values),
        "code": values["NDCPACKAGECODE"],
        "sample": values.get("SAMPLE_PACKAGE", ""),
    }
    key = f"{ndc_11(values['NDCPACKAGECODE'])}/{values['PRODUCTID']}"
    return Row(key, values["PACKAGEDESCRIPTION"], data, first, last, line)


def _product(values: dict[str, str], line: int) -> Row:
    first, last = _days(values)
    data = {
        "name": " ".join(filter(None, (values["PROPRIETARYNAME"], values.get("PROPRIETARYNAMESUFFIX", "")))),
        "generic": values["NONPROPRIETARYNAME"],
        "form": values["DOSAGEFORMNAME"],
        "route": values.get("ROUTENAME", ""),
        "labeler": values["LABELERNAME"],
        "schedule": values.get("DEASCHEDULE", ""),
    }
    return Row(_product_id(values), data["name"], data, first, last, line)


def _product_id(values: dict[str, str]) -> str:
    if not values["PRODUCTID"]:
        raise ValueError("the column PRODUCTID is empty")
    return f"product:{values['PRODUCTID']}"


def _days(values: dict[str, str]) -> tuple[int, int]:
    first, last = day_of(values["STARTMARKETINGDATE"]), day_of(values["ENDMARKETINGDATE"]) or OPEN
    if last < first:
        raise ValueError("its marketing ends before it starts")
    return first, last
