"""Rows of our own edit tables as checks ask for them: by table, row id and code, remembered by code."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from cleanclaim.edits.code_rules import CodeRule, code_rules
from cleanclaim.edits.ranges import CodeRanges, code_ranges
from cleanclaim.kernel.errors import InputError

_CODES_REMEMBERED = 65_536


@lru_cache(maxsize=256)
def row(table: str, rule_id: str) -> CodeRule:
    """A row by its id. Raises InputError when the table has none."""
    for rule in code_rules(table):
        if rule.rule_id == rule_id:
            return rule
    raise InputError(f"the edit table {table} has no row {rule_id}", where=f"{table}.yaml")


def row_of(table: str, rule_id: str, code: str, on: dt.date) -> CodeRule | None:
    """The row when it is about that code on that day."""
    rule = _row_about(table, rule_id, code)
    return rule if rule is not None and rule.period.contains(on) else None


def rows_about(table: str, code: str, on: dt.date) -> tuple[CodeRule, ...]:
    """The rows that are about a code on a day, in the table's order."""
    rules = _rows_about(table, code)
    return tuple(rule for rule in rules if rule.period.contains(on)) if rules else rules


@lru_cache(maxsize=256)
def ranges_of(table: str, rule_id: str, key: str) -> CodeRanges:
    """The codes that a row keeps under a key of its own, such as ``beside``."""
    rule = row(table, rule_id)
    return code_ranges(rule.values[key], where=f"{table}.yaml row {rule_id}")


@lru_cache(maxsize=_CODES_REMEMBERED)
def _rows_about(table: str, code: str) -> tuple[CodeRule, ...]:
    return tuple(rule for rule in code_rules(table) if code in rule.codes)


@lru_cache(maxsize=_CODES_REMEMBERED)
def _row_about(table: str, rule_id: str, code: str) -> CodeRule | None:
    rule = row(table, rule_id)
    return rule if code in rule.codes else None
