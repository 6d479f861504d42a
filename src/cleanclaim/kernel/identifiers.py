"""Identifiers that carry a check or a shape: NPI, taxonomy, EIN, SSN."""

from __future__ import annotations

import re

_NPI = re.compile(r"[12][0-9]{9}")
_TAXONOMY = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
_NPI_PREFIX = "80840"


def npi_fault(npi: str) -> str | None:
    """What is wrong with a National Provider Identifier, or None when it can be one.

    Ten digits beginning with 1 or 2, whose last digit makes the Luhn sum over ``80840`` + NPI a multiple
    of ten (45 CFR 162.406; ISO/IEC 7812 prefix assigned to US health applications). That an NPI passes
    does not say that it was ever issued.
    """
    if not _NPI.fullmatch(npi):
        return "an NPI is ten digits and begins with 1 or 2"
    if luhn_sum(_NPI_PREFIX + npi) % 10:
        return "the check digit of the NPI does not fit: a digit is wrong or two are swapped"
    return None


def npi_is_valid(npi: str) -> bool:
    """Whether `npi_fault` finds nothing."""
    return npi_fault(npi) is None


def npi_from_nine(first_nine: str) -> str:
    """The NPI that nine leading digits make with their check digit (for invented test providers).

    Raises:
        ValueError: not nine digits that can begin an NPI.
    """
    if not _NPI.fullmatch(first_nine + "0"):
        raise ValueError("an NPI is made from nine digits, the first one 1 or 2")
    return first_nine + str(-luhn_sum(_NPI_PREFIX + first_nine + "0") % 10)


def luhn_sum(digits: str) -> int:
    """The Luhn sum of a run of ASCII digits, the last one being the check digit."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def taxonomy_has_shape(code: str) -> bool:
    """Whether a provider taxonomy code has its shape, ten characters ending in X (NUCC code set)."""
    return _TAXONOMY.fullmatch(code) is not None


def mask_tail(identifier: str, shown: int = 4) -> str:
    """An identifier with all but its last characters hidden: ``"123456789"`` becomes ``"*****6789"``.

    At least half of it is hidden, so that a short number is never shown whole.
    """
    plain = re.sub(r"[^0-9A-Za-z]", "", identifier)
    hidden = max(len(plain) - shown, (len(plain) + 1) // 2)
    return "*" * hidden + plain[hidden:]


def mask_ein(ein: str) -> str:
    """An employer identification number as it may be shown: ``**-***6789``."""
    return "**-***" + mask_tail(ein)[-4:]


def mask_ssn(ssn: str) -> str:
    """A social security number as it may be shown: ``***-**-6789``."""
    return "***-**-" + mask_tail(ssn)[-4:]
