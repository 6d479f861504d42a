"""How the paper forms write names, dates, amounts and addresses."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from cleanclaim.claims.parties import Address, PersonName
from cleanclaim.kernel.money import Cents

_PUNCTUATION = re.compile(r"[.,#]")


def form_text(text: str) -> str:
    """Upper case, white space of any kind and amount as one space."""
    return " ".join(text.upper().split())


def address_text(text: str) -> str:
    """An address line without points, commas and number signs, as both manuals ask."""
    return form_text(_PUNCTUATION.sub(" ", text))


def name_with_commas(name: PersonName) -> str:
    """``DOE JR, JANE, Q``: last name and suffix, first name, middle initial."""
    last = f"{name.last} {name.suffix}".strip()
    return form_text(", ".join(part for part in (last, name.first, name.middle[:1]) if part))


def name_in_order(name: PersonName) -> str:
    """``JANE Q DOE JR``: the order in which a provider's name is written."""
    return form_text(" ".join(part for part in (name.first, name.middle[:1], name.last, name.suffix) if part))


def zip_text(zip_code: str) -> str:
    """Five digits, or nine with a hyphen."""
    digits = re.sub(r"[^0-9]", "", zip_code)
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else form_text(zip_code)


def city_line(address: Address) -> str:
    """City, state and ZIP on one line without a comma."""
    return form_text(f"{address_text(address.city)} {address.state} {zip_text(address.zip_code)}")


def street_text(address: Address) -> str:
    """Both lines of a street on one."""
    return address_text(f"{address.line1} {address.line2}")


def phone_words(phone: str) -> str:
    """A phone number as a letter shows it, ``(614) 555-0102``; other shapes as they are."""
    digits = re.sub(r"[^0-9]", "", phone)
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else phone


def phone_text(phone: str) -> str:
    """Area code, a space, seven digits; another shape stays as it is."""
    digits = re.sub(r"[^0-9]", "", phone)
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 10 else form_text(phone)


def date_spaced(day: dt.date | None) -> str:
    """``MM DD YYYY``, empty for no date."""
    return f"{day.month:02d} {day.day:02d} {day.year:04d}" if day else ""


def date_spaced_short(day: dt.date) -> str:
    """``MM DD YY``."""
    return f"{day.month:02d} {day.day:02d} {day.year % 100:02d}"


def date_tight(day: dt.date | None) -> str:
    """``MMDDYY``, empty for no date."""
    return f"{day.month:02d}{day.day:02d}{day.year % 100:02d}" if day else ""


def amount_text(cents: Cents) -> str:
    """Dollars, a space where the form's line stands, two digits of cents; a minus stays visible."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}{whole} {part:02d}"


def units_text(units: Decimal) -> str:
    """Units without an exponent and without trailing zeros."""
    text = format(units, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def bare(identifier: str) -> str:
    """An identifier without hyphens and white space."""
    return re.sub(r"[\s\-]", "", identifier).upper()
