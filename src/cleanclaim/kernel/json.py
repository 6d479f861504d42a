"""JSON that is the same bytes for the same content, and that carries cents as integers only."""

from __future__ import annotations

import datetime as dt
import json
import math
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from cleanclaim.kernel.errors import InputError


def plain(value: Any, *, floats: bool = True) -> Any:
    """A record as dicts, lists, text and numbers: dates as YYYY-MM-DD, decimals as text, enums as values.

    Raises:
        TypeError: something that has no plain form, two keys that would become one, NaN or an infinity, or
            a float where ``floats`` is off.
    """
    if isinstance(value, Enum):
        return plain(value.value, floats=floats)
    if value is None or isinstance(value, bool | str | int) or (floats and isinstance(value, float)):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _decimal(value)
    if attrs.has(type(value)):
        return {
            field.name: plain(getattr(value, field.name), floats=floats)
            for field in attrs.fields(type(value))
        }
    if isinstance(value, dict):
        return _mapping(value, floats)
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
    """JSON for a person to read, keys in the record's own order.

    Raises:
        TypeError: as `plain`.
        ValueError: a float that is NaN or an infinity.
    """
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)


def parse_json(text: str, *, where: str = "") -> Any:
    """Read JSON as strictly as every reader must: one value, no key twice, no NaN, no lone surrogate.

    Raises:
        InputError: anything else; the message tells the place and nothing of the content.
    """
    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_no_key_twice
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        why = f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    except UnicodeEncodeError:
        why = "it holds half of a surrogate pair"
    except RecursionError:
        why = "it is nested too deeply"
    except ValueError as error:
        why = "a number is too long" if "digits" in str(error) else str(error)
    else:
        return value
    raise InputError("this is no JSON", where=where, why=why, fix="correct it and try again")


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise TypeError("a decimal that is no number has no plain form")
    return format(value, "f")


def _mapping(value: dict[Any, Any], floats: bool) -> dict[str, Any]:
    shaped = {
        str(key.value if isinstance(key, Enum) else key): plain(item, floats=floats)
        for key, item in value.items()
    }
    if len(shaped) != len(value):
        raise TypeError("two keys become one as text")
    return shaped


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return read
