"""What became of claims, asked (276) and answered (277), as records.

Status codes are numbers of X12's lists, in words by `status_words`. Source: ASC X12N 005010X212.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.kernel.money import Cents
from cleanclaim.x12.inquiries.parties import Day, Heading, Number, Party, Trace

_QUESTION = Heading("13")
_ANSWER = Heading("08", kind="DG")


@frozen(kw_only=True)
class StatusLine:
    """A line asked or told about (SVC): code list, code and modifiers, charge, units; ``statuses`` in a 277."""

    procedure: tuple[str, ...]
    charge_cents: Cents
    paid_cents: Cents | None = None
    revenue_code: str = ""
    units: Decimal | None = None
    statuses: tuple[Status, ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[Day, ...] = ()
    carried: tuple[str, ...] = ()


@frozen
class StatusCode:
    """Category, status and whom it is about (STC01): ``code_list`` RX means the codes of the pharmacies."""

    category: str
    status: str
    entity: str = ""
    code_list: str = ""


@frozen(kw_only=True)
class Status:
    """One STC segment: up to three codes, the day from which it holds, the money and the payment, if any."""

    codes: tuple[StatusCode, ...]
    effective_on: dt.date | None = None
    action: str = ""
    charge_cents: Cents | None = None
    paid_cents: Cents | None = None
    paid_on: dt.date | None = None
    payment_method: str = ""
    check_on: dt.date | None = None
    check_number: str = ""
    message: str = ""


@frozen(kw_only=True)
class ClaimAsked:
    """One claim asked about (2200D or 2200E): our trace, the numbers that identify it, charge and dates."""

    trace: Trace
    numbers: tuple[Number, ...] = ()
    charge_cents: Cents | None = None
    dates: tuple[Day, ...] = ()
    lines: tuple[StatusLine, ...] = ()
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class ClaimTold:
    """The answer about one claim: the trace of the question given back, statuses, numbers, dates and lines."""

    trace: Trace
    statuses: tuple[Status, ...]
    numbers: tuple[Number, ...] = ()
    dates: tuple[Day, ...] = ()
    lines: tuple[StatusLine, ...] = ()
    carried: tuple[str, ...] = ()

    def number(self, kind: str) -> str:
        """A number of the claim by its kind: 1K the payer's, EJ the patient's account; empty where unknown."""
        return next((item.number for item in self.numbers if item.kind == kind), "")


@frozen(kw_only=True)
class LevelTold:
    """The answer about a whole level: all questions of a receiver or of a provider."""

    trace: Trace
    statuses: tuple[Status, ...]
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class StatusInquiry:
    """Claims of one patient asked about; who shares a party record (``is``) shares its level in the file."""

    payer: Party
    receiver: Party
    providers: tuple[Party, ...]
    subscriber: Party
    dependent: Party | None = None
    claims: tuple[ClaimAsked, ...]
    carried: tuple[str, ...] = ()


@frozen(kw_only=True)
class StatusRequest:
    """One 276."""

    heading: Heading = _QUESTION
    inquiries: tuple[StatusInquiry, ...]


@frozen(kw_only=True)
class StatusAnswer:
    """What is told about one patient's claims, or about a whole level where the answer goes no further.

    ``about_receiver`` and ``about_provider`` are answers for all questions of that level.
    """

    payer: Party
    receiver: Party | None = None
    about_receiver: LevelTold | None = None
    providers: tuple[Party, ...] = ()
    about_provider: LevelTold | None = None
    subscriber: Party | None = None
    dependent: Party | None = None
    claims: tuple[ClaimTold, ...] = ()
    carried: tuple[str, ...] = ()

    def patient(self) -> Party | None:
        """Whose claims they are, or None where the answer did not come that far."""
        return self.dependent or self.subscriber


@frozen(kw_only=True)
class StatusReport:
    """One 277 that answers a 276."""

    heading: Heading = _ANSWER
    answers: tuple[StatusAnswer, ...]
