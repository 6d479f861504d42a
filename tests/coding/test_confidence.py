"""Confidence is a probability: it is as often right as it says, and it never contradicts its own order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from cleanclaim.coding.confidence import STEPS, probability_of, score_of
from cleanclaim.coding.logistic import calibration_error
from cleanclaim.coding.records import CodingResult


def test_a_surer_step_is_never_less_likely_right() -> None:
    chances = [probability_of(one) for one in STEPS]
    assert chances == sorted(chances, reverse=True)


def test_no_step_claims_to_be_certain() -> None:
    assert all(0.0 < probability_of(one) < 1.0 for one in STEPS)


def test_what_had_to_be_inferred_or_is_uncertain_is_never_surer() -> None:
    plain = {
        "diagnostic": True,
        "source": "title",
        "unspecified": False,
        "uncertain": False,
        "inferred": False,
    }
    best = score_of(**plain)
    for name in ("unspecified", "uncertain", "inferred"):
        assert score_of(**{**plain, name: True}) < best
    assert score_of(**{**plain, "diagnostic": False}) < best
    assert score_of(**{**plain, "source": "synonym"}) < best


def test_confidence_is_as_often_right_as_it_says_on_notes_that_nobody_fitted_rules_to(
    coder: Callable[..., CodingResult],
) -> None:
    pairs = []
    folder = Path(__file__).parent / "gold"
    names = (
        *("primary_care", "physicians", "auditor", "community_hospital", "specialists", "mixed_practice"),
        *("offices_and_stays", "late_comers"),
    )
    gold = [folder / f"blind_{name}.yaml" for name in names]
    for visit in (one for path in gold for one in yaml.safe_load(path.read_text(encoding="utf-8"))):
        right = {code for code, _ in visit["codes"]}
        found = coder(visit["note"], visit.get("setting", "outpatient"))
        pairs += [
            (one.confidence, one.code in right)
            for one in found.suggestions
            if one.status == "suggested" and one.system == "ICD-10-CM"
        ]
    assert len(pairs) > 40
    print(len(pairs), calibration_error(pairs))
    assert calibration_error(pairs) <= 0.05
