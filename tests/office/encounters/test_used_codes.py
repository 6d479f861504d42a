"""The codes a practice works with, and what an import breaks of them, whatever the database does."""

from __future__ import annotations

import copy
import datetime as dt

import pytest

from cleanclaim.cli import breaks
from cleanclaim.codesets.impact import BreakKind
from cleanclaim.codesets.imports.load import ImportSummary
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.encounters.coding import decide
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.encounters.used_codes import used_codes
from cleanclaim.office.example import visits
from cleanclaim.office.registry.services import load_practice


@pytest.fixture
def clinic(practice):
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    visit = next(one for one in visits() if one.encounter_id == "V02")
    raw = copy.deepcopy(visit.raw)
    raw["authorization_number"] = "A-77"
    row, _ = receive_encounter(practice.tenant, arrival_from(raw, visit.note), actor=practice.actor)
    for code, action in (("J02.0", "add"), ("J02.9", "add"), ("J02.9", "reject")):
        decide(
            practice.tenant, row, action, "ICD-10-CM", code, actor=practice.actor,
            details={"place": 1}, reason="so it is",
        )  # fmt: skip
    return practice


def where(code):
    return {one.where for one in used_codes() if one.code == code}


def test_prices_rules_providers_and_coders_choices_are_used_codes(clinic) -> None:
    assert "charge master" in where("99213")
    assert "rule FLU-ADMIN of EXMCR" in where("90471")
    assert "rule CHIRO-SPINE of EXMCR" in where("M99.0")
    assert any(text.startswith("provider ") for text in where("207Q00000X"))
    assert {"taken once by coders", "visit V02, authorization A-77"} <= where("J02.0")


def test_a_code_that_was_taken_back_waits_in_no_visit(clinic) -> None:
    assert not any(text.startswith("visit") for text in where("J02.9"))


def summary(**changed) -> ImportSummary:
    fields = {
        "set_name": "MPFS", "setting": "", "release": "2026Q4", "first": dt.date(2026, 10, 1), "last": None,
        "rows": 1, "added": 0, "changed": 0, "ended": 1, "against": "2026Q3", "all_ended": frozenset({"99213"}),
    }  # fmt: skip
    return ImportSummary(**{**fields, **changed})


def test_the_import_tells_what_it_breaks_of_the_office(clinic, monkeypatch, codebook) -> None:
    monkeypatch.setattr(breaks, "open_office", lambda make: None)
    monkeypatch.setattr(breaks, "_has_office", lambda: True)
    monkeypatch.setattr(breaks, "chosen_tenant", lambda named: clinic.tenant)
    found, why = breaks.breaks_of([summary()], codebook)
    assert why == ""
    assert {(one.used.code, one.kind) for one in found} == {("99213", BreakKind.NO_FEE)}
    assert breaks.breaks_of([summary(already_loaded=True)], codebook) == ((), "")


def test_a_database_that_is_closed_hinders_no_import(monkeypatch, codebook) -> None:
    def closed(make):
        raise Refused("the database cannot be opened")

    monkeypatch.setattr(breaks, "open_office", closed)
    monkeypatch.setattr(breaks, "_has_office", lambda: True)
    found, why = breaks.breaks_of([summary()], codebook)
    assert found == () and "the database cannot be opened" in why


def test_a_home_without_an_office_is_not_made_one(tmp_path, monkeypatch, codebook) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    assert breaks.breaks_of([summary()], codebook) == ((), "")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def codebook(monkeypatch, tmp_path_factory):
    """A book of our own small tables alone, so that none has to be compiled."""
    import sqlite3

    from cleanclaim.codesets import sources
    from cleanclaim.codesets.book import CodeBook
    from cleanclaim.codesets.compile import build

    for name in ("tabular_file", "code_list_file", "medicare_file"):
        monkeypatch.setattr(sources, name, lambda: None)
    connection = sqlite3.connect(":memory:")
    build(connection)
    return CodeBook(connection)
