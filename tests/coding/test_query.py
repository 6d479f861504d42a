"""Queries that ask without leading, and the linter that stops those that do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.claims.encounter import Setting
from cleanclaim.coding.query import ProviderQuery, draft_queries, lint_query
from cleanclaim.coding.records import CodingResult
from cleanclaim.documents.note import Span

Coder = Callable[..., CodingResult]
CLOSING = ("Other (please state)", "Unable to determine")


@pytest.mark.parametrize(
    ("assessment", "about"),
    [
        ("Heart failure. BNP 900, echo EF 30%.", "heart failure"),
        ("CKD, eGFR 41.", "stage"),
        ("Anemia, Hgb 7.9.", "anemia"),
        ("Depression, PHQ-9 14.", "depression"),
        ("Carpal tunnel syndrome.", "side"),
        ("Atrial fibrillation on EKG.", "atrial fibrillation"),
        ("Type 2 diabetes, uncontrolled. A1c 9.4.", "out of control"),
    ],
)
def test_an_open_axis_becomes_a_query_that_passes_its_own_linter(
    coder: Coder, assessment: str, about: str
) -> None:
    text = f"HPI: seen.\nAssessment: {assessment}"
    drafts = draft_queries(text, coder(text), Setting.OUTPATIENT)
    assert [one for one in drafts if about in one.question], [one.question for one in drafts]
    for draft in drafts:
        assert lint_query(draft) == ()
        assert draft.choices[-2:] == CLOSING
        assert all(text[span.start : span.end] == span.text for span in draft.indicators)


def test_statements_that_conflict_are_asked_about(coder: Coder) -> None:
    text = "HPI: no asthma.\nAssessment: Asthma, stable."
    drafts = draft_queries(text, coder(text), Setting.OUTPATIENT)
    assert any("different things" in one.question for one in drafts)


def test_what_is_fully_stated_is_not_asked(coder: Coder) -> None:
    text = "Assessment: Chronic diastolic heart failure. CKD stage 4. Left carpal tunnel syndrome."
    assert draft_queries(text, coder(text), Setting.OUTPATIENT) == ()


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Please document acute heart failure.", "leads"),
        ("Would you agree this is sepsis?", "leads"),
        ("What best describes it, so that we can bill it?", "leads"),
        ("What best describes it? It changes the DRG.", "payment"),
        ("What best describes it? Reimbursement depends on it.", "payment"),
        ("What best describes it? It is an MCC.", "payment"),
        ("Does the patient have malnutrition?", "yes or no"),
    ],
)
def test_a_query_that_leads_or_speaks_of_money_is_stopped(question: str, rule: str) -> None:
    query = ProviderQuery("I50.9", question, (Span(0, 1, "x"),), ("Acute", "Chronic", *CLOSING))
    assert any(rule in fault.rule for fault in lint_query(query))


def test_a_query_with_one_answer_or_without_indicators_is_stopped() -> None:
    query = ProviderQuery("I50.9", "What best describes it?", (), ("Acute",))
    rules = {fault.rule for fault in lint_query(query)}
    assert rules == {"lacks a choice", "offers one answer only", "shows no clinical indicator"}
