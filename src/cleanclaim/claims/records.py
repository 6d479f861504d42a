"""Records to plain JSON and back, without loss: the form in which a claim version is kept and hashed."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import cattrs

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json, plain

R = TypeVar("R")

_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))


def record_from_plain(kind: type[R], raw: Any, *, where: str = "") -> R:
    """Build a record of the given kind from its plain form.

    Raises:
        InputError: a field is missing, unknown or of the wrong shape; the message names it.
    """
    try:
        return _converter.structure(raw, kind)
    except (cattrs.BaseValidationError, cattrs.ForbiddenExtraKeysError) as error:
        reasons = "; ".join(cattrs.transform_error(error, path=kind.__name__))
        raise InputError(f"this is no {kind.__name__}", where=where, why=reasons) from error
    except (TypeError, ValueError, KeyError, InvalidOperation) as error:
        raise InputError(f"this is no {kind.__name__}", where=where, why=type(error).__name__) from error


def claim_to_json(claim: AnyClaim) -> str:
    """A claim as one canonical line of JSON, its kind first told by ``"kind"``."""
    kind = "institutional" if isinstance(claim, InstitutionalClaim) else "professional"
    return canonical_json({"kind": kind, "claim": plain(claim, floats=False)})


def claim_from_json(line: str, *, where: str = "") -> AnyClaim:
    """Read back what `claim_to_json` wrote.

    Raises:
        InputError: not JSON, an unknown kind, or fields that do not fit.
    """
    try:
        raw = json.loads(line)
        kind, body = raw["kind"], raw["claim"]
    except (ValueError, TypeError, KeyError) as error:
        raise InputError("this line is no claim", where=where, why=type(error).__name__) from error
    if kind == "institutional":
        return record_from_plain(InstitutionalClaim, body, where=where)
    if kind == "professional":
        return record_from_plain(ProfessionalClaim, body, where=where)
    raise InputError(f"{kind!r} is no kind of claim", where=where, fix="use professional or institutional")
