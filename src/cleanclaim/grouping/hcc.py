"""HCC risk scores of CMS, category by category; what no engine at hand can score says why."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cleanclaim.grouping.aca import score_aca
from cleanclaim.grouping.esrd import dialysis_in_institution, score_without_diagnoses
from cleanclaim.grouping.hcc_records import HccCase, HccCategory, HccResult
from cleanclaim.grouping.rxhcc import score_rxhcc
from cleanclaim.kernel.because import Because, Citation

__all__ = ["MODELS", "HccCase", "HccCategory", "HccResult", "group_hcc"]

MODELS = {
    "V24": "CMS-HCC Model V24",
    "V28": "CMS-HCC Model V28",
    "RXHCC": "RxHCC Model V08",
    "ESRD": "CMS-HCC ESRD Model V24",
}
"""The models of Medicare, and the engine's names for them; ACA (HHS-HCC) has an engine of its own."""

_RELEASE = "payment year 2026"
_RELEASES = {"V24": "payment year 2025, the last of this model"}
_DUALS = frozenset({"", "00", "01", "02", "03", "04", "05", "06", "08"})
_ENTITLEMENTS = frozenset({"", "0", "1", "2", "3"})
_CODE = re.compile(r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])[0-9A-Z]{0,4}")


def group_hcc(case: HccCase) -> HccResult:
    """Score a person. Never raises for a case: what cannot be scored says why.

    A new enrollee is scored as one in an institution too, as the new enrollee models have no factor for it.
    """
    fault = _fault(case)
    if fault:
        return _ungrouped(case, fault)
    if case.model == "ACA":
        return score_aca(case)
    engine = _engine(case.model)
    if engine is None:
        return _ungrouped(case, "the HCC engine hccinfhir is not installed")
    if case.model == "RXHCC":
        return score_rxhcc(case, _categories_of(case.model))
    if case.model == "ESRD" and (flat := score_without_diagnoses(case)) is not None:
        return flat
    on_dialysis = case.model == "ESRD" and case.graft_months is None
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
            lti=case.institutional and not on_dialysis and not case.new_enrollee,
            graft_months=case.graft_months,
        )
    except (ValueError, TypeError, KeyError) as error:
        return _ungrouped(case, f"the HCC engine refused the case: {type(error).__name__}")
    extra = (dialysis_in_institution(case),) if on_dialysis and case.institutional else ()
    return _result(case, raw, extra)


def _fault(case: HccCase) -> str:
    if case.model != "ACA" and case.model not in MODELS:
        return f"the model is none of {', '.join(MODELS)}, ACA"
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


def _result(case: HccCase, raw: Any, extra: tuple[tuple[str, Decimal], ...] = ()) -> HccResult:
    """The answer; ``extra`` are factors of the person that the engine does not know."""
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
    person += sum((value for _, value in extra), Decimal(0))
    total = sum((one.factor for one in categories), Decimal(0)) + sum(disease.values(), Decimal(0)) + person
    manual = Citation("CMS rate announcement, risk adjustment model", _release(case), MODELS[case.model])
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
        _release(case),
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


def _release(case: HccCase) -> str:
    return _RELEASES.get(case.model, _RELEASE)


def _plain(code: str) -> str:
    return code.replace(".", "").strip().upper()


def _ungrouped(case: HccCase, reason: str) -> HccResult:
    return HccResult(case.case_id, case.model, _release(case), None, reason=reason)


@lru_cache(maxsize=8)
def _engine(model: str) -> Any | None:
    """The engine for a model with the tables of the payment year; None without the package."""
    try:
        from hccinfhir import HCCInFHIR  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return HCCInFHIR(model_name=MODELS[model])


@lru_cache(maxsize=8)
def _categories_of(model: str) -> dict[str, frozenset[str]]:
    """The engine's mapping of a model: from a diagnosis without points to its categories."""
    engine = _engine(model)
    rows = engine.dx_to_cc_mapping if engine is not None else {}
    return {
        code: frozenset(str(one) for one in categories)
        for (code, name), categories in rows.items()
        if name == MODELS[model]
    }
