"""Prices of the charge master: cents for one unit of a service, or for a hospital's revenue line."""

from __future__ import annotations

from decimal import Decimal

from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents
from cleanclaim.office.registry.models import ChargePriceRow


def charge_cents(code: str, revenue_code: str, units: Decimal) -> Cents:
    """The charge of a line: price of one unit times units, in whole cents.

    Raises:
        Refused: the charge master has no price, or units make no whole cents.
    """
    row = (
        ChargePriceRow.objects.filter(code=code, revenue_code=revenue_code).first()
        or ChargePriceRow.objects.filter(code="", revenue_code=revenue_code).exclude(revenue_code="").first()
    )
    if row is None:
        raise Refused(
            f"{code or revenue_code} has no price",
            where="charge master",
            fix="add its price, or enter the charge by hand",
        )
    cents = row.charge_cents * units
    if cents != cents.to_integral_value():
        raise Refused(f"{units} units of {code} make no whole cents", where="charge master")
    return int(cents)
