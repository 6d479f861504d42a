"""What an HCC model is given and what it answers, the same for every model."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from cleanclaim.kernel.because import Because


@frozen(kw_only=True)
class HccCase:
    """A person and a year's diagnoses.

    ``age`` is in completed years on 1 February of the payment year (ACA: on the last day of enrolment), ``sex`` M or F.
    ``model`` is V24, V28, RXHCC, ESRD or ACA. ``dual`` is the dual eligibility code (00 to 08), ``orec`` and
    ``crec`` the original and current reason for entitlement (0 to 3). ``graft_months`` counts the months since a
    kidney transplant. Only ACA reads ``metal`` (platinum to catastrophic), ``enrolled_days`` of the benefit
    year, ``cost_sharing`` (the CSR indicator, 0 to 13) and the NDC and HCPCS codes of ``drugs`` and ``services``.
    """

    case_id: str
    age: int
    sex: str
    diagnoses: tuple[str, ...]
    model: str = "V28"
    dual: str = "00"
    orec: str = "0"
    crec: str = "0"
    new_enrollee: bool = False
    special_needs_plan: bool = False
    low_income: bool = False
    institutional: bool = False
    graft_months: int | None = None
    metal: str = "silver"
    enrolled_days: int = 365
    cost_sharing: int = 0
    drugs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@frozen
class HccCategory:
    """A category that counts: its label, its factor, and the codes that put the person there."""

    hcc: str
    label: str
    factor: Decimal
    codes: tuple[str, ...]


@frozen
class HccResult:
    """A score, or why there is none.

    ``score`` is the raw risk factor before normalisation and coding intensity, the sum of ``demographic``, the
    factors of ``categories`` and of ``interactions``; None exactly where ``reason`` says why.
    """

    case_id: str
    model: str
    release: str
    score: Decimal | None
    categories: tuple[HccCategory, ...] = ()
    interactions: tuple[tuple[str, Decimal], ...] = ()
    demographic: Decimal = Decimal(0)
    reason: str = ""
    because: tuple[Because, ...] = ()

    def grouped(self) -> bool:
        """Whether there is a score."""
        return self.score is not None
