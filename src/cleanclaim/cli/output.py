"""How a command speaks: JSON on request, a table otherwise, faults as one sentence on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import plain

DONE = 0
FINDINGS = 1
UNREADABLE = 2


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n")


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """A table for a person; columns named in ``right`` are numbers."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def say(text: str) -> None:
    """One line on standard output, wrapped by nobody."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(text + "\n")


def console() -> Console:
    """Standard output as wide as the terminal, or 160 columns into a file."""
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def progress(*, quiet: bool = False) -> Progress:
    """A progress bar on standard error; silent where nobody looks."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )


def read_bytes(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        InputError: it is missing, a folder, or closed to us.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "the file cannot be read",
            where=str(path),
            why=(error.strerror or "").lower(),
            fix="check the name",
        ) from error


def read_text(path: Path) -> str:
    """A text file's content.

    Raises:
        InputError: it cannot be read, or is not UTF-8 text.
    """
    data = read_bytes(path)
    if b"\x00" in data:
        raise InputError(
            "the file is not text", where=str(path), why="it holds zero bytes", fix="give a text file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "the file is not UTF-8 text",
            where=f"{path}, byte {error.start}",
            fix="save it as UTF-8 and try again",
        ) from error


def json_lines(path: Path) -> list[tuple[int, Any]]:
    """The JSON values of a file, one a line, with the line numbers; empty lines are passed over.

    Raises:
        InputError: a line is no JSON; the line is named.
    """
    rows = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append((number, json.loads(line, parse_constant=_no_constant)))
        except (ValueError, RecursionError) as error:
            raise InputError(
                "this is no JSON", where=f"{path}, line {number}", why=str(error)[:120]
            ) from error
    return rows


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
