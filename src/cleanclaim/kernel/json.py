"""JSON that is the same bytes for the same content, and that carries cents as integers only."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs


def plain(value: Any, *, floats: bool = True) -> Any:
    """A record as dicts, lists, text and numbers: dates as YYYY-MM-DD, decimals as text, enums as values.

    Raises:
        TypeError: something that has no plain form, or a float where ``floats`` is off.
    """
    if value is None or (isinstance(value, bool | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int) or (floats and isinstance(value, float)):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if attrs.has(type(value)):
        return {
            field.name: plain(getattr(value, field.name), floats=floats)
            for field in attrs.fields(type(value))
        }
    if isinstance(value, dict):
        return {str(key): plain(item, floats=floats) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item, floats=floats) for item in items]
    raise TypeError(f"{type(value).__name__} has no plain form")


def canonical_json(value: Any) -> str:
    """One line of JSON with sorted keys and no float: one record, the same bytes on every machine.

    Raises:
        TypeError: the record holds a float, which money and claims never do.
    """
    return json.dumps(plain(value, floats=False), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def pretty_json(value: Any) -> str:
    """JSON for a person to read, keys in the record's own order."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False)
