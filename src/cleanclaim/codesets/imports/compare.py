"""What a release brings against the one before: keys that came, changed and ended."""

from __future__ import annotations

import sqlite3

from cleanclaim.codesets.periods import OPEN


def compare_items(connection: sqlite3.Connection, new: int, old: int) -> tuple[int, list[str], list[str]]:
    """How many keys came, and which changed and ended; a key ends too when its open end is closed."""

    def keyed(number: int) -> dict[str, tuple[object, ...]]:
        found: dict[str, tuple[object, ...]] = {}
        for key, *rest in connection.execute(
            "SELECT key, layer, first, last, title, data FROM item WHERE release = ? ORDER BY key, layer, first",
            (number,),
        ):
            found[key] = (*found.get(key, ()), *rest)
        return found

    before, after = keyed(old), keyed(new)
    ended = [key for key in before if key not in after]
    ended += [k for k in before if k in after and OPEN in before[k] and OPEN not in after[k]]
    gone = set(ended)
    changed = [key for key in before if key not in gone and before[key] != after[key]]
    return len(after.keys() - before.keys()), changed, ended


def compare_pairs(connection: sqlite3.Connection, new: int, old: int) -> tuple[int, list[str], list[str]]:
    """How many pairs came into force, and which changed their indicator and ended."""

    def pairs(one: int, other: int) -> list[str]:
        statement = (
            f"SELECT column_1 || '/' || column_2 FROM (SELECT column_1, column_2, indicator FROM ptp_{one}"  # noqa: S608
            f" WHERE last = {OPEN} EXCEPT SELECT column_1, column_2, indicator FROM ptp_{other} WHERE last = {OPEN})"
        )
        return [pair for (pair,) in connection.execute(statement)]

    came, went = pairs(new, old), pairs(old, new)
    changed = sorted(set(came) & set(went))
    return len(came) - len(changed), changed, sorted(set(went) - set(changed))
