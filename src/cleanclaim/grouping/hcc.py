"""HCC risk scores of CMS, category by category; what no engine at hand can score says why."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.kernel.because import Because, Citation

MODELS = {
    "V24": "CMS-HCC Model V24",
    "V28": "CMS-HCC Model V28",
    "RXHCC": "RxHCC Model V08",
    "ESRD": "CMS-HCC ESRD Model V24",
}
"""The models that can be scored, and the engine's names for them. ACA (HHS-HCC) has no engine here."""

_RELEASE = "payment year 2026"
_DUALS = frozenset({"", "00", "01", "02", "03", "04", "05", "06", "08"})
_ENTITLEMENTS = frozenset({"", "0", "1", "2", "3"})
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
_YOUNG_BREAST = frozenset({"C50A0", "C50A1", "C50A2"})
_ABOVE_22 = frozenset({"17", "18", "19", "20", "21"})
_FIFTY = 50


@frozen(kw_only=True)
class HccCase:
    """A person and a year's diagnoses.

    ``age`` is in completed years on 1 February of the payment year, ``sex`` M or F. ``model`` is V24, V28, RXHCC,
    ESRD or ACA. ``dual`` is the dual eligibility code (00 to 08), ``orec`` and ``crec`` the original and current
    reason for entitlement (0 to 3). ``graft_months`` counts the months since a kidney transplant.
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


@frozen
class HccCategory:
    """A category that counts: its label, its factor, and the diagnoses that put the person there."""

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


def group_hcc(case: HccCase) -> HccResult:
    """Score a person. Never raises for a case: what cannot be scored says why."""
    fault = _fault(case)
    if fault:
        return _ungrouped(case, fault)
    engine = _engine(case.model)
    if engine is None:
        return _ungrouped(case, "the HCC engine hccinfhir is not installed")
    codes = sorted({_plain(code) for code in case.diagnoses})
    try:
        raw = engine.calculate_from_diagnosis(
            codes,
            age=case.age,
            sex=case.sex,
            dual_elgbl_cd=case.dual or "NA",
            orec=case.orec,
            crec=case.crec,
            new_enrollee=case.new_enrollee,
            snp=case.special_needs_plan,
            low_income=case.low_income,
            lti=case.institutional,
            graft_months=case.graft_months,
        )
    except (ValueError, TypeError, KeyError) as error:
        return _ungrouped(case, f"the HCC engine refused the case: {type(error).__name__}")
    if _lost_breast(case, codes, set(raw.hcc_list)):
        return _ungrouped(
            case, "the engine loses HCC 22 for C50.A0 to C50.A2 below 50 years; score this by hand"
        )
    return _result(case, raw)


def _fault(case: HccCase) -> str:
    if case.model not in MODELS:
        known = ", ".join(MODELS)
        return (
            "no engine for the ACA model (HHS-HCC)"
            if case.model == "ACA"
            else f"the model is none of {known}, ACA"
        )
    if not 0 <= case.age <= 124:
        return "the age is outside 0 to 124 years"
    if case.sex not in ("M", "F"):
        return "the models know the sexes M and F only"
    if case.dual not in _DUALS or case.orec not in _ENTITLEMENTS or case.crec not in _ENTITLEMENTS:
        return "the dual eligibility or entitlement code is none that the models know"
    bad = [code for code in case.diagnoses if not _CODE.fullmatch(_plain(code))]
    return (
        f"a diagnosis does not look like an ICD-10-CM code: {len(bad)} of {len(case.diagnoses)}"
        if bad
        else ""
    )


def _lost_breast(case: HccCase, codes: list[str], found: set[str]) -> bool:
    """Whether an inflammatory breast cancer below 50 years is not counted in HCC 22 or in a category above it."""
    young = case.model == "V28" and case.age < _FIFTY and bool(_YOUNG_BREAST & set(codes))
    return young and not found & {"22", *_ABOVE_22} and not case.new_enrollee


def _result(case: HccCase, raw: Any) -> HccResult:
    categories = tuple(
        HccCategory(
            str(one.hcc),
            str(one.label or ""),
            Decimal(str(one.coefficient or 0)),
            tuple(sorted(raw.cc_to_dx.get(one.hcc, ()))),
        )
        for one in sorted(raw.hcc_details, key=lambda one: (len(one.hcc), one.hcc))
    )
    counted = {one.hcc for one in categories}
    applied = {name: Decimal(str(value)) for name, value in raw.coefficients.items() if name not in counted}
    disease = {name: value for name, value in applied.items() if not _demographic(name, raw) and value}
    person = sum((value for name, value in applied.items() if _demographic(name, raw)), Decimal(0))
    total = sum((one.factor for one in categories), Decimal(0)) + sum(disease.values(), Decimal(0)) + person
    manual = Citation("CMS rate announcement, risk adjustment model", _RELEASE, MODELS[case.model])
    reasons = tuple(
        Because(
            f"HCC {one.hcc} counts {one.factor}",
            manual,
            (("codes", ", ".join(one.codes)), ("label", one.label)),
        )
        for one in categories
    )
    return HccResult(
        case.case_id,
        case.model,
        _RELEASE,
        total,
        categories,
        tuple(sorted(disease.items())),
        person,
        "",
        reasons,
    )


def _demographic(name: str, raw: Any) -> bool:
    """Whether a factor is the person's own: age and sex, disability, institution, dual status."""
    category = str(getattr(raw.demographics, "category", "") or "")
    return name == category or name.startswith(
        ("OriginallyDisabled", "NMCAID", "MCAID", "LTI", "F", "M", "NEF", "NEM")
    )


def _plain(code: str) -> str:
    return code.replace(".", "").strip().upper()


def _ungrouped(case: HccCase, reason: str) -> HccResult:
    return HccResult(case.case_id, case.model, _RELEASE, None, reason=reason)


@lru_cache(maxsize=8)
def _engine(model: str) -> Any | None:
    """The engine for a model with the tables of the payment year; None without the package."""
    try:
        from hccinfhir import HCCInFHIR  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return HCCInFHIR(model_name=MODELS[model])
