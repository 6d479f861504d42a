"""What the patient's plan leaves to the patient: deductible, copay, coinsurance, and where it stops."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.kernel.code_ranges import NO_CODES, CodeRanges
from cleanclaim.kernel.money import Cents


@frozen
class Visit:
    """One kind of visit with a share of its own ("office", "ed", "preventive", "laboratory").

    It takes the services of ``codes`` or ``revenue_codes``; with ``whole_claim`` every line of a claim on
    which one of them stands. The copay is due once per claim.
    """

    kind: str
    codes: CodeRanges = NO_CODES
    revenue_codes: CodeRanges = NO_CODES
    copay_cents: Cents = 0
    coinsurance_basis_points: int = 0
    deductible_applies: bool = False
    whole_claim: bool = False

    def takes(self, code: str, revenue_code: str) -> bool:
        """Whether a service belongs to this kind of visit."""
        return self.codes.holds(code) or self.revenue_codes.holds(revenue_code)


@frozen
class Benefits:
    """A patient's benefits on the day of the service.

    A service of no ``visits`` kind falls under the deductible and ``coinsurance_basis_points``.
    ``stay_deductible_cents`` is the deductible of an inpatient stay (Medicare Part A); where it is set, a
    stay has no other share. ``stay_deductible_parameter`` names the dated figure instead of an amount.
    ``out_of_pocket_remaining_cents`` caps the whole share; None is no cap.
    """

    deductible_remaining_cents: Cents = 0
    coinsurance_basis_points: int = 0
    visits: tuple[Visit, ...] = ()
    out_of_pocket_remaining_cents: Cents | None = None
    stay_deductible_cents: Cents | None = None
    stay_deductible_parameter: str = ""
    source: str = ""
