"""Every regular expression of documents and coding stays linear on text made to break it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import cleanclaim.coding
import cleanclaim.documents

_LENGTH = 50_000
_SECONDS = 1.0


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for package in (cleanclaim.documents, cleanclaim.coding):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


_FOUND = dict(_patterns())


def _attacks(pattern: str) -> Iterator[str]:
    """Each literal and class of the pattern repeated, with an end that does not match."""
    letters = {char for char in pattern if char.isalnum()} | set("aA0 .,;:-_()[]wTX\n\t'\"é")
    for char in sorted(letters):
        yield char * _LENGTH + "\x00"
        yield ("(" + char) * (_LENGTH // 2) + "\x00"
    for pair in ("a1", "1a", "T3", "36.0", "( )", "[a", "a,", "w1d", "12w"):
        yield pair * (_LENGTH // len(pair)) + "!"


@pytest.mark.parametrize("name", sorted(_FOUND))
def test_a_pattern_is_linear(name: str) -> None:
    pattern = _FOUND[name]
    for attack in _attacks(pattern.pattern):
        began = time.process_time()
        pattern.search(attack)
        pattern.fullmatch(attack)
        sum(1 for _ in pattern.finditer(attack))
        assert time.process_time() - began < _SECONDS, (name, attack[:20])


def test_there_are_patterns_to_try() -> None:
    assert len(_FOUND) >= 4
