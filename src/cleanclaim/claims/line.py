"""One line of a claim: what was done, when, how often, for how much, because of which diagnosis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.parties import Provider
from cleanclaim.kernel.money import Cents


@frozen
class Drug:
    """A drug given with the line: 11-digit NDC, quantity and its unit (ML, UN, GR, F2, ME)."""

    ndc: str
    quantity: Decimal
    unit: str
    prescription_number: str = ""


@frozen
class ServiceLine:
    """A service line of a professional or an institutional claim.

    ``code`` is a CPT or HCPCS II code (empty on a revenue-code-only institutional line); ``pointers`` are
    places in the claim's diagnosis list from 1, the first one the main reason (professional only);
    ``control_number`` is our own key for this line, unique in the claim and echoed by the payer (REF*6R).
    ``unit_kind`` is UN (units), MJ (minutes of anaesthesia) or DA (days).
    """

    number: int
    service_date: dt.date
    charge_cents: Cents
    units: Decimal
    code: str = ""
    modifiers: tuple[str, ...] = ()
    unit_kind: str = "UN"
    service_date_to: dt.date | None = None
    pointers: tuple[int, ...] = ()
    place_of_service: str = ""
    revenue_code: str = ""
    non_covered_cents: Cents = 0
    drug: Drug | None = None
    description: str = ""
    control_number: str = ""
    rendering: Provider | None = None
    ordering: Provider | None = None
    referring: Provider | None = None
    emergency: bool = False
    authorization_number: str = ""

    def last_service_date(self) -> dt.date:
        """The day on which the service ended."""
        return self.service_date_to or self.service_date
