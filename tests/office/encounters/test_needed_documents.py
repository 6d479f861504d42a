"""A visit waits for the document its bill stands on, until it is there or somebody lets it go with a reason."""

from __future__ import annotations

import copy
import datetime as dt

import pytest

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.encounters.coding import decide, suggest_codes, suggest_more
from cleanclaim.office.encounters.intake import add_document, arrival_from, receive_encounter
from cleanclaim.office.encounters.models import EncounterRow, Release
from cleanclaim.office.encounters.needed_documents import documents_missing, settle_hold, waive_document
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.example import visits
from cleanclaim.office.registry.services import load_practice

RAW = next(visit for visit in visits() if visit.encounter_id == "V02").raw
NOTE = "HPI: Sore right knee for a month.\nExam: effusion.\nAssessment: Knee pain.\nPlan: see in a month.\n"
REPORT = (
    "PROCEDURE NOTE\nProcedure: Right knee injection\nTechnique: Sterile, lateral.\nDone by A. Example, MD\n"
)


@pytest.fixture
def visit(practice):
    """A visit with an injection charged and nothing that says it was done."""
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    arrival = arrival_from(copy.deepcopy(RAW) | {"id": "N1"}, NOTE)
    encounter, _ = receive_encounter(practice.tenant, arrival, actor=practice.actor)

    def say(system, code, **details):
        decide(practice.tenant, encounter, "add", system, code, actor=practice.actor, details=details)

    say("ICD-10-CM", "M25.561", place=1)
    say("CPT", "20610", pointers=[1], modifiers=["RT"])
    return encounter


def release(practice, encounter):
    return release_encounter(practice.tenant, encounter, actor=practice.actor)


def supply(practice, encounter, text=REPORT, on=dt.date(2026, 9, 15)):
    return add_document(practice.tenant, encounter, "procedure note", text, on, actor=practice.actor)


def test_it_is_not_released_and_stands_on_hold_with_the_reason(practice, visit):
    with pytest.raises(Refused, match="a document is missing: operative report or procedure note"):
        release(practice, visit)
    assert not Release.objects.exists()
    settle_hold(practice.tenant, visit)
    row = EncounterRow.objects.get(pk=visit.pk)
    assert (row.state, row.hold_reason) == ("on-hold", "waits for: operative report or procedure note")


def test_the_document_frees_it_and_is_kept_like_the_others(practice, visit, sound):
    settle_hold(practice.tenant, visit)
    row = supply(practice, visit)
    assert (row.document_id, row.text) == ("N1-2", REPORT)
    assert documents_missing(visit) == ()
    assert settle_hold(practice.tenant, visit) == ""
    assert EncounterRow.objects.get(pk=visit.pk).state == "to-code"
    assert release(practice, visit) is not None
    assert sound() == {}


def test_a_document_of_another_kind_frees_nothing(practice, visit):
    supply(
        practice, visit, "RADIOLOGY REPORT\nExam: right knee\nFindings: Normal.\nImpression: Normal knee.\n"
    )
    assert [one.key for one in documents_missing(visit)] == ["operative-report"]


def test_somebody_lets_it_go_with_a_reason_and_only_that_document(practice, visit, sound):
    with pytest.raises(Refused, match="reason"):
        waive_document(practice.tenant, visit, "operative-report", "  ", actor=practice.actor)
    with pytest.raises(Refused, match="does not wait"):
        waive_document(practice.tenant, visit, "radiology-report", "why not", actor=practice.actor)
    row = waive_document(
        practice.tenant, visit, "operative-report", "on paper, in the cabinet", actor=practice.actor
    )
    assert (row.who, row.reason) == ("tester", "on paper, in the cabinet")
    assert release(practice, visit) is not None
    assert sound() == {}


def test_the_code_taken_back_is_waited_for_no_more(practice, visit):
    settle_hold(practice.tenant, visit)
    decide(practice.tenant, visit, "reject", "CPT", "20610", actor=practice.actor, reason="not done")
    assert settle_hold(practice.tenant, visit) == ""


def test_registration_can_wait_for_a_document_whatever_the_codes(practice, visit):
    raw = copy.deepcopy(RAW) | {"id": "N2", "documents_expected": ["treatment-plan"]}
    other, _ = receive_encounter(practice.tenant, arrival_from(raw, NOTE), actor=practice.actor)
    assert [one.key for one in documents_missing(other)] == ["treatment-plan"]
    supply(practice, other, "TREATMENT PLAN\nDiagnosis: Low back pain\nGoals: walk a mile\nPlan: exercise\n")
    assert documents_missing(other) == ()


def test_a_document_that_no_visit_can_wait_for_is_refused_on_arrival(practice, visit):
    raw = copy.deepcopy(RAW) | {"id": "N3", "documents_expected": ["love-letter"]}
    with pytest.raises(InputError, match="love-letter"):
        receive_encounter(practice.tenant, arrival_from(raw, NOTE), actor=practice.actor)
    assert not EncounterRow.objects.filter(encounter_id="N3").exists()


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "{\\rtf1 note}"])
def test_what_is_no_note_is_refused(practice, visit, text):
    with pytest.raises(InputError):
        supply(practice, visit, text)
    assert visit.documents.count() == 1


def test_the_same_document_twice_and_one_from_the_future_are_refused(practice, visit):
    supply(practice, visit)
    with pytest.raises(Refused, match="there already"):
        supply(practice, visit)
    with pytest.raises(InputError, match="future"):
        supply(practice, visit, REPORT + "Addendum.", practice.actor.now.date() + dt.timedelta(days=1))


def test_the_visit_arriving_again_after_a_document_was_added_changes_nothing(practice, visit):
    supply(practice, visit)
    arrival = arrival_from(copy.deepcopy(RAW) | {"id": "N1"}, NOTE)
    assert receive_encounter(practice.tenant, arrival, actor=practice.actor)[1] is False
    assert visit.documents.count() == 2


def test_a_released_visit_takes_no_document(practice, visit):
    supply(practice, visit)
    release(practice, visit)
    with pytest.raises(Refused, match="released"):
        supply(practice, visit, REPORT + "More.")


def test_what_the_document_adds_is_suggested_beside_what_the_coder_saw(practice, visit):
    before = [(row.number, row.code) for row in suggest_codes(practice.tenant, visit, actor=practice.actor)]
    text = (
        "PROCEDURE NOTE\nDiagnosis: Gout.\nProcedure: Right knee injection with triamcinolone 40 mg, given.\n"
    )
    suggest_more(practice.tenant, visit, supply(practice, visit, text))
    after = [(row.number, row.code) for row in visit.suggestions.order_by("number")]
    assert after[: len(before)] == before
    assert "M10.9" in [code for _, code in after[len(before) :]]
    assert len({number for number, _ in after}) == len(after)
