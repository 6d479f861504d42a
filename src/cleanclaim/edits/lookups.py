"""Rows of our own edit tables by table and row id, as checks ask for them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from cleanclaim.edits.code_rules import CodeRule, code_rules
from cleanclaim.edits.ranges import CodeRanges, code_ranges
from cleanclaim.kernel.errors import InputError


@lru_cache(maxsize=256)
def row(table: str, rule_id: str) -> CodeRule:
    """A row by its id. Raises InputError when the table has none."""
    for rule in code_rules(table):
        if rule.rule_id == rule_id:
            return rule
    raise InputError(f"the edit table {table} has no row {rule_id}", where=f"{table}.yaml")


def row_of(table: str, rule_id: str, code: str, on: dt.date) -> CodeRule | None:
    """The row when it is about that code on that day."""
    rule = row(table, rule_id)
    return rule if rule.holds(code, on) else None


@lru_cache(maxsize=256)
def ranges_of(table: str, rule_id: str, key: str) -> CodeRanges:
    """The codes that a row keeps under a key of its own, such as ``beside``."""
    rule = row(table, rule_id)
    return code_ranges(rule.values[key], where=f"{table}.yaml row {rule_id}")
