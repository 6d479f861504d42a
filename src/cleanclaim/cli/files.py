"""The files a command is given, and those it makes: read with a limit, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.json import parse_json

LARGEST_FILE_BYTES = 256 * 1024 * 1024
LARGEST_NOTE_BYTES = 10_000_000 - 1


def read_bytes(path: Path, *, largest: int = LARGEST_FILE_BYTES) -> bytes:
    """A file's bytes.

    Raises:
        InputError: it is missing, a folder, closed to us, or larger than allowed.
    """
    try:
        with path.open("rb") as handle:
            data = handle.read(largest + 1)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "its name cannot be used").lower()
        raise InputError("the file cannot be read", where=str(path), why=why, fix="check the name") from error
    if len(data) > largest:
        raise InputError(
            "the file is too large",
            where=str(path),
            why=f"it has more than {largest:,} bytes",
            fix="give it in parts",
        )
    return data


def read_text(path: Path, *, largest: int = LARGEST_FILE_BYTES) -> str:
    """A text file's content, without a byte order mark.

    Raises:
        InputError: it cannot be read, or is not UTF-8 text.
    """
    data = read_bytes(path, largest=largest)
    try:
        if b"\x00" in data:
            raise InputError(
                "the file is not text", where=str(path), why="it holds zero bytes", fix="give a text file"
            )
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "the file is not UTF-8 text",
            where=f"{path}, byte {error.start}",
            fix="save it as UTF-8 and try again",
        ) from error


def text_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a text file that are not blank, with their numbers from 1.

    A line ends at a line feed and nowhere else: JSON may hold the other separators that Unicode knows.
    Raises InputError as `read_text` does.
    """
    lines = read_text(path).split("\n")
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def json_lines(path: Path) -> list[tuple[int, Any]]:
    """The JSON values of a file, one a line, with the line numbers; blank lines are passed over.

    Raises:
        InputError: a line is no JSON; the line is named.
    """
    return [(number, parse_json(line, where=f"{path}, line {number}")) for number, line in text_lines(path)]


@contextlib.contextmanager
def in_file(path: Path) -> Iterator[None]:
    """Say in which file it was when what is done inside cannot be done."""
    try:
        yield
    except CleanClaimError as error:
        if error.where.startswith(str(path)):
            raise
        place = error.where.removeprefix(path.name).lstrip(", ")
        where = f"{path}, {place}" if place else str(path)
        raise InputError(error.what, where=where, why=error.why, fix=error.fix) from error


@contextlib.contextmanager
def writing(path: Path, *, never: Path | None = None) -> Iterator[IO[bytes]]:
    """A file to write; it stands at its place when all of it was written, and not at all otherwise.

    Raises:
        InputError: it cannot be written, or it is the file ``never``, from which is read.
    """
    if never is not None and _same(path, never):
        raise InputError(
            "the file would be written over itself", where=str(path), fix="name another file to write"
        )
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as handle:
                yield handle
            return
        yield from _beside(path.resolve())
    except OSError as error:
        raise InputError(
            "the file cannot be written",
            where=str(path),
            why=(error.strerror or type(error).__name__).lower(),
            fix="name another place, or free or unlock this one",
        ) from error


def _beside(path: Path) -> Iterator[IO[bytes]]:
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def writable_folder(path: Path) -> None:
    """Make a folder to write to, before the work is done whose fruits it is to hold.

    Raises:
        InputError: it cannot be made or written.
    """
    probe = path / f".{secrets.token_hex(4)}.part"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            "the folder cannot be written",
            where=str(path),
            why=(error.strerror or type(error).__name__).lower(),
            fix="name another place, or free or unlock this one",
        ) from error


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
