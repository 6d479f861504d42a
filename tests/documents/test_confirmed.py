"""What "postop dx: same" confirms must stand as the diagnosis, and the account behind it must not."""

from __future__ import annotations

import pytest

from cleanclaim.documents.reading import read_note


@pytest.mark.parametrize("same", ["same", "Same, with adhesions"])
def test_the_diagnosis_before_is_the_one_after(same: str) -> None:
    note = read_note(f"Preop dx: basal cell carcinoma.\nPostop dx: {same}.\nStage I: clear. On warfarin.")
    assert [section.kind for section in note.sections] == ["postop_dx", "postop_dx", "technique"]


def test_a_diagnosis_of_its_own_replaces_the_one_before() -> None:
    note = read_note("Preop dx: appendicitis.\nPostop dx: ovarian torsion.\n")
    assert [section.kind for section in note.sections] == ["preop_dx", "postop_dx"]
