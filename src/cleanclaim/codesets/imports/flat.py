"""Tables with a header row, as CSV, tab-separated text or a workbook: found by their header, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from attrs import evolve, frozen

from cleanclaim.codesets.imports.dates import NONE, Days, days_said
from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.rows import Part, Row, bad_line
from cleanclaim.codesets.imports.workbook import is_workbook, workbook_rows
from cleanclaim.kernel.errors import InputError

_SEARCHED_ROWS = 150
_LONGEST_CELL = 1 << 22
csv.field_size_limit(_LONGEST_CELL)  # the texts of coverage policies are longer than the library expects
_STACKED = 6
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_FOOTER = re.compile(
    r"\*|#|note|cpt |current procedural|source|fee schedules|the ama|applicable", re.IGNORECASE
)
_LONG_FOOTER = 24

Cells = list[str]
Rows = Iterator[tuple[int, Cells]]
Make = Callable[[dict[str, str], int], Row | None]


@frozen
class Layout:
    """A table that is known by its header.

    ``columns`` maps our names to patterns of the header (lower case, words only); all ``needed`` must be there.
    ``make`` turns a row into a `Row`, or None where the row says nothing; it raises ValueError for a bad one.
    ``key`` is the column that is never empty in a row that counts. ``runs_on`` gives the text of a row that only
    continues the words of the one above. ``header_days`` reads the days that the header itself names. ``others``
    is the pattern of columns of which there may be any number, each kept under its own heading.
    """

    set_name: str
    cycle: str
    key: str
    columns: dict[str, str]
    needed: tuple[str, ...]
    make: Make
    layer: str = ""
    setting: Callable[[list[str]], str] = lambda header: ""
    days: Callable[[Iterator[Row]], Days] | None = None
    stacked: bool = False
    fill_down: tuple[str, ...] = ()
    runs_on: Callable[[dict[str, str]], str] = lambda values: ""
    header_days: Callable[[list[str]], Days] = lambda header: NONE
    others: str = ""


@frozen
class Found:
    """A layout found in a file: the header's row, and which cell is which column."""

    layout: Layout
    at: int
    places: dict[str, int]
    header: list[str]
    preamble: str


def words(text: str) -> str:
    """A header cell as layouts write it."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


def cell_rows(source: SourceFile) -> Rows:
    """The rows of a table, with the line at which each ends.

    Raises:
        InputError: broken quotes, too many columns, or what `SourceFile.lines` refuses.
    """
    if is_workbook(source.head(4)):
        yield from workbook_rows(source)
        return
    tabs = any(line.count("\t") >= 2 for line in islice(source.lines(), _SEARCHED_ROWS))
    reader = csv.reader(
        (line + "\n" for line in source.lines()), delimiter="\t" if tabs else ",", strict=True
    )
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise bad_line(source.name, reader.line_num, str(error)) from error


def find_layout(source: SourceFile, layouts: tuple[Layout, ...]) -> Found | None:
    """The first layout whose header stands within the first rows, or None."""
    seen: list[Cells] = []
    for number, cells in islice(cell_rows(source), _SEARCHED_ROWS):
        seen.append(cells)
        for found in _matches(seen, number, layouts):
            return found
    return None


def _matches(seen: list[Cells], number: int, layouts: tuple[Layout, ...]) -> Iterator[Found]:
    single = [words(cell) for cell in seen[-1]]
    if not any(single):
        return
    preamble = "\n".join(" ".join(cells) for cells in seen)
    for layout in layouts:
        headers = [single]
        if layout.stacked:
            headers += [_stack(seen, depth) for depth in range(2, min(_STACKED, len(seen)) + 1)]
        for header in headers:
            places = _places(header, layout)
            if all(name in places for name in layout.needed):
                yield Found(layout, number, places, header, preamble)
                break


def _stack(seen: list[Cells], depth: int) -> list[str]:
    width = max(len(cells) for cells in seen[-depth:])
    return [words(" ".join(cells[i] for cells in seen[-depth:] if i < len(cells))) for i in range(width)]


def _places(header: list[str], layout: Layout) -> dict[str, int]:
    places: dict[str, int] = {}
    for name, pattern in layout.columns.items():
        for index, text in enumerate(header):
            if index not in places.values() and re.fullmatch(pattern, text):
                places[name] = index
                break
    if layout.others:
        places |= {text: index for index, text in enumerate(header) if re.fullmatch(layout.others, text)}
    return places


def part_of(source: SourceFile, found: Found) -> Part:
    """The recognised table as a part to load."""
    layout = found.layout
    read = partial(_read, source, found)
    days = layout.header_days(found.header)
    if days == NONE:
        days = days_said(found.preamble, cycle=layout.cycle)
    inferred = layout.days is not None and days == NONE
    if layout.days is not None and inferred:
        days = layout.days(read())
    form = 2 if is_workbook(source.head(4)) else 1
    return Part(
        set_name=layout.set_name,
        rows=read,
        name=source.archive + source.name,
        setting=layout.setting(found.header),
        first=days[0],
        last=days[1],
        form=form,
        layer=layout.layer,
        inferred=inferred,
    )


def _read(source: SourceFile, found: Found) -> Iterator[Row]:
    """The rows below the header; what is neither a row nor a note below the last one is refused."""
    layout, above = found.layout, dict.fromkeys(found.layout.fill_down, "")
    odd: tuple[int, str] | None = None
    held: Row | None = None
    count = 0
    for number, cells in cell_rows(source):
        if number <= found.at or not any(cell.strip() for cell in cells):
            continue
        if _is_note(cells, count):
            odd = odd or (number, "it is a note, but more rows follow it")
            continue
        if odd:
            raise bad_line(source.name, *odd)
        values = {name: _cell(cells, place) for name, place in found.places.items()}
        for name in above:
            values[name] = above[name] = values.get(name) or above[name]
        more = layout.runs_on(values)
        if more and held is not None:
            held = evolve(held, title=f"{held.title} {more}")
            continue
        if held is not None:
            yield held
        held = _made(source, layout, values, number)
        count += held is not None
    if held is not None:
        yield held
    if not count:
        raise InputError("the table has no rows", where=source.name, fix="get it again; nothing was loaded")


def _made(source: SourceFile, layout: Layout, values: dict[str, str], number: int) -> Row | None:
    try:
        if not values.get(layout.key):
            raise ValueError(f"the column {layout.key!r} is empty")
        return layout.make(values, number)
    except (ValueError, KeyError) as error:
        raise bad_line(source.name, number, str(error)) from error


def _is_note(cells: Cells, count: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) > 2 or not count:
        return False
    return len(filled[0]) > _LONG_FOOTER or bool(_FOOTER.match(filled[0]))


def _cell(cells: Cells, place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
