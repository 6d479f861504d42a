"""Who takes part: patients, subscribers' names and addresses, providers, payers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from cleanclaim.claims.references import OtherNumber


class Sex(StrEnum):
    """Administrative sex as a claim carries it."""

    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


@frozen
class PersonName:
    """A person's name as the coverage card gives it."""

    last: str
    first: str
    middle: str = ""
    suffix: str = ""

    def shown(self) -> str:
        """Last, First Middle: the order of a form."""
        given = " ".join(part for part in (self.first, self.middle) if part)
        last = f"{self.last} {self.suffix}".strip()
        return f"{last}, {given}" if given else last


@frozen
class Address:
    """A postal address; ``state`` is the two-letter code, ``zip_code`` five or nine digits.

    Outside the United States ``country`` is the two-letter code, ``subdivision`` a part of that country, and
    the state and the ZIP code are those of the country or empty.
    """

    line1: str
    city: str
    state: str
    zip_code: str
    line2: str = ""
    country: str = ""
    subdivision: str = ""


@frozen
class Patient:
    """The person treated. ``patient_id`` is the practice's own number (medical record or account).

    ``guarantor`` is who answers for the bill where that is not the patient, such as a child's parent.
    ``pounds`` is the weight where a claim must tell it (equipment, drugs by weight).
    """

    patient_id: str
    name: PersonName
    birth_date: dt.date
    sex: Sex
    address: Address
    phone: str = ""
    death_date: dt.date | None = None
    guarantor: PersonName | None = None
    pounds: Decimal | None = None
    pregnant: bool = False
    other_numbers: tuple[OtherNumber, ...] = ()


@frozen
class Provider:
    """A person or an organization that bills, renders, refers, orders, supervises or houses a service.

    An organization has ``organization`` and no ``name``; a person has ``name``. ``taxonomy`` is the NUCC
    code, ``tax_id`` the EIN (``tax_id_kind`` "EI") or the SSN ("SY") and stands on the billing provider.
    """

    npi: str
    organization: str = ""
    name: PersonName | None = None
    taxonomy: str = ""
    address: Address | None = None
    tax_id: str = ""
    tax_id_kind: str = "EI"
    phone: str = ""
    contact: str = ""
    clia_number: str = ""
    phone_extension: str = ""
    other_numbers: tuple[OtherNumber, ...] = ()

    def is_person(self) -> bool:
        """Whether this is an individual (NM102 = 1) and not an organization (NM102 = 2)."""
        return self.name is not None

    def shown(self) -> str:
        """The name to print."""
        return self.name.shown() if self.name is not None else self.organization


@frozen
class Payer:
    """Who may pay a claim.

    ``payer_id`` is the identifier the clearinghouse routes by, ``filing_indicator`` the claim filing
    indicator code of SBR09 ("MB" Medicare Part B, "CI" commercial, "MC" Medicaid, "WC" workers'
    compensation, "AM" automobile, ...).
    """

    payer_id: str
    name: str
    filing_indicator: str
    address: Address | None = None
    other_numbers: tuple[OtherNumber, ...] = ()
