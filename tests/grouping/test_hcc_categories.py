from __future__ import annotations

from cleanclaim.grouping import hcc_categories as module
from cleanclaim.grouping.hcc_categories import hcc_categories


def test_a_diagnosis_names_its_categories_by_model() -> None:
    found = hcc_categories("e11.65")
    assert found is not None
    assert (found["V24"], found["V28"]) == (("18",), ("38",))
    assert hcc_categories("Z00.00") == {}


def test_without_the_engine_nothing_is_said(monkeypatch) -> None:
    monkeypatch.setattr(module, "_categories_of", lambda model: {})
    assert hcc_categories("E11.65") is None
