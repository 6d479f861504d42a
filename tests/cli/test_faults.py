from __future__ import annotations

import errno
import sqlite3

import pytest

from cleanclaim.cli.faults import as_error
from cleanclaim.kernel.errors import Refused


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


def test_an_error_of_our_own_is_told_as_it_is():
    ours = Refused("no", where="here")
    assert as_error(ours) is ours


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "/x/y"),
            ("/x/y", "no space left", "free some space"),
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "/x"),
            ("/x", "permission denied", "check the place"),
        ),
        (OSError("odd"), ("OSError".lower(),)),
        (MemoryError(), ("too large", "MemoryError")),
        (RecursionError("x"), ("too deep", "RecursionError")),
        (sqlite3.OperationalError("database or disk is full"), ("database or disk is full", "undone")),
        (sqlite3.DatabaseError(""), ("DatabaseError",)),
        (KeyError("Farrow, Ines"), ("KeyError", "fault of its own")),
    ],
)
def test_any_other_is_told_by_kind_and_place(error, words):
    sentence = as_error(raised(error)).sentence()
    for word in words:
        assert word in sentence
    assert "Farrow" not in sentence


def test_a_database_of_django_is_known_by_its_cause():
    from django.db.utils import OperationalError

    error = OperationalError("x")
    error.__cause__ = sqlite3.OperationalError("database is locked\nmore")
    assert "database is locked;" in as_error(error).sentence()

    class ForeignError(Exception):
        pass

    error = OperationalError("Key (name)=(Farrow) is there")
    error.__cause__ = ForeignError("Farrow")
    sentence = as_error(error).sentence()
    assert "ForeignError" in sentence
    assert "Farrow" not in sentence
