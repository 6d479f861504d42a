"""Opens plain files, gzip, zip and zips within zips, within limits; nothing is ever unpacked to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from attrs import define, frozen

from cleanclaim.kernel.errors import InputError

MOST_BYTES = 1 << 30
MOST_RATIO = 200
MOST_MEMBERS = 10_000
_DEEPEST = 2
_HEAD = 1 << 16
_SMALL = 1 << 20
_LONGEST_LINE = 1 << 22
_IGNORED_ENDINGS = (".pdf", ".docx", ".doc", ".exe", ".jpg", ".png", ".htm", ".html")
_BROKEN = (zipfile.BadZipFile, EOFError, gzip.BadGzipFile, zlib.error, RuntimeError, OSError)


@frozen
class Limits:
    """How much an archive may hold."""

    most_bytes: int = MOST_BYTES
    most_ratio: int = MOST_RATIO
    most_members: int = MOST_MEMBERS


DEFAULT_LIMITS = Limits()


@define
class SourceFile:
    """A file to read: its name as a person knows it, its archive, and a way to open its bytes again."""

    name: str
    archive: str
    open: Callable[[], IO[bytes]]
    limits: Limits = DEFAULT_LIMITS

    def head(self, size: int = _HEAD) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return _guarded(self.name, lambda: stream.read(size))

    def bytes(self) -> bytes:
        """All bytes. Raises InputError where there are more than the limit."""
        with self.open() as stream:
            data = _guarded(self.name, lambda: stream.read(self.limits.most_bytes + 1))
        if len(data) > self.limits.most_bytes:
            raise InputError("the file is too large", where=self.name)
        return data

    def lines(self) -> Iterator[str]:
        """Its lines as text without their ends: UTF-8, else cp1252 for a line that is not; a BOM is passed over.

        Raises:
            InputError: a zero byte, a line without an end, UTF-16, or an archive that breaks off.
        """
        name = self.name
        with self.open() as stream:
            readline, number = stream.readline, 0
            while True:
                try:
                    raw = readline(_LONGEST_LINE)
                except _BROKEN as error:
                    raise _unreadable(name, error) from error
                if not raw:
                    return
                number += 1
                if number == 1:
                    raw = raw.removeprefix(b"\xef\xbb\xbf")
                yield _text(name, number, raw)


def source_files(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[SourceFile]:
    """What one given path holds: itself, or the members of the archive that it is.

    Raises:
        InputError: it cannot be read, is a broken or hostile archive, or is beyond the limits.
    """
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        raise InputError(
            "the file cannot be read",
            where=str(path),
            why=(error.strerror or "").lower(),
            fix="check the name",
        ) from error
    if not magic:
        raise InputError("the file is empty", where=str(path))
    return _opened(SourceFile(path.name, "", lambda: path.open("rb"), limits), magic, 0)


def _opened(source: SourceFile, magic: bytes, depth: int) -> list[SourceFile]:
    if magic[:2] == b"\x1f\x8b":
        inner = SourceFile(source.name, source.archive, lambda: _gunzipped(source), source.limits)
        return [inner] if inner.head(1) else []
    if magic == b"PK\x03\x04" or magic == b"PK\x05\x06":
        return _members(source, depth)
    return [source]


def _gunzipped(source: SourceFile) -> IO[bytes]:
    return cast(IO[bytes], _Limited(gzip.GzipFile(fileobj=source.open()), source))


class _Limited(io.RawIOBase):
    """A stream that refuses to give more than its limit."""

    def __init__(self, stream: Any, source: SourceFile) -> None:
        self._stream = io.BufferedReader(stream)
        self._source, self._given = source, 0

    def _counted(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > self._source.limits.most_bytes:
            raise InputError(
                "the file unpacks to more than is allowed",
                where=self._source.name,
                why=f"over {self._source.limits.most_bytes >> 20} MiB",
            )
        return data

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As any stream, counted."""
        return self._counted(self._stream.read(size))

    def readline(self, size: int | None = -1) -> bytes:
        """As any stream, counted."""
        return self._counted(self._stream.readline(-1 if size is None else size))

    def close(self) -> None:
        """Close what lies below too."""
        self._stream.close()
        super().close()


def _members(source: SourceFile, depth: int) -> list[SourceFile]:
    try:
        with source.open() as stream, zipfile.ZipFile(_seekable(stream)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names = {info.filename for info in archive.infolist()}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise InputError(
            "the archive is broken or cut off",
            where=source.name,
            why=str(error).lower(),
            fix="get it again; nothing was loaded",
        ) from error
    _check_archive(source, infos)
    if "xl/workbook.xml" in names:
        return [source]
    found: list[SourceFile] = []
    for info in infos:
        if info.filename.lower().endswith(_IGNORED_ENDINGS):
            continue
        member = SourceFile(
            PurePosixPath(info.filename).name,
            f"{source.archive}{source.name}: ",
            lambda info=info: _member(source, info),  # type: ignore[misc]
            source.limits,
        )
        magic = member.head(4)
        packed = magic[:2] == b"\x1f\x8b" or magic == b"PK\x03\x04"
        if packed and depth >= _DEEPEST:
            raise InputError("archives are nested too deeply", where=f"{source.name}: {member.name}")
        found += _opened(member, magic, depth + 1) if magic else []
    return found


def _check_archive(source: SourceFile, infos: list[zipfile.ZipInfo]) -> None:
    limits = source.limits

    def refuse(what: str, why: str) -> InputError:
        return InputError(
            what, where=source.name, why=why, fix="nothing was loaded; give the official archive"
        )

    if len(infos) > limits.most_members:
        raise refuse("the archive holds too many files", f"{len(infos)}")
    if sum(info.file_size for info in infos) > limits.most_bytes:
        raise refuse("the archive unpacks to more than is allowed", f"over {limits.most_bytes >> 20} MiB")
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in info.filename:
            raise refuse("the archive names a path outside itself", "a name holds .. or a root")
        if info.flag_bits & 1:
            raise refuse("the archive is encrypted", "it asks for a password")
        if info.file_size > _SMALL and info.file_size > limits.most_ratio * max(info.compress_size, 1):
            raise refuse("the archive is packed beyond belief", f"more than {limits.most_ratio} to 1")


def _member(source: SourceFile, info: zipfile.ZipInfo) -> IO[bytes]:
    archive = zipfile.ZipFile(_seekable(source.open()))
    return cast(IO[bytes], _Limited(archive.open(info.filename), source))


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    return stream if isinstance(stream, io.BufferedReader) else io.BytesIO(stream.read())


def _guarded(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> InputError:
    """What to say of a stream that broke: an archive that is cut off, or a disk that cannot be read."""
    if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
        return InputError(
            "the file cannot be read", where=name, why=(error.strerror or str(error))[:120]
        )  # fmt: skip
    return InputError(
        "the file is broken or cut off",
        where=name,
        why=str(error)[:120],
        fix="get it again; nothing was loaded",
    )


def _text(name: str, number: int, raw: bytes) -> str:
    if len(raw) >= _LONGEST_LINE:
        raise InputError("a line is too long", where=f"{name}, line {number}")
    if number == 1 and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("the file is UTF-16", where=name, fix="save it as UTF-8 and try again")
    if b"\0" in raw:
        raise InputError("the file is not text", where=f"{name}, line {number}", why="it holds a zero byte")
    line = raw.rstrip(b"\r\n").rstrip(b"\x1a")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
