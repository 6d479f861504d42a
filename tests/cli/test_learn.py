"""The version named on the command line is one, or the command says what it takes."""

from __future__ import annotations

import pytest

from cleanclaim.cli.learn import _version
from cleanclaim.kernel.errors import InputError


@pytest.mark.parametrize(("given", "version"), [("newest", None), ("0", 0), ("3", 3)])
def test_a_version_is_a_number_or_the_newest(given: str, version: int | None) -> None:
    assert _version(given) == version


@pytest.mark.parametrize("given", ["soon", "-1", "1.0", "１", "999999"])
def test_what_is_no_version_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="no version"):
        _version(given)
