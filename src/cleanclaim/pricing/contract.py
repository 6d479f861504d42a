"""A payer contract as data: dated terms, and in each the rules by which a service is priced."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.code_ranges import NO_CODES, CodeRanges
from cleanclaim.kernel.dated import DatedTable
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import Cents
from cleanclaim.pricing.benefits import Benefits


@frozen
class Scope:
    """Which lines a rule is for; an empty condition is no condition, all given ones must hold.

    ``claims`` holds "professional", "outpatient" and "inpatient".
    """

    claims: tuple[str, ...] = ()
    codes: CodeRanges = NO_CODES
    revenue_codes: CodeRanges = NO_CODES
    places: tuple[str, ...] = ()

    def covers(self, claim_kind: str, code: str, revenue_code: str, place: str) -> bool:
        """Whether a line is in scope."""
        return (
            (not self.claims or claim_kind in self.claims)
            and (not self.codes or self.codes.holds(code))
            and (not self.revenue_codes or self.revenue_codes.holds(revenue_code))
            and (not self.places or place in self.places)
        )


@frozen
class FeeRule:
    """A fee per service from a schedule, times a percentage.

    ``fees`` keys are codes, or a code and one modifier ("71046-26"), which goes before the code alone.
    A service that is not in the schedule falls to the next rule.
    """

    where: str
    scope: Scope
    schedule: str
    fees: Mapping[str, Cents]
    basis_points: int = 10_000
    per_unit: bool = True
    lesser_of_charge: bool | None = None


@frozen
class ChargeRule:
    """A percentage of the billed charge."""

    where: str
    scope: Scope
    basis_points: int
    lesser_of_charge: bool | None = None


@frozen
class PerDiemRule:
    """An amount per day, the line's units being days."""

    where: str
    scope: Scope
    day_cents: Cents
    lesser_of_charge: bool | None = None


@frozen
class BundledRule:
    """No payment of its own: it is paid with another service."""

    where: str
    scope: Scope


@frozen
class CaseRule:
    """One amount for a whole stay by its DRG: from a table, or a base rate times the DRG's weight.

    ``weights`` are ten-thousandths (1.3013 is 13013).
    """

    where: str
    scope: Scope
    rates: Mapping[str, Cents]
    base_cents: Cents = 0
    weights: Mapping[str, int] = {}
    lesser_of_charge: bool | None = None


@frozen
class CoordinationRule:
    """What this payer adds after another payer: the patient's part that the other left, by CARC.

    ``pays_reasons`` are the CARC of group PR that it takes over ("1" deductible, "2" coinsurance, "3" copay).
    """

    where: str
    pays_reasons: tuple[str, ...]


LineRule = FeeRule | ChargeRule | PerDiemRule | BundledRule


@frozen
class ModifierRate:
    """What a modifier does to a price, as a percentage of it."""

    where: str
    basis_points: int


@frozen
class Terms:
    """The contract as it stands for a time. Rules are tried in order, ``default`` last."""

    period: DatePeriod
    edition: str
    rules: tuple[LineRule, ...] = ()
    case_rules: tuple[CaseRule, ...] = ()
    coordination: CoordinationRule | None = None
    default: LineRule | None = None
    modifiers: Mapping[str, ModifierRate] = {}
    lesser_of_charge: bool = True
    sequestration_parameter: str = ""
    usual_benefits: Benefits | None = None


@frozen
class Contract:
    """A contract between the practice and one payer; ``document`` names the paper it was read from."""

    contract_id: str
    payer_id: str
    document: str
    terms: DatedTable[Terms]

    def cite(self, terms: Terms, where: str) -> Citation:
        """The place in the contract, as a citation."""
        return Citation(self.document, terms.edition, where)
