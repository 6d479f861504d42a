"""Review of services: the request for authorization or referral (278) and its answer, as records.

Both directions share one shape; an answer has decisions (HCR) and refusals (AAA). Source: ASC X12N 005010X217.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from cleanclaim.kernel.money import Cents
from cleanclaim.x12.inquiries.eligibility import Delivery
from cleanclaim.x12.inquiries.parties import Day, Heading, Number, Party, Rejection, Trace

_REQUEST = Heading("13")


@frozen(kw_only=True)
class Review:
    """What kind of review is asked for (UM).

    ``request`` is UM01: AR admission, HS services, SC specialty care, IN individual; ``kind`` UM02: I initial,
    R renewal, 3 cancel, ...; ``service_type`` as in eligibility; ``facility`` the code with its kind (A type of
    bill, B place of service).
    """

    request: str
    kind: str = ""
    service_type: str = ""
    facility: tuple[str, ...] = ()
    related_causes: tuple[str, ...] = ()
    level_of_service: str = ""
    current_health: str = ""
    prognosis: str = ""
    release: str = ""
    delay_reason: str = ""


@frozen
class Decision:
    """The payer's decision (HCR): ``action`` A1 certified in full ... A3 not certified; the number to quote."""

    action: str
    number: str = ""
    reason: str = ""
    second_opinion: str = ""

    def is_certified(self) -> bool:
        """Whether the service, or a part or change of it, may be given."""
        return self.action in {"A1", "A2", "A6"}


@frozen
class ReviewDiagnosis:
    """A diagnosis of the request (HI), its kind by X12's code, the code without its point, the day it was known."""

    kind: str
    code: str
    rest: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReviewedCode:
    """The service itself (SV1, SV2 or SV3): ``form`` says which; code list, code and modifiers; units."""

    form: str
    procedure: tuple[str, ...] = ()
    revenue_code: str = ""
    charge_cents: Cents | None = None
    unit_kind: str = ""
    units: Decimal | None = None


@frozen(kw_only=True)
class ReviewedService:
    """One service (2000F); what it does not say itself, its event says."""

    traces: tuple[Trace, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    review: Review | None = None
    decision: Decision | None = None
    numbers: tuple[Number, ...] = ()
    dates: tuple[Day, ...] = ()
    diagnoses: tuple[ReviewDiagnosis, ...] = ()
    code: ReviewedCode | None = None
    deliveries: tuple[Delivery, ...] = ()
    messages: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReviewEvent:
    """One patient event (2000E): an admission, a referral, a course of treatment, with its services."""

    traces: tuple[Trace, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    review: Review | None = None
    decision: Decision | None = None
    numbers: tuple[Number, ...] = ()
    dates: tuple[Day, ...] = ()
    diagnoses: tuple[ReviewDiagnosis, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    messages: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    services: tuple[ReviewedService, ...] = ()
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class ServicesReview:
    """One 278, request (heading purpose 13) or answer (11).

    Where an answer was refused early there is no requester or no subscriber; ``rejections`` are those of the
    reviewer's level, a party carries its own. ``events`` are the dependent's where there is one.
    """

    heading: Heading = _REQUEST
    reviewer: Party
    requester: Party | None = None
    subscriber: Party | None = None
    dependent: Party | None = None
    events: tuple[ReviewEvent, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    carried: tuple[str, ...] = ()

    def is_answer(self) -> bool:
        """Whether this is the payer's answer."""
        return self.heading.purpose == "11"

    def patient(self) -> Party | None:
        """Whose services they are."""
        return self.dependent or self.subscriber
