"""Storing and fetching raw bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant


def store_file(
    tenant: Tenant, data: bytes, *, direction: str, kind: str, name: str, actor: Actor
) -> tuple[StoredFile, bool]:
    """Keep bytes under their hash, then say so in the database; the same file again is found, not doubled.

    Returns the row and whether it is new.

    Raises:
        Refused: the bytes cannot be written.
    """
    digest = sha256_of(data)
    _write_once(content_path(digest), data)
    row, created = StoredFile.objects.get_or_create(
        tenant=tenant,
        sha256=digest,
        direction=direction,
        kind=kind,
        name=safe_name(name),
        defaults={"size_bytes": len(data), "stored_at": actor.now},
    )
    return row, created


def read_file(row: StoredFile) -> bytes:
    """The bytes of a stored file, checked against their hash.

    Raises:
        InputError: the bytes are gone or are no longer what was stored.
    """
    path = content_path(row.sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "a stored file is missing", where=row.sha256[:12], fix="restore it from the backup"
        ) from error
    if sha256_of(data) != row.sha256:
        raise InputError("a stored file was changed", where=row.sha256[:12], fix="restore it from the backup")
    return data


def sha256_of(data: bytes) -> str:
    """The hash by which bytes are known, in hex."""
    return hashlib.sha256(data).hexdigest()


def safe_name(name: str) -> str:
    """A file's name without folders and without characters that a disk or a terminal takes amiss."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter if letter.isprintable() and letter not in '<>:"|?*' else "_" for letter in last)
    return plain.strip(". ")[-200:] or "file"


def content_path(digest: str) -> Path:
    """Where bytes of that hash lie."""
    return settings.HOME.files / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    """Make the new name last, as the bytes already do; a row must never outlive its file."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_once(path: Path, data: bytes) -> None:
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            Path(temporary).replace(path)
            _sync_folder(path.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(
            "a file cannot be stored",
            where=str(settings.HOME.files),
            why=(error.strerror or type(error).__name__).lower(),
            fix="free or unlock the disk and try again; nothing was changed",
        ) from error
