"""Sections, items, sentences, kinds, and notes that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.documents.reading import read_note
from cleanclaim.kernel.errors import InputError


def kinds(text: str) -> list[str]:
    return [section.kind for section in read_note(text).sections]


@given(st.text(min_size=1, max_size=400))
def test_sections_items_and_sentences_are_slices_of_the_note(text: str) -> None:
    try:
        note = read_note(text)
    except InputError:
        return
    for part in (*note.sections, *note.items, *note.sentences):
        assert 0 <= part.start <= part.end <= len(text)
        assert part.first < part.last
    for section in note.sections:
        if section.title is not None:
            assert text[section.title.start : section.title.end] == section.title.text


def test_sections_cover_the_note_in_order() -> None:
    text = "Clinic\nCC: cough\nHPI: 3 days of cough.\nPMH: HTN\nAssessment:\n1. Bronchitis\nPlan: rest"
    note = read_note(text)
    assert [section.kind for section in note.sections] == [
        "opening", "chief_complaint", "hpi", "pmh", "assessment", "plan",
    ]  # fmt: skip
    assert note.sections[0].start == 0
    assert all(one.end == two.start for one, two in zip(note.sections, note.sections[1:], strict=False))


def test_headings_of_a_note_on_one_line() -> None:
    text = "CC: cough HPI: cough for 3 days PMH: HTN. Assessment: bronchitis. Plan: rest"
    assert kinds(text) == ["chief_complaint", "hpi", "pmh", "assessment", "plan"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("A/P", "assessment_plan"),
        ("A/P:", "assessment_plan"),
        ("## Assessment & Plan", "assessment_plan"),
        ("**IMPRESSION**", "impression"),
        ("POSTOPERATIVE DIAGNOSIS: tear", "postop_dx"),
        ("Discharge Diagnoses:", "discharge_dx"),
        ("PMH none. No diabetes", "pmh"),
        ("Procedure - laceration repair: closed", "procedure"),
        ("OPERATIVE NOTE (10/05/2026)", "technique"),
        ("Family Hx: diabetes", "family_history"),
    ],
)
def test_headings_as_clinics_write_them(line: str, kind: str) -> None:
    assert kind in kinds(f"Seen today.\n\n{line}\nSome text follows here.")


def test_an_aside_in_an_assessment_is_one_sentence_long() -> None:
    text = "Assessment: anemia is little changed. FH: mother with lupus. Hypothyroidism is stable."
    note = read_note(text)
    place = note.words.forms.index("hypothyroidism")
    assert note.section_at(place).kind == "assessment"


def test_bullets_stay_with_their_number_and_lines_after_a_bullet_do_not() -> None:
    numbered = read_note("A/P:\n1. Gout\n - allopurinol\n2. Asthma\n - albuterol")
    assert [item.number for item in numbered.items] == [1, None, 2, None]
    assert "allopurinol" in numbered.text[numbered.items[0].start : numbered.items[0].end]
    headed = read_note("A/P:\nGout.\n• allopurinol daily\n\nAsthma.\n• albuterol")
    assert "Asthma" not in headed.text[headed.items[0].start : headed.items[0].end]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Seen by Dr. Smith today. Well.", 2),
        ("Temp 98.6 today. Well.", 2),
        ("Take 1 p.o. daily. Call us.", 2),
        ("no full stop", 1),
        ("1. Gout\n2. Asthma", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(read_note(text).sentences) == count


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OPERATIVE REPORT\nPREOPERATIVE DIAGNOSIS: x\nPOSTOPERATIVE DIAGNOSIS: y", "operative"),
        ("RADIOLOGY REPORT\nTECHNIQUE: two views\nFINDINGS: clear\nIMPRESSION: normal", "radiology"),
        ("DISCHARGE SUMMARY\nPRINCIPAL DIAGNOSIS: x\nHOSPITAL COURSE: y", "discharge"),
        ("EMERGENCY DEPARTMENT\nCC: fall\nED COURSE: fine", "emergency"),
        ("Laboratory report\nSpecimen collected today", "lab"),
        ("Telehealth video visit\nHPI: fine", "telehealth"),
        ("Physical therapy daily note\nS: better", "therapy"),
        ("Chiropractic daily note\nS: better", "chiropractic"),
        ("Newborn admission exam\nBorn today", "newborn"),
        ("Office\nHPI: seen in the emergency room last month for a fall and sent home.", "visit"),
    ],
)
def test_kind_of_note(text: str, kind: str) -> None:
    assert read_note(text).kind == kind


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        (" \n\t\u00a0 ", "empty"),
        ("...\n---", "no words"),
        ("a\x00b", "readable"),
        ("\x01\x02\x03\x04 text", "readable"),
        ("%PDF-1.7 ...", "document file"),
        ("{\\rtf1 text}", "document file"),
        ("a " * (6 * 1024 * 1024), "10 MB"),
        ("é" * (10 * 1024 * 1024), "10 MB"),
        ("a " * 5_000_000, "10 MB"),
    ],
)
def test_what_is_no_note_is_refused_in_one_sentence(text: str, word: str) -> None:
    with pytest.raises(InputError) as caught:
        read_note(text)
    assert word in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "Patient has asthma and denies chest pain. " * 230_000,
        "asthma " * 1_420_000,
        "\n" * 100_000 + "asthma",
        ":" * 2_000_000 + " asthma",
        "a" + "\u00ad" * 2_000_000 + " asthma",
        "1.1.1." * 400_000 + " asthma",
    ],
    ids=["prose", "one-line", "blank-lines", "colons", "soft-hyphens", "dots"],
)
def test_a_large_note_is_read_in_linear_time(text: str) -> None:
    began = time.process_time()
    assert "asthma" in read_note(text).words.forms
    assert time.process_time() - began < 15  # linear, on any machine; the figure itself is in benchmarks/


def test_of_a_very_long_note_both_ends_are_read_and_the_rest_is_named() -> None:
    text = "Assessment: gout. " + "word " * 1_000_000 + "Assessment: asthma."
    note = read_note(text)
    forms = set(note.words.forms)
    assert {"gout", "asthma"} <= forms
    place = note.words.forms.index("asthma")
    assert note.words_span(place, place + 1).text == "asthma"
    assert any("were not looked at" in told for told in note.not_read)


def test_entries_of_an_indented_list_in_small_letters_are_sentences_of_their_own() -> None:
    note = read_note(
        "Diagnoses\n  vascular dementia, moderate, without behavioral disturbance\n"
        "  pharyngeal dysphagia since the 2023 infarct, PEG in use, stoma clean, fed overnight as before\n"
    )
    forms = note.words.forms
    dementia, dysphagia = (note.sentence_at(forms.index(word)).first for word in ("dementia", "dysphagia"))
    assert dementia != dysphagia


def test_a_wrapped_line_of_an_indented_paragraph_goes_on() -> None:
    note = read_note(
        "Plan\n  She was told to come back for the next visit without waiting for any letter from us or the\n"
        "  laboratory, and to bring her medicines.\n"
    )
    forms = note.words.forms
    assert note.sentence_at(forms.index("waiting")).first == note.sentence_at(forms.index("laboratory")).first


def test_a_line_of_small_headings_that_no_full_stop_parts_is_read_in_linear_time() -> None:
    text = "Assessment: gout flare, hypertension stable, continue lisinopril; "

    def seconds(times: int) -> float:
        began = time.process_time()
        assert "gout" in read_note(text * times).words.forms
        return time.process_time() - began

    seconds(100)
    assert seconds(5_000) < 12 * seconds(1_000)  # 5 times where it is linear, 25 where each looks to the end
