"""Check lists: whose answer a No is, and what is a list and what a task."""

from __future__ import annotations

import time

import pytest

from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase

ENTRIES = [
    ("[x] Nausea [ ] Vomiting [x] Diarrhea", "Nausea", "affirmed"),
    ("[x] Nausea [ ] Vomiting [x] Diarrhea", "Vomiting", "negated"),
    ("[x] Nausea [ ] Vomiting [x] Diarrhea", "Diarrhea", "affirmed"),
    ("[ ] recheck diabetes in 3 months", "diabetes", "affirmed"),
    ("(-) fever, chills, cough (+) rash", "chills", "negated"),
    ("(-) fever, chills, cough (+) rash", "rash", "affirmed"),
    ("Homans (-), edema (+), rubor (-)", "Homans", "negated"),
    ("Homans (-), edema (+), rubor (-)", "edema", "affirmed"),
    ("Homans (-), edema (+), rubor (-).", "rubor", "negated"),
    ("+cough, -hemoptysis, +wheeze", "hemoptysis", "negated"),
    ("+cough, -hemoptysis, +wheeze", "wheeze", "affirmed"),
    ("- asthma\n- gout", "asthma", "affirmed"),
    ("Cough: No  Wheeze: Yes  Rash: No", "Cough", "negated"),
    ("Cough: No  Wheeze: Yes  Rash: No", "Wheeze", "affirmed"),
    ("Cough: No Wheeze: Yes Rash: No", "Rash", "negated"),
    ("Chest: no wheeze Heart: no murmur", "wheeze", "negated"),
    ("CHEST: NO WHEEZE HEART: NO MURMUR", "WHEEZE", "negated"),
    ("Falls - no; syncope - yes; tremor - no", "tremor", "negated"),
    ("Falls - no; syncope - yes; tremor - no", "syncope", "affirmed"),
    ("Fever No Chills No Cough Yes", "Chills", "negated"),
    ("Fever No Chills No Cough Yes", "Cough", "affirmed"),
    ("No fever, no chills.", "chills", "negated"),
    ("Seizures? No.", "Seizures", "negated"),
    ("Seizures? Yes, since March.", "Seizures", "affirmed"),
    ("Fever [x] Cough [x] Sputum [ ]", "Cough", "affirmed"),
    ("Fever [x] Cough [x] Sputum [ ]", "Sputum", "negated"),
    ("Hearing loss? N. Tinnitus? Y.", "Hearing loss", "negated"),
    ("Hearing loss? N. Tinnitus? Y.", "Tinnitus", "affirmed"),
    ("Fall: N/A", "Fall", "affirmed"),
    ("Rub (none), murmur (present).", "Rub", "negated"),
]


@pytest.mark.parametrize(("text", "condition", "expected"), ENTRIES)
def test_the_answer_of_an_entry(text: str, condition: str, expected: str) -> None:
    note = read_note(text)
    first, last, _ = next(iter(PhraseMatcher([(phrase(condition), condition)]).find(note.words.forms)))
    found = assertion_at(note, first, last)
    assert found.assertion == Assertion(expected), found
    if found.cue is not None:
        assert text[found.cue.start : found.cue.end] == found.cue.text


@pytest.mark.parametrize(
    "piece",
    [
        "[ ] asthma ",
        "(-) asthma ",
        "asthma: No  ",
        "asthma (",
        "asthma   ",
        "mother asthma, ",
        "no asthma, she ",
    ],
)
def test_time_grows_with_the_mentions_only(piece: str) -> None:
    def seconds_a_mention(many: int) -> float:
        note = read_note(piece * many)
        places = [place for place, form in enumerate(note.words.forms) if form == "asthma"][-200:]
        began = time.process_time()
        for place in places:
            assertion_at(note, place, place + 1)
        return (time.process_time() - began) / len(places)

    seconds_a_mention(200)
    assert seconds_a_mention(20_000) < 10 * seconds_a_mention(200) + 0.001


@pytest.mark.parametrize(
    ("line", "present"),
    [
        ("- Alcoholic cirrhosis, compensated. US + AFP every 6 months.", True),
        ("- Cough, + fever", False),
        ("- cough +fever", False),
    ],
)
def test_a_bullet_is_no_minus_where_a_plus_joins_two_words(line: str, present: bool) -> None:
    condition = "cirrhosis" if present else "cough"
    note = read_note(f"Plan\n{line}")
    matcher = PhraseMatcher([(phrase(condition), condition)])
    first, last, _ = next(iter(matcher.find(note.words.forms)))
    assert (assertion_at(note, first, last).assertion is Assertion.AFFIRMED) is present
