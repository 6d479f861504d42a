"""The home: the one folder that holds an office's database, its files and its key."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from cleanclaim.kernel.errors import InputError, Refused

_KEY_BYTES = 48


@frozen
class Home:
    """An office's folder: `office.sqlite3`, `files/` (raw bytes by hash), `office.key`, `cache/`."""

    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite database; unused when DATABASE_URL names a PostgreSQL one."""
        return self.folder / "office.sqlite3"

    @property
    def files(self) -> Path:
        """Where raw files lie, named by their SHA-256."""
        return self.folder / "files"

    @property
    def key_file(self) -> Path:
        """The secret that signs sessions and chains the audit trail; never in the database."""
        return self.folder / "office.key"

    def prepare(self) -> None:
        """Make the folder and the key if they are not there yet.

        Raises:
            Refused: the folder cannot be made or written, or the key can be read by other people.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.files.mkdir(exist_ok=True)
            if not self.key_file.exists():
                _write_key(self.key_file)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".write-probe-"):
                pass
        except OSError as error:
            raise Refused(
                "the home folder cannot be written",
                where=str(self.folder),
                why=(error.strerror or type(error).__name__).lower(),
                fix="name another folder in CLEANCLAIM_HOME, or free or unlock this one",
            ) from error

    def secret_key(self) -> str:
        """The office's secret.

        Raises:
            Refused: the key is missing, too short, or open to other users of the machine.
        """
        if not self.key_file.exists():
            self.prepare()
        if os.name == "posix" and stat.S_IMODE(self.key_file.stat().st_mode) & 0o077:
            raise Refused(
                "the key file can be read by other users",
                where=str(self.key_file),
                fix="run: chmod 600 on that file",
            )
        key = self.key_file.read_text(encoding="ascii").strip()
        if len(key) < _KEY_BYTES:
            raise Refused(
                "the key file is too short", where=str(self.key_file), fix="restore it from the backup"
            )
        return key


def home_from_environment() -> Home:
    """The home that CLEANCLAIM_HOME names, or `~/.local/share/cleanclaim`.

    Raises:
        InputError: CLEANCLAIM_HOME names a file.
    """
    named = os.environ.get("CLEANCLAIM_HOME", "")
    folder = Path(named).expanduser() if named else Path.home() / ".local" / "share" / "cleanclaim"
    if folder.exists() and not folder.is_dir():
        raise InputError("CLEANCLAIM_HOME is a file", where=str(folder), fix="name a folder")
    return Home(folder.absolute())


def _write_key(path: Path) -> None:
    """Write a key whole or not at all; where another process was first, its key is the office's."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(_KEY_BYTES) + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
