"""How a command speaks: JSON on request, a table otherwise, faults as one sentence on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cleanclaim.kernel.json import plain, pretty_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

DONE = 0
FINDINGS = 1
UNREADABLE = 2

_WIDTH_OF_A_FILE = 160
# Nobody reads a longer table on a screen, and laying one out takes longer than finding what is in it.
_MOST_ROWS_LAID_OUT = 500


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(pretty_json(value) + "\n")


def print_json_line(value: Any) -> None:
    """One JSON value on one line of standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, allow_nan=False) + "\n")


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """A table for a person; columns named in ``right`` are numbers. The cells are text, never markup.

    Of more than 500 rows each is one line, its cells parted by tabs, under the title and a line of the columns.
    """
    rows = list(rows)
    if len(rows) > _MOST_ROWS_LAID_OUT:
        say(title)
        for row in (columns, *rows):
            sys.stdout.write("\t".join(map(_printable, row)) + "\n")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_printable(cell)) for cell in row))
    console().print(table)


def say(text: str) -> None:
    """One line on standard output at once, wrapped by nobody."""
    sys.stdout.write(_printable(text) + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(_printable(text) + "\n")


def console() -> Console:
    """Standard output as wide as the terminal, or 160 columns into a file."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)


def progress(*, quiet: bool = False) -> Progress:
    """A progress bar on standard error; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # What a command prints while the bar stands goes to standard output, wherever that leads.
        redirect_stdout=False,
        disable=quiet or not sys.stderr.isatty(),
    )


def _printable(text: str) -> str:
    """Without control characters: what a file holds must not drive the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
