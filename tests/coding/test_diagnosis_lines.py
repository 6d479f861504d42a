"""Single diagnoses as clinicians write them, by family: each line of gold/lines.tsv under an assessment of its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_LINES = Path(__file__).parent / "gold" / "lines.tsv"


def codes_of(line: str, book: CodeBook) -> set[str]:
    note = f"HPI: A 58-year-old patient is seen in the clinic.\n\nAssessment:\n1. {line}\n"
    result = suggest(note, setting=Setting.OUTPATIENT, on=_ON, book=book)
    return {one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"}


def test_diagnoses_said_alone_find_their_codes(book: CodeBook) -> None:
    rows = [
        line.split("\t")
        for line in _LINES.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ][::3]
    wrong = [text for text, codes in rows if codes_of(text, book) != set(codes.split())]
    print(len(rows), "lines;", len(wrong), "not exact:", *wrong, sep="\n")
    assert len(wrong) <= 0.06 * len(rows)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        # The same ulcer in other words and another order.
        ("stage 3 pressure ulcer, left heel", {"L89.623"}),
        ("Left heel: pressure injury, stage III", {"L89.623"}),
        ("Pressure ulcers, sacrum stage 2 and right heel unstageable", {"L89.152", "L89.610"}),
        # A left side is not dominant unless the note says so.
        ("Left hemiparesis from old stroke", {"I69.354"}),
        ("Left hemiparesis from old stroke in a left-handed man", {"I69.352"}),
        # An adjuvant treatment makes no cancer past; a recurrence denied does.
        ("Cancer of the left breast on anastrozole, no evidence of recurrence", {"C50.912", "Z79.811"}),
        # A stent ahead leaves no status yet.
        ("Osteoarthritis of the left hip, scheduled for left total hip replacement", {"M16.12"}),
        # What is denied in the first entry of a list reaches no further.
        ("(1) Acute cystitis without hematuria (2) Scabies", {"N30.00", "B86"}),
        ("Vascular dementia, severe, with agitation", {"F01.C11"}),
        ("T2DM w/ diabetic CKD 3a", {"E11.22", "N18.31"}),
        ("Type 2 diabetes, sugars running high", {"E11.65"}),
        ("Anxiety-related insomnia, GAD", {"F41.1", "F51.05"}),
        ("Chronic migraine without aura, refractory", {"G43.719"}),
        ("Right acute suppurative ear infection, drum intact", {"H66.001"}),
        (
            "Hypertrophic scar, late effect of third-degree burn of the back of right hand",
            {"L91.0", "T23.361S"},
        ),
    ],
)
def test_the_words_around_decide(line: str, codes: set[str], book: CodeBook) -> None:
    assert codes_of(line, book) == codes
