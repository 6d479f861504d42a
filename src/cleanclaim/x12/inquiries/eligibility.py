"""What a plan covers, asked (270) and answered (271), as records.

Amounts are cents; ``percent`` is the share as sent, where 0.2 is 20 %. Codes are X12's, in words by
`benefit_words`. Source: ASC X12N 005010X279A1.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from cleanclaim.kernel.money import Cents
from cleanclaim.x12.inquiries.parties import Day, Heading, Number, Party, Rejection, Trace

_QUESTION = Heading("13")
_ANSWER = Heading("11")


@frozen(kw_only=True)
class ServiceAsked:
    """One thing asked about (EQ): service types, or a procedure as code list, code and modifiers."""

    service_types: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    coverage_level: str = ""
    insurance_type: str = ""
    pointers: tuple[str, ...] = ()
    dates: tuple[Day, ...] = ()
    numbers: tuple[Number, ...] = ()
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class EligibilityInquiry:
    """One person asked about: the subscriber, or the dependent where there is one (2000C, 2000D).

    Inquiries that share one and the same party record (``is``) share its level in the file.
    """

    payer: Party
    provider: Party
    subscriber: Party
    dependent: Party | None = None
    traces: tuple[Trace, ...] = ()
    dates: tuple[Day, ...] = ()
    services: tuple[ServiceAsked, ...] = ()
    carried: tuple[str, ...] = ()

    def patient(self) -> Party:
        """Who is asked about."""
        return self.dependent or self.subscriber


@frozen(kw_only=True)
class EligibilityRequest:
    """One 270: its heading and the persons asked about, in order."""

    heading: Heading = _QUESTION
    inquiries: tuple[EligibilityInquiry, ...]


@frozen
class Delivery:
    """How a benefit or a service is given (HSD): so much of what, per what, for how many of which periods."""

    quantity_kind: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    per: Decimal | None = None
    period: str = ""
    periods: Decimal | None = None
    frequency: str = ""
    time_of_day: str = ""


@frozen
class FurtherCode:
    """What limits a benefit further (III): a place of service, a diagnosis, the nature of an injury."""

    code_list: str
    code: str
    category: str = ""
    text: str = ""
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class Benefit:
    """One benefit of the plan (EB and what stands below it).

    ``kind`` is EB01: 1 active coverage, 6 inactive, B co-payment, A co-insurance, C deductible, G out of pocket,
    F limitation, R other payer, L primary care provider, ... ``related`` are parties of the benefit: another
    payer, the primary care provider, a carve-out.
    """

    kind: str
    coverage_level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    cents: Cents | None = None
    percent: Decimal | None = None
    quantity_kind: str = ""
    quantity: Decimal | None = None
    authorization: str = ""
    in_network: str = ""
    procedure: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[Day, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    messages: tuple[str, ...] = ()
    further: tuple[FurtherCode, ...] = ()
    related: tuple[Party, ...] = ()
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class PatientBenefits:
    """The answer about one person, or about a level that was refused as a whole.

    Where the payer could not answer at all there is no provider; where the provider was refused, no subscriber.
    ``rejections`` are those of the payer's level itself; a party carries its own.
    """

    payer: Party
    provider: Party | None = None
    subscriber: Party | None = None
    dependent: Party | None = None
    traces: tuple[Trace, ...] = ()
    dates: tuple[Day, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    carried: tuple[str, ...] = ()

    def patient(self) -> Party | None:
        """Who is spoken of, or None where the answer did not come that far."""
        return self.dependent or self.subscriber

    def refusals(self) -> tuple[Rejection, ...]:
        """Every reason why the request, or a part of it, was not answered, from the outermost level in."""
        parties = (self.payer, self.provider, self.subscriber, self.dependent)
        found = [*self.rejections]
        for party in parties:
            found += party.rejections if party is not None else ()
        for benefit in self.benefits:
            found += benefit.rejections
        return tuple(found)

    def is_active(self) -> bool | None:
        """Whether the plan says that the patient is covered; None where it does not say."""
        kinds = {benefit.kind for benefit in self.benefits}
        if kinds & {"1", "2", "3", "4", "5"}:
            return True
        return False if kinds & {"6", "7", "8"} else None


@frozen(kw_only=True)
class EligibilityAnswer:
    """One 271: its heading and the answers, in order."""

    heading: Heading = _ANSWER
    answers: tuple[PatientBenefits, ...]
