"""The ACA model (HHS-HCC V08) through the package risk-adjustment-model, where it is installed.

The package carries the tables of CMS's "do it yourself" software of the benefit year. It wants Python 3.12; without
it a case is ungrouped and says so.
"""

from __future__ import annotations

import threading
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cleanclaim.grouping.hcc_records import HccCase, HccCategory, HccResult
from cleanclaim.kernel.because import Because, Citation

BENEFIT_YEAR = 2026
RELEASE = f"benefit year {BENEFIT_YEAR}"
METALS = ("platinum", "gold", "silver", "bronze", "catastrophic")
_ABSENT = (
    "the ACA model (HHS-HCC) has no engine here: it comes with the package risk-adjustment-model, "
    "which needs Python 3.12 (pip install risk-adjustment-model)"
)
_MOST_DAYS = 366
_ONE_AT_A_TIME = threading.Lock()


def score_aca(case: HccCase) -> HccResult:
    """Score a person by HHS-HCC. Never raises for a case."""
    fault = _fault(case)
    engine = None if fault else _engine()
    if engine is None:
        return HccResult(case.case_id, case.model, RELEASE, None, reason=fault or _ABSENT)
    try:
        # The engine keeps the age group of the person it scores in itself.
        with _ONE_AT_A_TIME:
            raw = engine.score(
                gender=case.sex,
                metal_level=case.metal.capitalize(),
                csr_indicator=case.cost_sharing,
                enrollment_days=case.enrolled_days,
                diagnosis_codes=sorted({code.replace(".", "").strip().upper() for code in case.diagnoses}),
                ndc_codes=sorted(set(case.drugs)),
                proc_codes=sorted(set(case.services)),
                age=case.age,
                verbose=True,
            )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"the HCC engine refused the case: {type(error).__name__}"
        return HccResult(case.case_id, case.model, RELEASE, None, reason=reason)
    return _result(case, raw)


def _fault(case: HccCase) -> str:
    if case.metal not in METALS:
        return f"the metal level is none of {', '.join(METALS)}"
    if not 0 < case.enrolled_days <= _MOST_DAYS:
        return "the days of enrolment are outside 1 to 366"
    return ""


def _result(case: HccCase, raw: Any) -> HccResult:
    """A group counts once for all its categories; the codes of a group are those of its categories."""
    dropped = raw.dropped_category_details or {}
    categories, interactions, person = [], [], Decimal(0)
    for name, detail in raw.category_details.items():
        factor = Decimal(str(detail["coefficient"]))
        kind, triggers = str(detail["type"]), detail["trigger_code_map"] or ()
        if kind == "demographic":
            person += factor
        elif triggers:
            codes = [code for one in triggers for code in _codes(one, dropped)]
            label = "; ".join(_labels(detail, triggers, dropped))
            categories.append(HccCategory(_short(name), label, factor, tuple(sorted(codes))))
        elif factor:
            interactions.append((name, factor))
    total = sum((one.factor for one in categories), person) + sum(
        (factor for _, factor in interactions), Decimal(0)
    )
    manual = Citation("CMS HHS-HCC do-it-yourself software", RELEASE, f"V08, {case.metal}")
    because = tuple(
        Because(f"{one.hcc} counts {one.factor}", manual,
                (("codes", ", ".join(one.codes)), ("label", one.label)))
        for one in categories
    )  # fmt: skip
    return HccResult(
        case.case_id,
        case.model,
        RELEASE,
        total,
        tuple(categories),
        tuple(sorted(interactions)),
        person,
        "",
        because,
    )


def _codes(trigger: str, dropped: dict[str, Any]) -> tuple[str, ...]:
    """What put the person there: a code itself, or the codes of a category that its group stands for."""
    inner = dropped.get(trigger)
    return tuple(inner["trigger_code_map"] or ()) if inner else (trigger,)


def _labels(detail: dict[str, Any], triggers: Any, dropped: dict[str, Any]) -> list[str]:
    inner = [str(dropped[one]["category_description"]) for one in triggers if one in dropped]
    return inner or [str(detail["category_description"] or "")]


def _short(name: str) -> str:
    return name.removeprefix("HHS_HCC").lstrip("0") if name.startswith("HHS_HCC") else name


@lru_cache(maxsize=1)
def _engine() -> Any | None:
    try:
        from risk_adjustment_model import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
            CommercialModelV08,
        )
    except ImportError:
        return None
    return CommercialModelV08(BENEFIT_YEAR)
