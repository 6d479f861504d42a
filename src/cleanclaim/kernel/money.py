"""Money is integer cents; text becomes cents by one strict parser and nothing else."""

from __future__ import annotations

import re

from cleanclaim.kernel.errors import InputError

Cents = int
"""An amount in US cents. Negative means money going the other way."""

_AMOUNT = re.compile(r"(-?)([0-9]{1,16})(?:\.([0-9]{1,2}))?")
_LONGEST = 24
_NUMBER_LIKE = re.compile(r"[-+$(]?[0-9.,_eE%)]{1,23}")


class AmountError(InputError):
    """Text that is not an amount of dollars and cents."""


def parse_cents(text: str, *, where: str = "") -> Cents:
    """Read dollars with at most two decimals, such as ``"125"``, ``"125.5"`` or ``"-0.05"``.

    A third decimal, an exponent, a thousands comma, an underscore, a currency sign, white space,
    full-width digits, NaN, infinity and minus zero are refused, never rounded or guessed.

    Raises:
        AmountError: the text is anything else.
    """
    match = _AMOUNT.fullmatch(text) if isinstance(text, str) and len(text) <= _LONGEST else None
    if match is None:
        raise AmountError(
            f"{_shown(text)} is not an amount",
            where=where,
            why="an amount is digits with at most two decimals, such as 125.50",
            fix="correct the amount and try again",
        )
    sign, whole, part = match.groups()
    cents = int(whole) * 100 + int((part or "").ljust(2, "0"))
    if sign and cents == 0:
        raise AmountError("minus zero is not an amount", where=where, fix="write 0")
    return -cents if sign else cents


def format_cents(cents: Cents) -> str:
    """Write cents as plain dollars with two decimals: ``-1250`` becomes ``"-12.50"``."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}{whole}.{part:02d}"


def format_usd(cents: Cents) -> str:
    """Write cents for a person to read: ``123450`` becomes ``"$1,234.50"``, negative in front."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}${whole:,}.{part:02d}"


def share_cents(cents: Cents, basis_points: int) -> Cents:
    """The part of an amount that a rate in basis points makes, half a cent rounded away from zero.

    ``share_cents(10_001, 2_000)`` is 20 % of $100.01, 2000 cents.
    """
    product = cents * basis_points
    rounded = (abs(product) + 5_000) // 10_000
    return rounded if product >= 0 else -rounded


def _shown(text: object) -> str:
    """The text itself only where it looks like a number: another column may hold a name."""
    if isinstance(text, str) and len(text) <= _LONGEST and _NUMBER_LIKE.fullmatch(text):
        return repr(text)
    return "this text" if isinstance(text, str) else f"a {type(text).__name__}"
