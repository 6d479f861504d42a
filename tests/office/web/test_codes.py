"""The pages of codes: what they find, say and refuse."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.office.people.roles import Role

DAY = "2026-11-01"


@pytest.fixture
def biller(person, practice):
    return person(practice.tenant, Role.BILLER)


def text(answer):
    return " ".join(answer.content.decode().split())


def found(client, words, **more):
    return text(
        client.post("/codes/find/", {"words": words, "on": DAY, **more}, headers={"HX-Request": "true"})
    )


def test_words_find_codes_by_category_with_the_notes_that_stand_there(biller):
    page = found(biller, "type 2 diabetes hyperglycemia")
    assert page.index(">E11<") < page.index(">E11.65<")
    assert "notes at E11</b>" in page and "Excludes 1" in page
    assert "<html" not in page


def test_without_script_the_whole_page_answers(biller):
    page = text(biller.post("/codes/find/", {"words": "htn", "on": DAY}))
    assert "<html" in page and ">I10<" in page


def test_words_never_stand_in_an_address(biller):
    page = text(biller.get("/codes/"))
    assert 'hx-post="/codes/find/"' in page and 'method="post"' in page
    assert biller.get("/codes/find/", {"words": "htn"}).status_code == 405


def test_a_code_shows_its_notes_at_each_level_and_its_rules(biller):
    page = text(biller.get("/codes/ICD-10-CM/E11.65/", {"on": DAY}))
    for words in (
        "Type 2 diabetes mellitus with hyperglycemia",
        "billable",
        "E08-E13",
        "Excludes 1",
        "Z79.4",
        "V28 38",
        "neither CC nor MCC",
        "Index paths: the Alphabetic Index is not imported",
    ):
        assert words in page, words


def test_a_header_offers_what_completes_it(biller):
    page = text(biller.get("/codes/ICD-10-CM/S93.401/", {"on": DAY}))
    assert "S93.401A" in page and "Seventh character" in page
    assert "S93.402" in page


def test_a_cc_names_the_principals_with_which_it_does_not_count(biller):
    assert "J9611" in text(biller.get("/codes/ICD-10-CM/J96.01/", {"on": DAY}))


def test_the_next_release_is_told_before_it_begins(biller):
    before = {"on": "2026-09-15"}
    assert "is refined" in text(biller.get("/codes/ICD-10-CM/D69.1/", before))
    page = found(biller, "glanzmann thrombasthenia", **before)
    assert "From 10/01/2026" in page and "D69.11" in page
    changes = text(biller.get("/codes/changes/", before))
    assert "<b>190</b> new" in changes and "<b>30</b> retired" in changes


@pytest.mark.parametrize("address", ["/codes/ICD-10-CM/Z99.999/", "/codes/NO-SUCH-SET/1/", "/codes/POS/97/"])
def test_what_no_set_knows_is_not_found(biller, address):
    assert biller.get(address).status_code == 404


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "<script>"])
def test_a_day_that_is_none_is_said_and_today_taken(biller, day):
    for address in ("/codes/", "/codes/ICD-10-CM/I10/", "/codes/pcs/", "/codes/changes/"):
        page = text(biller.get(address, {"on": day}))
        assert "as of today" in page
        assert "<script>" not in page


@pytest.mark.parametrize("words", ["", " ", "<b>x</b>", "x" * 500, "\U0001f600", "'; DROP TABLE code"])
def test_any_words_are_answered_as_text(biller, words):
    assert "<b>x</b>" not in found(biller, words)


def test_what_coders_of_the_practice_take_comes_first_and_only_for_them(
    person, practice, visit, worked_example
):
    from django.core.cache import cache

    from cleanclaim.office.encounters.coding import decide
    from cleanclaim.office.people.tenancy import within

    cache.clear()
    coder = person(practice.tenant, Role.CODER)
    rare = "J45.998"
    assert "used" not in found(coder, "asthma")
    with within(practice.tenant):
        decide(practice.tenant, visit, "add", "ICD-10-CM", rare, actor=practice.actor)
    cache.clear()
    page = found(coder, "asthma")
    assert "used 1×" in page
    other = person(worked_example, Role.CODER)
    page = found(other, rare)
    assert rare in page and "used" not in page


def test_the_builder_says_that_it_has_no_tables(biller):
    page = text(biller.get("/codes/pcs/", {"on": DAY, "code": "0SRC0J9"}))
    assert "tables for 11/01/2026 are not loaded" in page
    assert 'Whether <span class="code">0SRC0J9</span> exists is known all the same: billable' in page


def test_procedures_without_titles_lead_to_the_builder(biller):
    assert 'href="/codes/pcs/?on=2026-11-01"' in found(biller, "knee", system="ICD-10-PCS")
    page = text(biller.get("/codes/ICD-10-PCS/0SRC0J9/", {"on": DAY}))
    assert "code=0SRC0J9" in page and "billable" in page


def test_every_set_is_listed_with_what_is_not_checked_without_it(biller):
    page = text(biller.get("/codes/loaded/"))
    for words in (
        "ICD-10-CM",
        "74,879",
        "NCCI-PTP practitioner",
        "bundling of procedure pairs",
        "not loaded",
    ):
        assert words in page, words


def test_a_release_that_is_due_is_warned_of(biller, monkeypatch):
    from cleanclaim.office.web.views import codes

    monkeypatch.setattr(codes, "today_here", lambda: dt.date(2027, 3, 10))
    assert "a release is due on 04/01/2027" in text(biller.get("/codes/loaded/"))
