"""Records to plain JSON and back, without loss: the form in which a claim version is kept and hashed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.dental import DentalClaim, EveryClaim
from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.json import canonical_json, parse_json, plain

R = TypeVar("R")
C = TypeVar("C", bound=EveryClaim)

_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_SHOWN = 3
_LONGEST = 80
_KINDS: dict[str, type[AnyClaim]] = {"professional": ProfessionalClaim, "institutional": InstitutionalClaim}
_EVERY_KIND: dict[str, type[EveryClaim]] = {**_KINDS, "dental": DentalClaim}


def record_from_plain(kind: type[R], raw: Any, *, where: str = "") -> R:
    """Build a record of the given kind from its plain form.

    Nothing is converted on the way: text is not read as a number, a number not as text, and a fraction of a
    cent is not cut off.

    Raises:
        InputError: a field is missing, unknown or of the wrong shape; the message names the field and never
            holds its value.
    """
    try:
        return _CONVERTER.structure(raw, kind)
    except (cattrs.BaseValidationError, cattrs.ForbiddenExtraKeysError) as error:
        faults = cattrs.transform_error(error, path="", format_exception=_fault)
    except (_Misfit, CleanClaimError) as error:
        faults = [_fault(error, None)]
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    reasons = ", ".join(_named(fault) for fault in faults[:_SHOWN]) + more
    raise InputError(f"this is no {kind.__name__}", where=where, why=reasons, fix="correct it and try again")


def claim_to_json(claim: EveryClaim) -> str:
    """A claim as one canonical line of JSON, its kind told by ``"kind"``.

    A field that says nothing (its default) is left out, so that a record is as long as what it tells and the
    same bytes before and after a field is added.
    """
    kind = next(name for name, known in _EVERY_KIND.items() if type(claim) is known)
    return canonical_json({"kind": kind, "claim": _telling(claim)})


def claim_from_json(line: str, *, where: str = "") -> AnyClaim:
    """Read back a professional or an institutional claim that `claim_to_json` wrote.

    Raises:
        InputError: not JSON, an unknown kind, fields that do not fit, or a claim without a line.
    """
    return _claim_from_json(line, _KINDS, "use professional or institutional", where)


def every_claim_from_json(line: str, *, where: str = "") -> EveryClaim:
    """As `claim_from_json`, for dental claims too."""
    return _claim_from_json(line, _EVERY_KIND, "use professional, institutional or dental", where)


def _claim_from_json(line: str, kinds: Mapping[str, type[C]], fix: str, where: str) -> C:
    raw = parse_json(line, where=where)
    if not isinstance(raw, dict) or set(raw) != {"kind", "claim"}:
        raise InputError("this is no claim", where=where, fix='write {"kind": ..., "claim": {...}}')
    kind = kinds.get(raw["kind"]) if isinstance(raw["kind"], str) else None
    if kind is None:
        raise InputError("this is no kind of claim", where=where, fix=fix)
    claim = record_from_plain(kind, raw["claim"], where=where)
    if not claim.lines:
        raise InputError("the claim has no line", where=where, fix="add what was done")
    return claim


def _telling(value: Any) -> Any:
    """The plain form without the fields that stand at their default."""
    if attrs.has(type(value)):
        return {
            field.name: _telling(getattr(value, field.name))
            for field in attrs.fields(type(value))
            if field.default is attrs.NOTHING or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [_telling(item) for item in value]
    return plain(value, floats=False)


class _Misfit(Exception):
    """A value of another kind than its field; holds what is wanted."""


def _only(kind: type, wanted: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _Misfit(wanted)
        return value

    return structure


def _word(value: Any, kind: type[StrEnum]) -> StrEnum:
    if not isinstance(value, str):
        raise _Misfit("text")
    return kind(value)


def _decimal(value: Any, _: Any) -> Decimal:
    if type(value) is int or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        return Decimal(value)
    raise _Misfit("a decimal number written as text")


def _list_of(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    base = converter.get_structure_hook(list[get_args(kind)[0]])  # type: ignore[misc]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise _Misfit("a list")
        return tuple(base(value, None))

    return structure


def _record_of(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    base = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

    def structure(value: Any, of: Any) -> Any:
        if not isinstance(value, dict):
            raise _Misfit("a record with fields")
        return base(value, of)

    return structure


def _is_list(kind: Any) -> bool:
    arguments = get_args(kind)
    return get_origin(kind) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis


def _fault(error: BaseException, _: Any) -> str:
    if isinstance(error, KeyError):
        return "is missing"
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"has the unknown field {', '.join(sorted(error.extra_fields))[:_LONGEST]}"
    if isinstance(error, CleanClaimError):
        return f"is wrong: {error.what}"
    if isinstance(error, _Misfit):
        return f"is not {error}"
    return "has a value that is not known"


def _named(fault: str) -> str:
    """`is missing @ .lines[0].number` in the order a person reads: the place, then what is wrong there."""
    what, _, place = fault.rpartition(" @ ")
    return f"{place.lstrip('.') or 'it'} {what}" if what else f"it {fault}"


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(int, _only(int, "a whole number"))
    converter.register_structure_hook(str, _only(str, "text"))
    converter.register_structure_hook(bool, _only(bool, "true or false"))
    converter.register_structure_hook(StrEnum, _word)
    converter.register_structure_hook(dt.date, lambda value, _: parse_date(value))
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook_factory(_is_list, _list_of)
    converter.register_structure_hook_factory(attrs.has, _record_of)
    return converter


_CONVERTER = _make_converter()
