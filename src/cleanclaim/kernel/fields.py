"""A YAML file read strictly: every scalar stays text until its field is asked for, nothing unknown passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from cleanclaim.kernel.code_ranges import CodeRanges
from cleanclaim.kernel.dates import DatePeriod, parse_date
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.money import Cents, parse_cents

_LARGEST_BYTES = 8_000_000
_REQUIRED: Any = object()
_HUNDRED_PERCENT = 10_000


class _TextLoader(yaml.BaseLoader):
    """YAML without types: ``0450`` stays four characters, ``12.30`` never becomes a float."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is not plain text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_fields(path: Path) -> Fields:
    """Read a YAML file whose top is a mapping.

    Raises:
        InputError: it cannot be read, is no YAML, is too large, or gives a key twice.
    """
    try:
        raw_bytes = path.read_bytes()
    except OSError as error:
        raise InputError("the file cannot be read", where=path.name, why=type(error).__name__) from error
    return fields_from(raw_bytes, path.name)


def fields_from(raw_bytes: bytes, where: str) -> Fields:
    """Read YAML whose top is a mapping from its bytes. Raises InputError as `read_fields` does."""
    if len(raw_bytes) > _LARGEST_BYTES:
        raise InputError("the file is too large", where=where, why=f"{len(raw_bytes)} bytes")
    try:
        loader = _TextLoader(raw_bytes.decode("utf-8-sig"))
        raw = loader.get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            "the file is no YAML", where=where, why=" ".join(str(error).split())[:200]
        ) from error
    if not isinstance(raw, dict):
        raise InputError("the file holds no fields", where=where, fix="write name: value lines")
    return Fields(raw, where)


class Fields:
    """The fields of one mapping; each is taken by its kind, and `done` refuses what nobody asked for."""

    def __init__(self, raw: dict[str, Any], where: str) -> None:
        self._raw = raw
        self._taken: set[str] = set()
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def keys(self) -> tuple[str, ...]:
        """The names given, in the order of the file."""
        return tuple(self._raw)

    def done(self) -> None:
        """Refuse fields that were not taken.

        Raises:
            InputError: names the unknown fields and the known ones.
        """
        unknown = [key for key in self._raw if key not in self._taken]
        if unknown:
            raise InputError(
                f"unknown field {', '.join(repr(key) for key in unknown)}",
                where=self.where,
                why="a field that is not understood would be silently without effect",
                fix=f"fields known here: {', '.join(sorted(self._taken))}",
            )

    def text(self, key: str, default: Any = _REQUIRED) -> Any:
        """A text that is not blank."""
        value = self._take(key, default)
        if value is default and key not in self._raw:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "text")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: Any = _REQUIRED) -> Any:
        """One of the given words."""
        value = self.text(key, default)
        if key in self._raw and value not in choices:
            raise self._wrong(key, " or ".join(choices))
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """``yes`` or ``no`` (``true`` and ``false`` are the same)."""
        if key not in self._raw:
            self._taken.add(key)
            return default
        value = self._take(key)
        if value in ("yes", "true"):
            return True
        if value in ("no", "false"):
            return False
        raise self._wrong(key, "yes or no")

    def cents(self, key: str, default: Any = _REQUIRED) -> Any:
        """Dollars with at most two decimals, not negative, as cents."""
        value = self._take(key, default)
        if key not in self._raw:
            return default
        return amount_cents(value, f"{self.where}: {key}")

    def basis_points(self, key: str, default: Any = _REQUIRED) -> Any:
        """A percentage with at most two decimals, not negative, as basis points (``80.5`` is 8050)."""
        return self.cents(key, default)

    def number(self, key: str, default: Any = _REQUIRED) -> Any:
        """A whole number that is not negative."""
        value = self._take(key, default)
        if key not in self._raw:
            return default
        if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 12:
            raise self._wrong(key, "a whole number")
        return int(value)

    def date(self, key: str, default: Any = _REQUIRED) -> Any:
        """A day, YYYY-MM-DD."""
        value = self._take(key, default)
        if key not in self._raw:
            return default
        return parse_date(value, where=f"{self.where}: {key}")

    def period(self) -> DatePeriod:
        """The fields ``from`` and ``to``; without ``to`` it stays open."""
        first: dt.date = self.date("from")
        last: dt.date | None = self.date("to", None)
        if last is not None and last < first:
            raise InputError(f"it ends on {last}, before it begins on {first}", where=self.where)
        return DatePeriod(first, last)

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one. ``default=None`` requires the field."""
        value = self._take(key, _REQUIRED if default is None else default)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def codes(self, key: str) -> CodeRanges:
        """A list of codes, runs and prefixes, as `CodeRanges` reads them."""
        return CodeRanges.parse(self.texts(key), where=f"{self.where}: {key}")

    def table(self, key: str, default: Any = _REQUIRED) -> dict[str, Any]:
        """A mapping whose keys are data (codes, member numbers), not field names."""
        value = self._take(key, default)
        if not isinstance(value, dict):
            raise self._wrong(key, "a table")
        return value

    def price_table(self, key: str, default: Any = _REQUIRED) -> dict[str, Cents]:
        """A mapping of codes to dollars, as cents."""
        return {
            code: amount_cents(amount, f"{self.where}: {key} {code}")
            for code, amount in self.table(key, default).items()
        }

    def section(self, key: str) -> Fields:
        """The fields below one field."""
        return Fields(self.table(key), f"{self.where}: {key}")

    def sections(self, key: str, *, required: bool = False) -> tuple[Fields, ...]:
        """The list of mappings below one field, numbered from 1 in messages."""
        value = self._take(key, _REQUIRED if required else [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, "a list of entries with fields")
        return tuple(Fields(item, f"{self.where}: {key} {n}") for n, item in enumerate(value, 1))

    def named_sections(self, key: str, *, required: bool = False) -> dict[str, Fields]:
        """A mapping of names that are data to the fields below each."""
        entries = self.table(key, _REQUIRED if required else {})
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise InputError("this entry has no fields", where=f"{self.where}: {key} {name}")
        return {name: Fields(entry, f"{self.where}: {key} {name}") for name, entry in entries.items()}

    def _take(self, key: str, default: Any = _REQUIRED) -> Any:
        self._taken.add(key)
        if key in self._raw:
            return self._raw[key]
        if default is _REQUIRED:
            raise InputError(f"the field {key!r} is missing", where=self.where, fix=f"add {key}")
        return default

    def _wrong(self, key: str, wanted: str) -> InputError:
        return InputError(f"the field {key!r} is not {wanted}", where=self.where, fix=f"write {wanted}")


def amount_cents(value: Any, where: str) -> Cents:
    """Text as cents, zero or more; raises AmountError or InputError."""
    cents = parse_cents(value, where=where)
    if cents < 0:
        raise InputError("an amount here is never negative", where=where, fix="write the amount without sign")
    return cents
