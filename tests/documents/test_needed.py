"""A bill waits for the document it stands on, and for no other."""

from __future__ import annotations

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.documents.kind import kind_words
from cleanclaim.documents.lexicon import headings
from cleanclaim.documents.needed import GIVEN, DocumentFacts, document_facts, missing_documents, needed_table
from cleanclaim.documents.reading import read_note
from cleanclaim.kernel.errors import InputError

VISIT = document_facts(read_note("HPI: Cough.\nAssessment: Bronchitis.\nPlan: fluids."))
ONLY_HISTORY = DocumentFacts("visit", frozenset({"hpi"}))


def _missing(code: str, *documents: DocumentFacts, modifiers: tuple[str, ...] = ()) -> set[str]:
    found = missing_documents(documents, [(code, modifiers)], setting=Setting.OUTPATIENT)
    assert all(
        one.words and one.because.citation and one.because.text == f"{code} is billed" for one in found
    )
    return {one.key for one in found}


@pytest.mark.parametrize(
    ("code", "needed", "kind"),
    [
        ("99213", "visit-note", "telehealth"),
        ("29881", "operative-report", "operative"),
        ("17110", "operative-report", "procedure"),
        ("71046", "radiology-report", "radiology"),
        ("84443", "laboratory-result", "lab"),
        ("93000", "diagnostic-report", "diagnostic"),
        ("J3301", "administration-record", "administration"),
        ("88305", "pathology-report", "test_result"),
    ],
)
def test_a_service_waits_for_its_document(code: str, needed: str, kind: str) -> None:
    nothing = DocumentFacts("dme", frozenset())
    assert needed in _missing(code, nothing)
    assert needed not in _missing(code, nothing, DocumentFacts(kind, frozenset()))


@pytest.mark.parametrize("code", ["36415", "E0143", "A0428", "98941", "97110"])
def test_what_stands_on_no_document_of_its_own_waits_for_none(code: str) -> None:
    assert _missing(code, ONLY_HISTORY) == set()


def test_a_section_of_the_visit_note_serves_as_well() -> None:
    assert _missing("20610", ONLY_HISTORY) == {"operative-report"}
    assert _missing("20610", DocumentFacts("visit", frozenset({"hpi", "procedure"}))) == set()


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Ketorolac 60 mg IM given at 10:20.", True),
        ("Influenza vaccine administered, left deltoid.", True),
        ("Ketorolac 60 mg IM ordered for pain.", False),
        ("Influenza vaccine declined, not given.", False),
    ],
)
def test_a_drug_is_billed_where_the_note_says_that_it_was_given(said: str, there: bool) -> None:
    note = read_note(f"HPI: Sore back.\nAssessment: Lumbago.\nPlan: {said}")
    assert ("administration-record" in _missing("J1885", document_facts(note))) is not there


def test_a_heading_without_words_is_no_document() -> None:
    note = read_note("HPI: Knee pain.\nProcedure:\nPlan: rest.")
    assert "procedure" not in document_facts(note).sections


def test_the_technical_part_alone_waits_for_no_report() -> None:
    assert _missing("71046", ONLY_HISTORY) == {"radiology-report"}
    assert _missing("71046", ONLY_HISTORY, modifiers=("TC",)) == set()


@pytest.mark.parametrize(
    ("setting", "institutional", "waits"),
    [("inpatient", True, True), ("inpatient", False, False), ("ed", True, False)],
)
def test_a_stay_is_billed_from_its_discharge_summary(setting: str, institutional: bool, waits: bool) -> None:
    found = missing_documents([VISIT], [], setting=Setting(setting), institutional=institutional)
    assert [one.key for one in found] == (["discharge-summary"] if waits else [])
    whole = DocumentFacts("discharge", frozenset())
    assert missing_documents([VISIT, whole], [], setting=Setting(setting), institutional=institutional) == ()


def test_what_registration_waits_for_is_missing_whatever_the_codes() -> None:
    found = missing_documents([VISIT], [], setting=Setting.OUTPATIENT, expected=["treatment-plan"])
    assert [one.because.text for one in found] == ["registration waits for it"]
    with pytest.raises(InputError, match="no document of the table"):
        missing_documents([VISIT], [], setting=Setting.OUTPATIENT, expected=["love-letter"])


def test_the_table_names_only_kinds_and_sections_that_there_are() -> None:
    for row in needed_table().values():
        assert set(row["kinds"]) <= set(kind_words())
        assert set(row.get("or_sections", ())) <= {*headings().values(), GIVEN}
