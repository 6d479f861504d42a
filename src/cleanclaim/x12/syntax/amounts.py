"""X12 numbers: amounts as cents, quantities as decimals, both strict and both without a regular expression.

X12 leaves out what adds nothing: 125.50 is written ``125.5``, half a dollar may come as ``.5``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.reader import Segment

_LONGEST, _LONGEST_PLAIN = 19, 15


def amount_at(segment: Segment, number: int) -> Cents:
    """The amount in an element, in cents; an empty element is refused.

    Raises:
        X12Error: no digits, a third decimal, an exponent, a comma, or anything else that is no amount.
    """
    text = segment.get(number)
    cents = parse_amount(text)
    if cents is None:
        raise X12Error(
            f"{segment.id}{number:02d} is not an amount",
            segment=segment.ordinal,
            offset=segment.offset,
            why="it is empty" if not text else "an amount is digits with at most two decimals",
            fix="ask the sender to correct it",
        )
    return cents


def amount_or_none(segment: Segment, number: int) -> Cents | None:
    """As `amount_at`, but None where the element is empty."""
    return amount_at(segment, number) if segment.get(number) else None


def parse_amount(text: str) -> Cents | None:
    """Cents from an X12 decimal such as ``"125"``, ``"125.5"``, ``"-.05"``; None for anything else."""
    body = text[1:] if text[:1] == "-" else text
    if len(body) > _LONGEST or not body.isascii():
        return None
    whole, point, part = body.partition(".")
    if point:
        if len(part) > 2 or not (part or "0").isdigit() or not (whole or part):
            return None
        whole = whole or "0"
    if not whole.isdigit():
        return None
    cents = int(whole) * 100 + (int(part.ljust(2, "0")) if part else 0)
    return -cents if body is not text else cents


def plain_amount(text: str) -> Cents | None:
    """Cents of an amount that has nothing to spare in front; None for any other text, be it right or wrong.

    Written again it has the same value and, where it has no decimal point, the same characters.
    """
    digits = text[1:] if text[:1] == "-" else text
    whole, point, part = digits.partition(".")
    if not (text.isascii() and whole.isdigit()) or len(text) > _LONGEST_PLAIN:
        return None
    if not point:
        if whole[0] == "0" and text != "0":
            return None
        cents = int(whole) * 100
    elif part.isdigit() and len(part) <= 2:
        cents = int(whole + part) * (10 if len(part) == 1 else 1)
    else:
        return None
    return cents if digits is text else -cents


def format_amount(cents: Cents) -> str:
    """Cents as X12 writes them: ``12550`` is ``"125.5"``, ``12500`` is ``"125"``."""
    return format_cents(cents).rstrip("0").rstrip(".")


def quantity_at(segment: Segment, number: int) -> Decimal:
    """The quantity in an element.

    Raises:
        X12Error: it is empty or no plain decimal number.
    """
    quantity = parse_quantity(segment.get(number))
    if quantity is None:
        raise X12Error(
            f"{segment.id}{number:02d} is not a quantity",
            segment=segment.ordinal,
            offset=segment.offset,
            why="a quantity is digits, with a decimal point where it needs one",
            fix="ask the sender to correct it",
        )
    return quantity


def parse_quantity(text: str) -> Decimal | None:
    """A plain decimal number of at most fifteen digits, or None for anything else."""
    body = text[1:] if text[:1] == "-" else text
    digits = body.replace(".", "", 1)
    if not digits or len(digits) > 15 or not (digits.isascii() and digits.isdigit()):
        return None
    return Decimal(text)


def plain_quantity(text: str) -> Decimal | None:
    """A quantity that has nothing to spare in front, as `plain_amount`; None for any other text."""
    return _plain_quantity(text) if len(text) <= _LONGEST_PLAIN else None


@lru_cache(maxsize=4096)
def _plain_quantity(text: str) -> Decimal | None:
    if text[:1] == "0" and text != "0" and "." not in text:
        return None
    return parse_quantity(text) if text[:1] != "-" else None


def format_quantity(quantity: Decimal) -> str:
    """A quantity without exponent and without zeros that add nothing."""
    text = format(quantity, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
