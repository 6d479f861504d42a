"""Any fault as one sentence: what a command could not do, never a traceback and never a patient's data."""

from __future__ import annotations

import errno
from pathlib import Path
from traceback import extract_tb

from cleanclaim.kernel.errors import CleanClaimError

_PACKAGE = Path(__file__).resolve().parents[1]
_FULL = {errno.ENOSPC, errno.EDQUOT}
_MEMORY = "give less at once, or use a machine with more memory"


def as_error(error: BaseException) -> CleanClaimError:
    """The fault as an error that a person can act on.

    Of an error that is not ours only the kind is told, and the place in our code: its text may hold data.
    """
    if isinstance(error, CleanClaimError):
        return error
    if isinstance(error, MemoryError | RecursionError):
        return CleanClaimError("the input is too large or too deep", why=type(error).__name__, fix=_MEMORY)
    if isinstance(error, OSError):
        return _of_the_system(error)
    if _is_of_the_database(error):
        return CleanClaimError(
            "the database cannot be read or written",
            why=_database_words(error),
            fix="check the disk, or DATABASE_URL, and run the command again; what was not finished was undone",
        )
    return CleanClaimError(
        "the command stopped at a fault of its own",
        where=_place(error),
        why=type(error).__name__,
        fix="report it with this line; set CLEANCLAIM_TRACEBACK=1 to see all of it",
    )


def _of_the_system(error: OSError) -> CleanClaimError:
    where = str(error.filename) if error.filename else ""
    fix = "free some space and try again" if error.errno in _FULL else "check the place and try again"
    return CleanClaimError(
        "a file cannot be read or written",
        where=where,
        why=(error.strerror or type(error).__name__).lower(),
        fix=fix,
    )


def _is_of_the_database(error: BaseException) -> bool:
    """By name, so that a command without a database does not load one."""
    return any(
        kind.__name__ == "DatabaseError" and kind.__module__ in {"django.db.utils", "sqlite3"}
        for kind in type(error).__mro__
    )


def _database_words(error: BaseException) -> str:
    """SQLite's words name tables and columns; PostgreSQL's also hold values, so only the kind is told."""
    cause = error.__cause__ or error
    if type(cause).__module__ == "sqlite3":
        return (str(cause).splitlines() or [type(cause).__name__])[0]
    return type(cause).__name__


def _place(error: BaseException) -> str:
    ours = [frame for frame in extract_tb(error.__traceback__) if _PACKAGE in Path(frame.filename).parents]
    if not ours:
        return ""
    return f"{Path(ours[-1].filename).relative_to(_PACKAGE)} line {ours[-1].lineno}"
