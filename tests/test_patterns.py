"""Patterns keep to what every Python 3.11 matches rightly: none takes back nothing behind a group.

Before 3.11.5 a possessive quantifier behind a group whose inside can backtrack may fail to match: a row of the county
file was lost on such a machine, and without a word.
"""

from __future__ import annotations

import re
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[1] / "src" / "cleanclaim"
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]*\})\+|\(\?>")


def test_no_possessive_quantifier_stands_behind_a_group() -> None:
    found = [
        f"{path.relative_to(_SOURCE)}:{number}"
        for path in sorted(_SOURCE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
