"""Queries that ask without leading, and the linter that stops those that do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.queries.query import ProviderQuery, draft_queries
from cleanclaim.coding.queries.query_lint import lint_query
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
        assert lint_query(draft, text) == ()
        assert draft.choices[-2:] == CLOSING
        assert all(text[span.start : span.end] == span.text for span in draft.indicators)


def test_statements_that_conflict_are_asked_about(coder: Coder) -> None:
    text = "HPI: no asthma.\nAssessment: Asthma, stable."
    drafts = draft_queries(text, coder(text), Setting.OUTPATIENT)
    assert any("different things" in one.question for one in drafts)


def test_a_disease_left_out_as_absent_and_then_treated_is_asked_about(coder: Coder) -> None:
    text = "Assessment:\n1. Gout. Hypertension is absent. Hypertension, continue lisinopril."
    (draft,) = [one for one in draft_queries(text, coder(text), Setting.OUTPATIENT) if one.code == "I10"]
    assert [text.count("Hypertension", 0, span.start) for span in draft.indicators] == [1, 0]


def test_what_is_only_denied_is_no_contradiction(coder: Coder) -> None:
    assert coder("HPI: no asthma.\nAssessment: Gout. No asthma.").conflicting == ()


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


CHART = (
    "HPI: weak for a week, one unit transfused after a bleeding ulcer. Breathless on stairs.\n"
    "Results: Hgb 7.9, ferritin 9. BNP 900.\nAssessment: Anemia. Heart failure.\n"
)
ASKS = "Based on your clinical judgment, what best describes the anemia?"


def _query(**changed: object) -> ProviderQuery:
    start = CHART.index("Hgb 7.9")
    fields: dict[str, object] = {
        "code": "D64.9",
        "question": ASKS,
        "indicators": (Span(start, start + 7, "Hgb 7.9"),),
        "choices": ("Acute blood loss", "Iron deficiency", *CLOSING),
    }
    return ProviderQuery(**(fields | changed))  # type: ignore[arg-type]


def _rules(query: ProviderQuery) -> set[str]:
    return {fault.rule for fault in lint_query(query, CHART)}


def test_a_query_that_keeps_to_the_practice_has_no_fault() -> None:
    assert _rules(_query()) == set()


@pytest.mark.parametrize(
    ("title", "leads"),
    [
        ("Clarification of the documentation", False),
        ("Hemoglobin of 09/14", False),
        ("Acute blood loss anemia", True),
        ("Iron deficiency?", True),
        ("Sepsis clarification", True),
        ("Please document the anemia", True),
    ],
)
def test_a_title_names_no_answer(title: str, leads: bool) -> None:
    assert bool(_rules(_query(title=title)) & {"has a leading title", "leads to an answer"}) is leads


@pytest.mark.parametrize(
    ("choices", "one_only"),
    [
        (("Acute blood loss", *CLOSING), False),
        (("Acute blood loss", "acute Blood Loss"), True),
        (CLOSING, True),
    ],
)
def test_an_answer_never_stands_alone(choices: tuple[str, ...], one_only: bool) -> None:
    assert ("offers one answer only" in _rules(_query(choices=choices))) is one_only


@pytest.mark.parametrize(
    ("said", "pays"),
    [
        ("It raises the severity of illness.", True),
        ("It is a quality measure of ours.", True),
        ("It counts in your star rating.", True),
        ("It lowers the length of stay we expect.", True),
        ("The quality of the pain was dull and its severity mild.", False),
        ("The lipid profile was drawn too.", False),
        ("There is no denial of alcohol in the history.", False),
    ],
)
def test_money_and_scores_are_no_reason_to_ask(said: str, pays: bool) -> None:
    assert ("speaks of payment" in _rules(_query(question=f"{ASKS} {said}"))) is pays


@pytest.mark.parametrize(
    ("choice", "supported"),
    [
        ("Acute blood loss", True),
        ("Iron deficiency", True),
        ("Anemia in chronic disease (please name the disease)", False),
        ("Acute pancreatitis", False),
    ],
)
def test_a_choice_stands_on_a_sign_in_the_chart(choice: str, supported: bool) -> None:
    rules = _rules(_query(choices=(choice, "Chronic heart failure", *CLOSING)))
    assert ("offers a choice without clinical support" not in rules) is supported


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("What best describes the possible sepsis?", "puts a condition forward as possible"),
        ("What best describes the pancreatitis?", "names a condition that the chart does not"),
        ("What best describes the heart failure?", ""),
        ("What best describes the type of the possible heart failure?", ""),
    ],
)
def test_no_condition_is_brought_in_that_the_chart_does_not_name(question: str, rule: str) -> None:
    assert _rules(_query(question=question)) == ({rule} if rule else set())


def test_yes_or_no_is_asked_only_of_what_is_documented() -> None:
    both = ("Yes", "No", *CLOSING)
    assert _rules(_query(question="Was the anemia present on admission?", choices=both)) == set()
    assert "asks for yes or no" in _rules(_query(question="Was the anemia present on admission?"))
    assert "asks for yes or no" in _rules(_query(question="Does she have pancreatitis?", choices=both))


def test_indicators_are_words_of_this_chart() -> None:
    rules = _rules(_query(indicators=(Span(0, 7, "Hgb 6.1"),)))
    assert rules == {"shows words that are not the chart's"}


def test_a_draft_offers_only_causes_that_the_chart_speaks_of(coder: Coder) -> None:
    bleeding = "HPI: black stools, melena.\nResults: Hgb 7.9.\nAssessment: Anemia."
    silent = "HPI: tired.\nResults: Hgb 7.9.\nAssessment: Anemia."
    (of_bleeding,) = draft_queries(bleeding, coder(bleeding), Setting.OUTPATIENT)
    (of_silent,) = draft_queries(silent, coder(silent), Setting.OUTPATIENT)
    assert "Acute blood loss" in of_bleeding.choices
    assert "Iron deficiency" not in of_bleeding.choices
    assert of_silent.choices == ("Known (please name it)", *CLOSING)


def test_indicators_that_overlap_are_one_and_carry_no_heading(coder: Coder) -> None:
    text = "HPI: seen.\nResults: BNP 900, echo EF 30%.\nAssessment: Heart failure."
    (draft,) = draft_queries(text, coder(text), Setting.OUTPATIENT)
    said = [span.text for span in draft.indicators]
    assert said == ["Heart failure", "BNP 900, echo EF 30"]
