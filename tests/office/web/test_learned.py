"""What coders taught, told to their lead: which version, from which visits, the way back; never another practice's."""

from __future__ import annotations

import re

import pytest

from cleanclaim.coding.lessons.learning import Learned, LearnedPhrase, to_json
from cleanclaim.office.encounters.learning import KIND, learned_in_use, number_in_use
from cleanclaim.office.files.services import store_file
from cleanclaim.office.people.roles import Role
from cleanclaim.office.people.tenancy import within

SUGAR = LearnedPhrase(("sugar", "sickness"), "E11.9", 11, 10)


def keep(tenant, version, actor, **changed):
    """A version of what a practice taught, as its file."""
    told = {"notes": 11, "phrases": (SUGAR,), "rejected": {}, "changes": (), "weights": {}} | changed
    learned = Learned(tenant.slug, version, **told)
    name = f"learned-{version}.json"
    store_file(tenant, to_json(learned).encode(), direction="made", kind=KIND, name=name, actor=actor)
    return learned


def text_of(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


@pytest.fixture
def lead(person, practice):
    return person(practice.tenant, Role.CODER)


def test_before_anything_is_learned_the_page_says_what_is_missing(lead):
    assert "once 10 visits are released; 0 are" in text_of(lead.get("/codes/learned/"))


def test_each_lesson_stands_with_the_visits_it_is_from(lead, practice, visit):
    sources = {
        "notes": ("V01", "V99"),
        "phrase sugar sickness E11.9": ("V01", "V99"),
        "rejected M10.9": ("V01",),
        "taken I10": ("V01",),
    }
    keep(
        practice.tenant, 1, practice.actor, sources=sources, rejected={"M10.9": (11, 11)}, taken={"I10": 4}
    )  # fmt: skip
    page = lead.get("/codes/learned/")
    told = text_of(page)
    assert "version 1 in use" in told
    assert "&quot;sugar sickness&quot; now means E11.9: released in 10 of the 11 notes" in told
    assert "M10.9 is no longer proposed: turned down 11 of 11 times." in told
    assert "I10 was taken each of the 4 times" in told
    assert page.content.decode().count('href="/visits/V01/"') == 4
    assert "V99" not in told, "a visit that is not this practice's is never linked"


def test_a_lead_goes_back_with_a_reason_and_follows_the_newest_again(lead, practice):
    first = keep(practice.tenant, 1, practice.actor)
    keep(practice.tenant, 2, practice.actor, phrases=(), rejected={"I10": (9, 10)})
    assert number_in_use(practice.tenant) == 2
    refused = lead.post("/codes/learned/use/", {"version": "1", "reason": " "}, follow=True)
    assert "needs a reason" in text_of(refused)
    assert number_in_use(practice.tenant) == 2

    went = lead.post(
        "/codes/learned/use/", {"version": "1", "reason": "I10 was turned down by mistake"}, follow=True
    )
    assert "version 1 in use" in text_of(went)
    assert "I10 was turned down by mistake" in text_of(went)
    assert to_json(learned_in_use(practice.tenant)) == to_json(first)

    keep(practice.tenant, 3, practice.actor)
    assert number_in_use(practice.tenant) == 1, "a version that is learned later waits"
    lead.post("/codes/learned/use/", {"version": "newest", "reason": "mended"})
    assert number_in_use(practice.tenant) == 3
    lead.post("/codes/learned/use/", {"version": "0", "reason": "an audit asks for it"})
    assert learned_in_use(practice.tenant) is None


@pytest.mark.parametrize("version", ["3", "-1", "", "two", "1e3", "99999999999", "１"])
def test_a_version_that_is_none_changes_nothing(lead, practice, version):
    keep(practice.tenant, 1, practice.actor)
    answer = lead.post("/codes/learned/use/", {"version": version, "reason": "so it is"}, follow=True)
    assert 'class="message error"' in answer.content.decode()
    assert number_in_use(practice.tenant) == 1


def test_what_a_version_brought_is_told_against_the_one_before(lead, practice):
    keep(practice.tenant, 1, practice.actor)
    keep(practice.tenant, 2, practice.actor, phrases=(), rejected={"I10": (9, 10)})
    told = text_of(lead.get("/codes/learned/"))
    assert "I10 is no longer proposed" in told
    assert "No longer held: &quot;sugar sickness&quot; now means E11.9" in told


def test_a_damaged_file_is_told_and_another_version_can_be_used(lead, practice):
    from cleanclaim.office.files.models import StoredFile
    from cleanclaim.office.files.services import content_path

    keep(practice.tenant, 1, practice.actor)
    keep(practice.tenant, 2, practice.actor, notes=20)
    path = content_path(StoredFile.objects.get(name="learned-2.json").sha256)
    bytes_of_it = path.read_bytes()
    path.unlink()
    try:
        assert "The file of version 2 cannot be read" in text_of(lead.get("/codes/learned/"))
        lead.post("/codes/learned/use/", {"version": "1", "reason": "version 2 is damaged"})
        assert learned_in_use(practice.tenant).version == 1
    finally:
        path.write_bytes(bytes_of_it)


def test_rows_files_and_choices_of_one_practice_say_nothing_to_another(
    person, practice, worked_example, desk
):
    from cleanclaim.office.encounters.models import LearnedInUse

    keep(practice.tenant, 1, practice.actor)
    keep(practice.tenant, 2, practice.actor, notes=33)
    mine = person(practice.tenant, Role.CODER)
    mine.post("/codes/learned/use/", {"version": "1", "reason": "ours alone"})
    other = person(worked_example, Role.CODER)
    with within(worked_example):
        before = number_in_use(worked_example)
        assert not LearnedInUse.objects.exists()
    told = text_of(other.get("/codes/learned/"))
    assert "sugar sickness" not in told
    assert "ours alone" not in told
    other.post("/codes/learned/use/", {"version": "0", "reason": "theirs alone"})
    with within(worked_example):
        assert [row.reason for row in LearnedInUse.objects.all()] == ["theirs alone"]
        assert (before, number_in_use(worked_example)) != (1, 1)
    assert [row.reason for row in LearnedInUse.objects.all()] == ["ours alone"]
    assert learned_in_use(practice.tenant).version == 1


def test_a_file_that_says_it_is_of_another_practice_is_not_used(practice):
    learned = Learned("example", 1, 11, (SUGAR,), {}, (), {})
    store_file(
        practice.tenant, to_json(learned).encode(), direction="made", kind=KIND, name="learned-1.json",
        actor=practice.actor,
    )  # fmt: skip
    assert learned_in_use(practice.tenant) is None


def test_a_choice_of_version_cannot_be_rewritten(practice, lead, sound):
    from django.db import DatabaseError, connection, transaction

    keep(practice.tenant, 1, practice.actor)
    lead.post("/codes/learned/use/", {"version": "0", "reason": "an audit asks for it"})
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE encounters_learnedinuse SET version = 1")
    assert sound() == {}
