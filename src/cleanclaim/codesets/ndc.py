"""National Drug Codes: one form for all their spellings, and the imported directory by the date of service."""

from __future__ import annotations

import datetime as dt
import re

from attrs import frozen

from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.periods import day_number

_PARTS = re.compile(r"([0-9]{4,5})-([0-9]{3,4})-([0-9]{1,2})")
_TEN = 10


@frozen
class NdcPackage:
    """A package of the directory: its code of 11 digits, what it holds, its product's names, labeler and release."""

    ndc: str
    description: str
    proprietary_name: str
    generic_name: str
    labeler: str
    release: str


def ndc_11(text: str) -> str:
    """The 11 digits (5-4-2) of a code written with or without hyphens, as claims carry it.

    Ten digits without hyphens stand for three different codes, so that they are refused.

    Raises:
        ValueError: it is no NDC, or not known which.
    """
    plain = text.strip()
    match = _PARTS.fullmatch(plain)
    if match and len("".join(match.groups())) >= _TEN:
        return match[1].zfill(5) + match[2].zfill(4) + match[3].zfill(2)
    if re.fullmatch(r"[0-9]{11}", plain):
        return plain
    if re.fullmatch(r"[0-9]{10}", plain):
        raise ValueError(f"{plain} has ten digits and no hyphens: which part is short cannot be told")
    raise ValueError(f"{plain[:16]!r} is no NDC")


def find_ndc(store: ImportedStore | None, ndc: str, on: dt.date) -> NdcPackage | None:
    """The package of a code that is marketed on a day, or None; see `ImportedStore.loaded` for NDC.

    Raises:
        ValueError: the code is none.
    """
    code = ndc_11(ndc)
    release = store.release_on("NDC", on) if store is not None else None
    if store is None or release is None:
        return None
    day = day_number(on)
    for item in store.items(release, beginning=f"{code}/"):
        if item.first <= day <= item.last:
            product = store.find("NDC", item.data["product"], on)
            words = product.data if product is not None else {}
            return NdcPackage(
                code, item.title, words.get("name", ""), words.get("generic", ""), words.get("labeler", ""),
                release.release,
            )  # fmt: skip
    return None
