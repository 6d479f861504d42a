"""A practice learns from its own released visits, in numbered versions, and nobody else learns from them."""

from __future__ import annotations

import copy
import json

import pytest

from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.encounters.coding import decide, suggest_codes
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.encounters.learning import latest_learned, learn_from_coders, learn_when_due
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.example import visits
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import content_path
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.office.registry.services import load_practice

RAW = next(visit for visit in visits() if visit.encounter_id == "V02").raw
NOTE = "Assessment: Sugar sickness, steady. Gout, number {}."


def arrive(practice, number):
    raw = copy.deepcopy(RAW) | {"id": f"L{number:02}"}
    arrival = arrival_from(raw, NOTE.format(number))
    return receive_encounter(practice.tenant, arrival, actor=practice.actor)[0]


def finish(practice, number):
    """A visit whose coder ties "Sugar sickness" to E11.9, turns gout down, and lets it go."""
    encounter = arrive(practice, number)
    suggest_codes(practice.tenant, encounter, actor=practice.actor)
    start = NOTE.index("Sugar")
    span = {"document": f"L{number:02}-1", "start": start, "end": start + 14, "text": "Sugar sickness"}

    def say(action, system, code, **details):
        decide(
            practice.tenant, encounter, action, system, code,
            actor=practice.actor, details=details, reason="so it is",
        )  # fmt: skip

    say("add", "ICD-10-CM", "E11.9", place=1, evidence=[span])
    say("reject", "ICD-10-CM", "M10.9")
    say("add", "CPT", "99213", pointers=[1])
    release_encounter(practice.tenant, encounter, actor=practice.actor)


@pytest.fixture
def taught(practice):
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    for number in range(9):
        finish(practice, number)
    return practice


def test_a_practice_learns_from_its_tenth_visit_on_in_versions_that_stay(taught, sound):
    assert learn_when_due(taught.tenant, actor=taught.actor) is None
    finish(taught, 9)
    first = learn_when_due(taught.tenant, actor=taught.actor)
    assert (first.version, first.notes) == (1, 10)
    assert [(one.words, one.code) for one in first.phrases] == [(("sugar", "sickness"), "E11.9")]
    assert learn_when_due(taught.tenant, actor=taught.actor).version == 1
    assert learn_from_coders(taught.tenant, actor=taught.actor).version == 1

    found = {row.code: row for row in suggest_codes(taught.tenant, arrive(taught, 10), actor=taught.actor)}
    assert found["E11.9"].status == "suggested"
    assert found["M10.9"].status == "suppressed"
    assert "turn it down" in json.loads(found["M10.9"].body)["because"][0]["text"]

    finish(taught, 11)
    assert learn_from_coders(taught.tenant, actor=taught.actor).version == 2
    assert list(StoredFile.objects.filter(kind="learned").order_by("pk").values_list("name", flat=True)) == [
        "learned-1.json",
        "learned-2.json",
    ]

    with within(find_tenant("example")) as other:
        assert latest_learned(other) is None
        assert not learn_from_coders(other, actor=taught.actor).phrases
    assert not sound()


def test_a_damaged_file_leaves_coding_as_it_was_and_is_learned_again(taught, sound):
    finish(taught, 9)
    learn_from_coders(taught.tenant, actor=taught.actor)
    file = StoredFile.objects.get(kind="learned")
    content_path(file.sha256).unlink()
    assert latest_learned(taught.tenant) is None
    assert sound()
    assert {row.code for row in suggest_codes(taught.tenant, arrive(taught, 10), actor=taught.actor)} >= {
        "M10.9"
    }
    assert learn_when_due(taught.tenant, actor=taught.actor).version == 2
