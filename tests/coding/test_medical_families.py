"""Diagnosis lines of internal medicine, oncology and dermatology, each read by a rule of its own family."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest
from cleanclaim.documents.reading import read_note

_ON = dt.date(2026, 9, 14)


def _codes(note: str, book: CodeBook) -> list[str]:
    result = suggest(note, setting=Setting.OUTPATIENT, on=_ON, book=book)
    return [one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Left breast ca, UOQ, on tamoxifen", {"C50.412", "Z79.810"}),
        ("NSCLC of the left lower lobe with bone and liver mets", {"C34.32", "C79.51", "C78.7"}),
        ("Prostate cancer metastatic to bone", {"C61", "C79.51"}),
        ("PAD with rest pain right leg", {"I70.221"}),
        ("PAD, claudication both legs", {"I70.213"}),
        ("Bleeding gums from warfarin, supratherapeutic INR", None),
        ("Hyperkalemia 2/2 lisinopril", {"E87.5", "T46.4X5A"}),
        ("Chemo-induced neutropenia", {"D70.1", "T45.1X5A"}),
        ("Anemia from iron deficiency", {"D50.9"}),
        ("T1DM with hypoglycemia level 1", {"E10.649", "E16.A1"}),
        ("Acute CHF exacerbation, HFrEF", {"I50.23"}),
        ("Hyponatremia due to SIADH", {"E22.2"}),
        ("Crohn's disease, ileal, with stricture", {"K50.012"}),
        ("UC, left-sided, in remission", {"K51.50"}),
        ("Cellulitis and abscess of right foot", {"L03.115", "L02.611"}),
        ("BCC of left lower eyelid", {"C44.1192"}),
        ("Lipoma of right thigh", {"D17.23"}),
        ("COVID pneumonia", {"U07.1", "J12.82"}),
        ("NASH cirrhosis", {"K75.81", "K74.60"}),
        ("Exposure to strep", {"Z20.818"}),
        ("HTN with LVH", {"I11.9"}),
    ],
)
def test_a_line_is_read_by_its_family(line: str, wanted: set[str] | None, book: CodeBook) -> None:
    given = set(_codes(f"ASSESSMENT\n1. {line}\n", book))
    if wanted is None:
        assert {"R79.1", "T45.515A"} <= given
    else:
        assert given == wanted


@pytest.mark.parametrize(
    "words", ["hearing aid check", "knee does well", "cup of coffee", "calcium low normal"]
)
def test_everyday_words_are_no_abbreviations(words: str, book: CodeBook) -> None:
    given = _codes(f"ASSESSMENT\n1. {words}\n", book)
    assert not {"B20", "R06.09", "C80.1", "E83.51"}.intersection(given)


def test_of_two_cancers_one_is_past_and_the_other_is_not(book: CodeBook) -> None:
    note = (
        "PMH: melanoma of the back, excised 2015, no recurrence.\n\n"
        "ASSESSMENT\n1. Basal cell carcinoma of the nose, biopsy proven. Mohs.\n"
    )
    assert _codes(note, book) == ["C44.311", "Z85.820"]


def test_a_story_behind_an_early_diagnosis_is_no_list() -> None:
    note = read_note(
        "Diagnosis: cancer of the right breast.\n\n"
        "She came for her six month review, and her knees are stiff in the morning.\n\n"
        "Impression\nBreast cancer, doing well.\n"
    )
    assert [section.kind for section in note.sections] == ["diagnosis", "hpi", "impression"]


def test_a_paragraph_of_its_own_behind_the_findings_is_assessed(book: CodeBook) -> None:
    note = (
        "Knee clinic. She walks with a cane.\n\nExam: lungs clear, no edema.\n\n"
        "Atopic dermatitis, better. Same cream. Back in three months.\n"
    )
    assert _codes(note, book) == ["L20.9"]
