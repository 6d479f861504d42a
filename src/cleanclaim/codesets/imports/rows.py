"""What an importer hands over: rows of one set, with the release they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from attrs import define, field, frozen

from cleanclaim.codesets.periods import OPEN
from cleanclaim.kernel.errors import InputError


@frozen
class Row:
    """One row of a set.

    ``key`` is what it is looked up by, ``first`` and ``last`` its days (CCYYMMDD numbers), ``title`` its words,
    ``data`` everything else the set needs, ``line`` where it stands in its file.
    """

    key: str
    title: str = ""
    data: dict[str, Any] = field(factory=dict)
    first: int = 0
    last: int = OPEN
    line: int = 0


class PtpRow(NamedTuple):
    """A procedure-to-procedure pair with its days; ``indicator`` is 0, 1 or 9."""

    column_1: str
    column_2: str
    first: int
    last: int
    indicator: str
    line: int


@define
class Part:
    """One recognised file: its set, and its rows, which can be read more than once.

    ``setting`` tells parallel files of one set apart (practitioner, hospital, supplier). ``release`` is its own
    name for itself, ``first`` and ``last`` the days it covers; 0 where the content does not tell. ``form`` orders
    several forms of one table in one archive, the smallest is taken. ``layer`` names a part of a set that
    several files make up together. ``inferred`` says that the days were taken from the newest row.
    """

    set_name: str
    rows: Callable[[], Iterator[Any]]
    name: str
    setting: str = ""
    release: str = ""
    first: int = 0
    last: int = 0
    form: int = 0
    layer: str = ""
    inferred: bool = False
    said: list[str] = field(factory=list)


def bad_line(name: str, line: int, why: str, *, what: str = "this line is out of shape") -> InputError:
    """The error of one line of a file."""
    return InputError(
        what,
        where=f"{name}, line {line}",
        why=why,
        fix="get the file again from its publisher; nothing was loaded",
    )
