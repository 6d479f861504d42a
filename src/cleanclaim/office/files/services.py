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
    digest = hashlib.sha256(data).hexdigest()
    _write_once(content_path(digest), data)
    row, created = StoredFile.objects.get_or_create(
        tenant=tenant,
        sha256=digest,
        direction=direction,
        kind=kind,
        name=name[:200],
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
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise InputError("a stored file was changed", where=row.sha256[:12], fix="restore it from the backup")
    return data


def content_path(digest: str) -> Path:
    """Where bytes of that hash lie."""
    return settings.HOME.files / digest[:2] / digest


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
