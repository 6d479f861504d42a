"""Payer profiles read from data: what is wrong is refused by name, never skipped."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from cleanclaim.edits import load_payer_profiles
from cleanclaim.edits.conditions import read_conditions
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import examples_folder

GOOD = yaml.safe_load("""
payers:
  - payer_id: EXCHM
    name: Cedar HMO
    filing_indicator: HM
    address: {line1: 1 Cedar Way}
    timely_filing_days: 180
    corrections: new-claim
    rules:
      - id: SCAN-AUTH
        when: {codes: ["73721", "70551-70553"], authorization: missing}
        severity: warn
        message: No authorization.
        fix: Ask for it.
        citation: {source: Manual, release: "2026", where: List}
        from: 2026-01-01
""")


def test_a_good_profile_is_read() -> None:
    (profile,) = load_payer_profiles(GOOD)
    assert (profile.payer_id, profile.timely_filing_days, profile.corrections) == ("EXCHM", 180, "new-claim")
    (rule,) = profile.rules
    assert rule.edit_id() == "PAYER-EXCHM-SCAN-AUTH"
    assert rule.when.by_line and rule.when.wants_authorization


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("timely_filing_days", 0, "payer EXCHM: timely_filing_days"),
        ("timely_filing_days", "180", "timely_filing_days"),
        ("timely_filing_days", True, "timely_filing_days"),
        ("corrections", "fax", "corrections"),
        ("name", "", "name"),
        ("rules.0.severity", "fatal", "rule SCAN-AUTH: severity"),
        ("rules.0.citation", {"source": "Manual"}, "citation"),
        ("rules.0.citation", None, "citation"),
        ("rules.0.from", None, "from and to"),
        ("rules.0.from", "2026-01-01", "from and to"),
        ("rules.0.to", __import__("datetime").date(2025, 1, 1), "ends"),
        ("rules.0.id", "scan auth", "no rule id"),
        ("rules.0.whne", {}, "unknown key 'whne'"),
        ("rules.0.when", {}, "when it holds"),
        ("rules.0.when", {"code": ["73721"]}, "unknown condition 'code'"),
        ("rules.0.when", {"codes": "73721"}, "list of texts"),
        ("rules.0.when", {"codes": [73721]}, "list of texts"),
        ("rules.0.when", {"codes": ["70553-70551"]}, "no range"),
        ("rules.0.when", {"authorization": "absent"}, "neither missing nor present"),
        ("rules.0.when", {"age_max": -1}, "whole number"),
        ("rules.0.when", {"sex": "X"}, "no sex code"),
        ("rules.0.when", {"kind": "dental"}, "no kind of claim"),
    ],
)
def test_what_is_wrong_is_refused_by_name(path: str, value: Any, named: str) -> None:
    raw = copy.deepcopy(GOOD)
    target = raw["payers"][0]
    *way, last = path.split(".")
    for step in way:
        target = target[int(step)] if step.isdigit() else target[step]
    target[last] = value
    with pytest.raises(InputError) as caught:
        load_payer_profiles(raw)
    assert named in str(caught.value)


@pytest.mark.parametrize("raw", [{}, {"payers": None}, {"payers": "EXCHM"}, {"payers": ["EXCHM"]}, [], None])
def test_a_file_of_another_shape_is_refused(raw: Any) -> None:
    with pytest.raises(InputError):
        load_payer_profiles(raw)


def test_a_payer_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="given twice"):
        load_payer_profiles({"payers": GOOD["payers"] * 2})


def test_the_example_practice_keeps_its_payers_in_this_form() -> None:
    raw = yaml.safe_load((examples_folder() / "payers.yaml").read_text(encoding="utf-8"))
    profiles = load_payer_profiles(raw)
    assert {"EXMCR", "EXHPO", "EXCHM", "EXMCD"} <= {profile.payer_id for profile in profiles}
    assert all(profile.timely_filing_days for profile in profiles)


@pytest.mark.parametrize(
    ("when", "base", "change", "holds"),
    [
        ({"units_over": 3}, "office", {"lines.1.units": "4"}, True),
        ({"units_over": 3}, "office", {"lines.1.units": "3"}, False),
        ({"charge_over_cents": 4549}, "office", {}, True),
        ({"charge_over_cents": 4550}, "office", {}, False),
        ({"pos": ["11"]}, "office", {}, True),
        ({"not_pos": ["11"]}, "office", {}, False),
        ({"pos": ["12"]}, "office", {"lines.1.place_of_service": "12"}, True),
        ({"revenue_codes": ["0320-0329"]}, "outpatient", {}, True),
        ({"bill_types": ["013"]}, "outpatient", {}, True),
        ({"bill_types": ["0111"]}, "outpatient", {}, False),
        ({"kind": "institutional"}, "office", {}, False),
        ({"diagnoses_any": ["E11"]}, "office", {}, True),
        ({"diagnoses_none": ["E11"]}, "office", {}, False),
        ({"diagnoses_none": ["M54"]}, "office", {}, True),
        ({"modifiers_any": ["GP"]}, "office", {}, False),
        ({"modifiers_none": ["GP"]}, "office", {}, True),
        ({"not_codes": ["83036"]}, "office", {}, False),
        ({"age_min": 69}, "office", {}, True),
        ({"age_min": 70}, "office", {}, False),
        ({"sex": "F"}, "office", {}, True),
        ({"frequency": ["7", "8"]}, "office", {}, False),
        ({"referral": "missing"}, "office", {}, True),
        ({"clia": "present"}, "office", {}, True),
        ({"ndc": "missing"}, "office", {}, True),
        ({"accident": "missing"}, "office", {}, True),
        ({"onset_date": "present"}, "office", {"onset_date": "2026-10-01"}, True),
        ({"onset_date": "missing"}, "outpatient", {}, True),
        ({"property_casualty_number": "present"}, "office", {}, False),
        ({"group_number": "missing"}, "office", {}, True),
        ({"referring_provider": "missing"}, "office", {}, True),
        ({"rendering_provider": "missing"}, "office", {}, False),
        ({"ordering_provider": "present"}, "office", {}, False),
    ],
)
def test_each_condition_asks_what_it_says(
    when: dict[str, Any], base: str, change: dict[str, Any], holds: bool, bench: Any
) -> None:
    claim = bench.claim(base, change)
    conditions = read_conditions(when)
    line = claim.lines[1] if conditions.by_line else None
    assert conditions.hold(claim, line) is holds
