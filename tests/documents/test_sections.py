"""A plan by problem: the next problem stands in the assessment again after the small headings of the one before."""

from __future__ import annotations

import pytest

from cleanclaim.documents.heading_words import heading_kind
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase


def _kind_of(text: str, words: str) -> str:
    note = read_note(text)
    at = text.index(words)
    return next(section.kind for section in note.sections if section.start <= at < section.end)


def test_patient_education_does_not_swallow_the_next_numbered_problem() -> None:
    text = (
        "ASSESSMENT AND PLAN\n1. Plantar fasciitis.\nMedical Treatment: Night splint.\n"
        "Patient Education: Never barefoot.\n\n2. Class 1 obesity.\nMedical Treatment: Dietitian.\n"
    )
    assert _kind_of(text, "barefoot") == "instructions"
    assert _kind_of(text, "obesity") == "assessment_plan"


def test_a_problem_without_a_number_begins_anew_after_small_headings() -> None:
    text = (
        "ASSESSMENT AND PLAN\nHypertension.\nPatient Education: Salt was discussed.\n"
        "Gout of the left foot.\nMedical Treatment: Colchicine.\n"
    )
    assert _kind_of(text, "Gout") == "assessment_plan"


def test_a_plan_under_each_numbered_problem_goes_back_to_the_assessment() -> None:
    text = "Assessment:\n1. Hypertension\nPlan: lisinopril\n2. Diabetes\nPlan: metformin\n"
    assert _kind_of(text, "lisinopril") == "plan"
    assert _kind_of(text, "Diabetes") == "assessment"


def test_a_plan_with_a_list_of_its_own_ends_the_assessment() -> None:
    text = "Assessment:\n1. Hypertension\n2. Diabetes\nPlan:\n1. Lisinopril\n2. Metformin\n3. Screening for cancer\n"
    assert _kind_of(text, "Screening") == "plan"


def test_return_precautions_at_the_same_rank_end_the_assessment() -> None:
    text = "Assessment: strep throat\nReturn precautions: call for stridor\n\nCall for dehydration too.\n"
    assert _kind_of(text, "dehydration") == "instructions"


def test_diagnoses_under_a_heading_after_a_sentence_are_found() -> None:
    text = "ED note.\n\nAttending: seen with the resident. My diagnoses:\nHypokalemia, K 2.7\n"
    assert _kind_of(text, "Hypokalemia") == "diagnosis"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Diagnoses treated in this session", "diagnosis"),
        ("My overall impression", "assessment"),
        ("Impression and recommendations for today", "assessment_plan"),
        ("Problems addressed and plan", "assessment_plan"),
        ("Present regimen", "medications"),
        ("Why she came", "chief_complaint"),
        ("Problems with sleep", ""),
        ("Plan B", ""),
        ("The patient", ""),
        ("No exam", ""),
    ],
)
def test_a_heading_no_list_foresees_is_known_by_its_words(heading: str, kind: str) -> None:
    assert heading_kind(phrase(heading)) == kind


def test_a_list_without_a_heading_goes_on_after_small_headings() -> None:
    text = (
        "Telehealth visit.\n\nLabs fine.\n\n1. Hypertension - controlled\nPatient Education: Salt was discussed.\n"
        "2. Gout - quiet\nPatient Education: Diet was discussed.\n"
    )
    assert _kind_of(text, "Gout") == "assessment_plan"


def test_a_sentence_does_not_reach_from_one_part_into_the_next() -> None:
    text = "Impression:\n1. Iron deficiency anemia of a kind long since known\nPatient Education: Call if worse\n"
    note = read_note(text)
    assert "Education" not in note.text[note.sentences[0].start : note.sentences[0].end]


def test_entries_of_a_list_within_one_line_are_entries() -> None:
    text = "Assessment:\n1. Gout, quiet. 2. Anemia, Hgb 9.7: iron 3. Sprain, grade 2 of 3\n"
    note = read_note(text)
    assert [(item.number, text[item.start : item.start + 6]) for item in note.items] == [
        (1, "1. Gou"),
        (2, "2. Ane"),
        (3, "3. Spr"),
    ]


def test_emphasis_is_no_bullet() -> None:
    note = read_note("**Assessment:** gout\n* anemia\n")
    assert [note.text[item.start : item.end] for item in note.items] == ["anemia"]


@pytest.mark.parametrize("leader", [" ......... ", " | ", " = ", " -> ", "\t", "      "])
def test_dots_bars_and_columns_lead_from_a_heading_to_its_text(leader: str) -> None:
    text = f"ED visit\nCHIEF COMPLAINT{leader}cut finger\nFINAL DX{leader}laceration of thumb\nPLAN{leader}home\n"
    assert _kind_of(text, "cut") == "chief_complaint"
    assert _kind_of(text, "laceration") in {"diagnosis", "discharge_dx"}
    assert _kind_of(text, "home") == "plan"


def test_a_follow_up_over_a_note_tells_what_the_visit_is() -> None:
    assert (
        _kind_of("Follow up - pain after zoster\n\nShe takes methotrexate.\nA: RA.", "methotrexate")
        == "opening"
    )
    assert _kind_of("HPI: well.\nA: RA.\nFollow up: call for fever.", "fever") == "instructions"


def test_a_long_sentence_over_the_list_heads_it() -> None:
    text = "HPI: well.\n\nI have listed the following for this visit:\nGout.\nAsthma."
    assert _kind_of(text, "Gout") == "diagnosis"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Exam: heart regular.\n\nThoughts and actions\n-- Weight loss.\n-- Mild dementia.\n",
            "Mild dementia",
        ),
        ("EXAMINATION. No rub.\n\nPROBLEMS DEALT WITH\nCKD STAGE 4: slow.\nGOUT: same.\n", "GOUT"),
        ("HPI: x\nLabs: Hb 13\n\nWhat we settled\nGout, same.\nAsthma, same.", "Asthma"),
        ("Exam: 1 cm wound\n1/ pressure injury, stage 2. Foam.\n2/ dementia.\n", "dementia"),
        ("PE fine\nA  post-COVID condition with\n   - chronic cough\nP  cough: gabapentin", "chronic"),
        ("PE. fine\nA. Toe. BP.\nP. Stop HCTZ", "Toe"),
    ],
)
def test_an_assessment_in_its_own_words_or_letters_is_one(text: str, words: str) -> None:
    assert _kind_of(text, words) in {"assessment_plan", "assessment"}


def test_short_lines_of_findings_head_nothing() -> None:
    text = "Exam:\nHeart regular\nLungs clear\nPlan: rest.\n"
    assert _kind_of(text, "Lungs") == "exam"


def test_a_date_or_a_murmur_numbers_no_entry() -> None:
    note = read_note("Assessment: gout.\n2/6 murmur unchanged.\n3/14 labs fine.")
    assert all(item.number is None for item in note.items)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Exam: lungs clear.\nDecision making:\n- Gout of the toe. Rest.", "assessment_plan"),
        ("HPI: itch.\nDiagnoses are: Gout of the toe.", "diagnosis"),
        ("FH: mother stroke\n\na/p\n Gout of the toe - rest", "assessment_plan"),
        ("HPI: she was lowered to the pew, so no\ninjury. Gout of the toe flared.", "hpi"),
        ("HPI: itch.\nProblem list reviewed: Gout of the toe.\nDx: Eczema.", "problem_list"),
    ],
)
def test_headings_in_plain_words(text: str, kind: str) -> None:
    assert _kind_of(text, "Gout") == kind
