"""Every edit, on both sides of its edge, as `tests/cases/edits/<ID>.yaml` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cleanclaim.edits.registry import EDITS
from cleanclaim.edits.report import ScrubReport
from cleanclaim.edits.scrub import scrub

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "edits"
IDS = [edit.about.edit_id for edit in EDITS]


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            found.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}"))
    return found


def _found(report: ScrubReport, edit_id: str) -> list[Any]:
    of_payer = edit_id == "PAYER"
    return [
        finding
        for claim in report.claims
        for finding in claim.findings
        if finding.edit == edit_id or (of_payer and finding.edit.startswith("PAYER-"))
    ]


@pytest.mark.parametrize(("edit_id", "case"), _cases())
def test_an_edit_fires_on_its_side_of_the_edge_only(edit_id: str, case: dict[str, Any], bench: Any) -> None:
    claims = [bench.claim(case.get("base", "office"), case.get("change"))]
    claims = [bench.claim(**each) for each in case.get("before", [])] + claims
    report = scrub(claims, bench.context(case.get("context")))
    found = _found(report, edit_id)
    expected = case.get("expect", [])
    assert [(item.line, item.severity.value) for item in found] == [
        (each.get("line"), each.get("severity", "reject")) for each in expected
    ], [item.message for item in found]
    for finding, each in zip(found, expected, strict=True):
        assert each.get("says", "") in finding.message
        assert each.get("edit", finding.edit) == finding.edit
    for reason in case.get("not_checked", []):
        assert any(item.edit == edit_id and reason in item.reason for item in report.not_checked)


@pytest.mark.parametrize("edit_id", IDS)
def test_every_edit_has_a_hit_a_near_miss_and_a_citation(edit_id: str) -> None:
    path = FOLDER / f"{edit_id}.yaml"
    assert path.is_file(), f"no case file for {edit_id}"
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    assert any(case.get("expect") for case in cases), "no hit"
    assert any(not case.get("expect") for case in cases), "no near miss"
    edit = next(edit for edit in EDITS if edit.about.edit_id == edit_id).about
    assert edit.guards.endswith(".")
    assert edit.citation.source and edit.citation.release and edit.citation.where


def test_no_case_file_is_for_an_edit_that_does_not_exist() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(IDS)
