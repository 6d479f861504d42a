"""Remark codes that change what to do, in our own words."""

from __future__ import annotations

from functools import lru_cache

import yaml
from attrs import frozen

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import read_reference_yaml, reference_folder


@frozen
class Remark:
    """One remark code: the field of the claim it means, what it says, and what follows from it.

    ``no_appeal``: the payer grants none. ``new_claim``: it was never processed, send it anew.
    ``protected``: the patient may not be asked. ``crossover``: the payer has sent the claim on.
    """

    code: str
    field: str
    says: str
    no_appeal: bool = False
    new_claim: bool = False
    protected: bool = False
    crossover: bool = False
    checked: str = "read"


def remark(code: str) -> Remark | None:
    """The meaning of a remark code, or None where the table has none."""
    return _table().get(code.strip().upper())


@lru_cache(maxsize=1)
def _table() -> dict[str, Remark]:
    path = reference_folder() / "denials" / "remarks.yaml"
    try:
        raw = read_reference_yaml(path)
        return {str(row["code"]): Remark(**row) for row in raw["remarks"]}
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InputError(
            "the table of remarks cannot be read", where=path.name, why=f"{type(error).__name__}: {error}"
        ) from error
