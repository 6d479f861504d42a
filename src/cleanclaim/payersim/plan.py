"""A pretend payer's plan: who its members are, what it pays, what it refuses, all of it data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from cleanclaim.claims.parties import Address
from cleanclaim.kernel.code_ranges import NO_CODES, CodeRanges
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import Cents


@frozen
class ShareRule:
    """The member's part for one kind of service; ``kind`` is a name of the plan's own."""

    kind: str
    codes: CodeRanges = NO_CODES
    revenue_codes: CodeRanges = NO_CODES
    copay_cents: Cents = 0
    coinsurance_basis_points: int = 0
    deductible: bool = False
    whole_claim: bool = False

    def fits(self, code: str, revenue_code: str) -> bool:
        """Whether a service is of this kind."""
        return self.codes.holds(code) or self.revenue_codes.holds(revenue_code)


@frozen
class Product:
    """Benefits that members hold. What no rule fits bears deductible and ``coinsurance_basis_points``."""

    name: str
    rules: tuple[ShareRule, ...] = ()
    coinsurance_basis_points: int = 0
    stay_deductible_cents: Cents | None = None


@frozen
class Member:
    """A member as the payer knows it; ``coverage`` is the payer's truth, whatever the card says."""

    member_id: str
    product: Product
    coverage: DatePeriod
    deductible_remaining_cents: Cents = 0
    limit_remaining_cents: Cents | None = None


@frozen
class Refusal:
    """How a refused amount is written: CAS group, CARC, RARC."""

    group: str
    reason: str
    remarks: tuple[str, ...] = ()


@frozen
class DenialRule:
    """One reason not to pay a line. An empty condition is none; all given ones must hold.

    ``modifiers`` and ``diagnoses``: at least one of them is there. ``without_...``: none of them is there.
    ``with_codes``: another line of the claim has one. ``without_authorization``: no number, or one the payer
    never gave. ``units_over`` refuses only the units above it.
    """

    name: str
    refusal: Refusal
    period: DatePeriod
    codes: CodeRanges = NO_CODES
    revenue_codes: CodeRanges = NO_CODES
    claims: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    without_modifiers: tuple[str, ...] = ()
    diagnoses: CodeRanges = NO_CODES
    without_diagnoses: CodeRanges = NO_CODES
    with_codes: CodeRanges = NO_CODES
    without_authorization: bool = False
    units_over: int | None = None


@frozen
class Requirement:
    """Something without which the payer does not take a claim in: a rejection of category A7, never a denial.

    ``lacks`` is one of the words of `acceptance.LACKING`; ``status`` the claim status code of the STC.
    """

    name: str
    lacks: str
    status: str
    message: str
    codes: CodeRanges = NO_CODES
    entity: str = ""


@frozen
class ScriptedTakeBack:
    """A payment that the payer will regret: the claim, and the lines that it refuses on second thoughts."""

    claim_id: str
    codes: CodeRanges
    refusal: Refusal


@frozen
class Plan:
    """One payer of the pretend world.

    ``fees`` go by code, by code and modifier ("71046-26"); ``hospital_fees`` likewise for outpatient bills,
    or by revenue code. ``unlisted`` is a percentage of the charge in basis points, or a refusal.
    ``takes_over`` are the CARC of group PR that it pays after another payer (empty: it pays first only).
    ``accepts_with`` is "A2" (with a claim number) or "A1" (receipt only).
    """

    payer_id: str
    name: str
    tax_id: str
    filing_indicator: str
    address: Address
    phone: str
    members: Mapping[str, Member]
    hospital_filing_indicator: str = ""
    fees: Mapping[str, Cents] = {}
    hospital_fees: Mapping[str, Cents] = {}
    unlisted: int | Refusal = Refusal("CO", "96", ("N130",))
    stay_rates: Mapping[str, Cents] = {}
    drg_of_diagnosis: Mapping[str, str] = {}
    not_covered_then: Refusal = Refusal("CO", "27", ("N30",))
    denials: tuple[DenialRule, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    authorizations: tuple[str, ...] = ()
    takes_over: tuple[str, ...] = ()
    sequestration_basis_points: int = 0
    filing_days: int | None = None
    accepts_with: str = "A2"
    crossover_payer_id: str = ""
    crossover_payer_name: str = ""
    take_backs: tuple[ScriptedTakeBack, ...] = ()

    def covers(self, member_id: str, day: dt.date) -> bool:
        """Whether the payer knows the member and covers the day."""
        member = self.members.get(member_id)
        return member is not None and member.coverage.contains(day)


Plans = Mapping[str, Plan]
"""The payers of the pretend world by their payer id."""
