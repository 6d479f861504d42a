"""Which set a file is, by what it holds and never by its name."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from cleanclaim.codesets.imports.files import DEFAULT_LIMITS, Limits, SourceFile, source_files
from cleanclaim.codesets.imports.fixed import fixed_part
from cleanclaim.codesets.imports.flat import cell_rows, find_layout, part_of
from cleanclaim.codesets.imports.layouts import LAYOUTS
from cleanclaim.codesets.imports.ndc import ndc_part
from cleanclaim.codesets.imports.ontology import ontology_part
from cleanclaim.codesets.imports.own_lists import SETS as OWN_LISTS
from cleanclaim.codesets.imports.own_lists import own_list_part
from cleanclaim.codesets.imports.poa import POA_EXEMPT
from cleanclaim.codesets.imports.ptp import is_ptp, ptp_part
from cleanclaim.codesets.imports.rows import Part
from cleanclaim.codesets.imports.rvu import rvu_part
from cleanclaim.codesets.imports.workbook import is_workbook
from cleanclaim.codesets.imports.xml_files import xml_part
from cleanclaim.kernel.errors import InputError

_HEAD_LINES = 60
_NAMED = 6
_LAYOUTS = (*LAYOUTS, POA_EXEMPT)
_LONGEST_IS_WHOLE = frozenset({"POA-EXEMPT", "HCPCS"})
"""Sets whose archives also hold what was added, deleted or corrected in the layout of the list itself."""


def recognised(
    path: Path, limits: Limits = DEFAULT_LIMITS, own_list: str = ""
) -> tuple[list[Part], list[str]]:
    """The parts that a file or archive holds, and the names of its members that were passed over.

    ``own_list`` names the list that a table of the user's own codes and words is, where it does not say so itself.

    Raises:
        InputError: nothing in it is known here, or it cannot be read.
    """
    if own_list and own_list not in OWN_LISTS:
        raise InputError(
            "there is no such list", where=f"--list {own_list}", fix=f"name one of {', '.join(OWN_LISTS)}"
        )
    parts: list[Part] = []
    passed: list[str] = []
    for source in source_files(path, limits):
        part = _part(source, own_list)
        if part is None:
            passed.append(source.archive + source.name)
        else:
            parts.append(part)
    if not parts:
        raise InputError(
            "this is no code set, edit table or fee schedule that is known here",
            where=str(path),
            why="neither its header nor the shape of its lines is that of an official file",
            fix="give the file or archive as its publisher offers it, unchanged; for a list of your own with a column "
            f"of codes and one of words add --list {' or '.join(OWN_LISTS)}",
        )
    return _one_form_each(parts, passed), passed


def _part(source: SourceFile, own_list: str) -> Part | None:
    if own_list:
        return own_list_part(source, own_list)
    head = source.head(4096)
    if is_workbook(head[:4]):
        rows = ["\t".join(cells) for _, cells in islice(cell_rows(source), _HEAD_LINES)]
        return ptp_part(source) if is_ptp(rows) else _table(source)
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        return xml_part(source)
    if first == b"{":
        return ontology_part(source)
    lines = list(islice(source.lines(), _HEAD_LINES))
    if is_ptp(lines):
        return ptp_part(source)
    return ndc_part(source, lines) or fixed_part(source, lines) or _table(source)


def _table(source: SourceFile) -> Part | None:
    found = find_layout(source, _LAYOUTS)
    return part_of(source, found) if found else rvu_part(source) or own_list_part(source)


def _one_form_each(parts: list[Part], passed: list[str]) -> list[Part]:
    """Of one table in several forms in an archive the plainest; a full list rather than its changes."""
    kept = list(parts)

    def pass_over(beyond: list[Part]) -> None:
        for part in beyond:
            kept.remove(part)
            passed.append(part.name)

    for key in dict.fromkeys((part.set_name, part.setting, part.layer) for part in parts):
        alike = [part for part in kept if (part.set_name, part.setting, part.layer) == key]
        plainest = min(part.form for part in alike)
        pass_over([part for part in alike if part.form > plainest])
        alike = [part for part in alike if part.form == plainest]
        if key[0] in _LONGEST_IS_WHOLE and len(alike) > 1:
            whole = max(alike, key=lambda part: sum(1 for _ in part.rows()))
            pass_over([part for part in alike if part is not whole])
    full = {part.set_name for part in kept if part.layer == "order"}
    pass_over([part for part in kept if part.layer == "addenda" and part.set_name in full])
    if passed:
        kept[0].said.append(
            "passed over, being another form of the same or not known here: " + ", ".join(passed)
        )
    return kept
