"""Numbers and days that a claim or a line may name, by what they are."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen


class ReferenceKind(StrEnum):
    """What a number of a claim or a line is (REF01); which of them a guide has is the guide's business."""

    SERVICE_AUTHORIZATION_EXCEPTION = "4N"
    MEDICARE_CROSSOVER = "F5"
    MAMMOGRAPHY_CERTIFICATION = "EW"
    PRIOR_AUTHORIZATION = "G1"
    REFERRAL = "9F"
    PREDETERMINATION = "G3"
    REPRICED_CLAIM = "9A"
    ADJUSTED_REPRICED_CLAIM = "9C"
    REPRICED_LINE = "9B"
    ADJUSTED_REPRICED_LINE = "9D"
    INVESTIGATIONAL_DEVICE = "LX"
    CLEARINGHOUSE_CLAIM = "D9"
    DEMONSTRATION_PROJECT = "P4"
    CARE_PLAN_OVERSIGHT = "1J"
    PEER_REVIEW = "G4"
    ACCIDENT_STATE = "LU"
    CLIA = "X4"
    REFERRING_CLIA = "F4"
    VACCINE_BATCH = "BT"


@frozen
class Reference:
    """A number of a claim or a line; ``payer_id`` names another payer of the claim that gave it (REF04)."""

    kind: ReferenceKind
    number: str
    payer_id: str = ""


@frozen
class OtherNumber:
    """A further number of a provider, a payer, a subscriber or a patient.

    ``kind`` is 0B (state license), 1G (UPIN), G2 (given by the payer), LU (location), 2U, EI, FY or NF (of a
    payer), SY (social security) or 1W (member number). ``payer_id`` names another payer that gave it.
    """

    kind: str
    number: str
    payer_id: str = ""


class DateKind(StrEnum):
    """What a day of a claim or a line is (DTP01), beside those with a field of their own."""

    LAST_SEEN = "304"
    ACUTE_MANIFESTATION = "453"
    LAST_X_RAY = "455"
    PRESCRIPTION = "471"
    LAST_WORKED = "297"
    RETURN_TO_WORK = "296"
    DISABILITY_END = "361"
    ASSUMED_CARE = "090"
    RELINQUISHED_CARE = "091"
    PROPERTY_CASUALTY_CONTACT = "444"
    REPRICER_RECEIVED = "050"
    CERTIFICATION_REVISION = "607"
    BEGIN_THERAPY = "463"
    LAST_CERTIFICATION = "461"
    HEMOGLOBIN_TEST = "738"
    CREATININE_TEST = "739"
    SHIPPED = "011"
    INITIAL_TREATMENT = "454"
    PRIOR_PLACEMENT = "441"
    ESTIMATED_PRIOR_PLACEMENT = "139"
    APPLIANCE_PLACEMENT = "452"
    REPLACEMENT = "446"
    TREATMENT_START = "196"
    TREATMENT_COMPLETION = "198"


@frozen
class NamedDate:
    """A day of a claim or a line and what it is."""

    kind: DateKind
    on: dt.date
