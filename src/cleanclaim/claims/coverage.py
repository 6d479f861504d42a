"""Coverage: whose policy, in which order, and how the patient is related to the subscriber."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.claims.parties import Address, Payer, PersonName, Sex
from cleanclaim.claims.references import OtherNumber
from cleanclaim.kernel.dates import DatePeriod


class CoverageOrder(StrEnum):
    """The payer's place in line (SBR01), the first to be asked first; one whose place nobody knows comes last."""

    PRIMARY = "P"
    SECONDARY = "S"
    TERTIARY = "T"
    FOURTH = "A"
    FIFTH = "B"
    SIXTH = "C"
    SEVENTH = "D"
    EIGHTH = "E"
    NINTH = "F"
    TENTH = "G"
    ELEVENTH = "H"
    UNKNOWN = "U"

    def rank(self) -> int:
        """How many places stand before it."""
        return _RANKS[self]


_RANKS = {order: rank for rank, order in enumerate(CoverageOrder)}


class Relationship(StrEnum):
    """The patient's relationship to the subscriber (SBR02 and PAT01, the individual relationship code)."""

    SELF = "18"
    SPOUSE = "01"
    CHILD = "19"
    EMPLOYEE = "20"
    LIFE_PARTNER = "53"
    OTHER = "G8"
    UNKNOWN = "21"
    ORGAN_DONOR = "39"
    CADAVER_DONOR = "40"


@frozen
class Subscriber:
    """The holder of the policy; an employer stands here as ``organization`` for workers' compensation."""

    member_id: str
    name: PersonName
    birth_date: dt.date | None = None
    sex: Sex | None = None
    address: Address | None = None
    other_numbers: tuple[OtherNumber, ...] = ()


@frozen
class Contact:
    """Whom to call about the claim of an accident at the insurer (PER in loop 2010BA or 2010CA)."""

    phone: str
    name: str = ""
    extension: str = ""


@frozen
class Coverage:
    """One policy that covers the patient for a time.

    ``insurance_type`` is the reason Medicare is secondary (SBR05, "12" working aged, ...) and empty
    otherwise; ``property_casualty_number`` the claim number the insurer gave an accident (REF*Y4).
    ``billing_numbers`` are the billing provider's own numbers at this payer (REF*G2, REF*LU).
    """

    coverage_id: str
    payer: Payer
    order: CoverageOrder
    relationship: Relationship
    subscriber: Subscriber
    period: DatePeriod
    group_number: str = ""
    group_name: str = ""
    plan_name: str = ""
    insurance_type: str = ""
    property_casualty_number: str = ""
    employer: str = ""
    property_casualty_contact: Contact | None = None
    billing_numbers: tuple[OtherNumber, ...] = ()
