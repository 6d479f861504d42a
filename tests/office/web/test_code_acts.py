"""Acts of a coder: taken back without a trace in the codes, pointers that follow their diagnoses."""

from __future__ import annotations

import pytest

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.encounters.coding import DIAGNOSIS, chosen_codes
from cleanclaim.office.encounters.models import Decision
from cleanclaim.office.web.code_acts import choose, move, undo, verdicts


@pytest.fixture
def acts(visit, practice):
    """``acts("accept I10", "reject E11.65 why")`` does them one after another."""

    def do(*words):
        for item in words:
            action, code, *reason = item.split(" ", 2)
            system = DIAGNOSIS if code[0].isalpha() else "CPT"
            standing = {one.code: one.details for one in chosen_codes(visit)}
            given = {} if action == "reject" else dict(standing.get(code, {}))
            choose(
                practice.tenant,
                visit,
                action,
                (system, code),
                given,
                actor=practice.actor,
                reason=" ".join(reason),
            )

    return do


def codes(visit):
    return [item.code for item in chosen_codes(visit)]


def pointers(visit, code):
    return next(item.details["pointers"] for item in chosen_codes(visit) if item.code == code)


def state(visit):
    return codes(visit), {key: (one.action, one.reason) for key, one in verdicts(visit).items()}


def test_an_accepted_code_is_open_again_after_undo(visit, practice, acts):
    acts("accept I10")
    undo(practice.tenant, visit, actor=practice.actor)
    assert codes(visit) == []
    assert verdicts(visit) == {}


def test_a_removed_diagnosis_comes_back_to_its_place(visit, practice, acts):
    acts("accept E11.65", "accept I10", "add Z79.84", "accept 99214", "accept 83036")
    before = state(visit), pointers(visit, "99214"), pointers(visit, "83036")
    acts("reject E11.65 not supported by the note")
    undo(practice.tenant, visit, actor=practice.actor)
    assert (state(visit), pointers(visit, "99214"), pointers(visit, "83036")) == before


def test_acts_are_taken_back_one_by_one_to_the_beginning(visit, practice, acts):
    seen = [state(visit)]
    for act in (
        "accept E11.65",
        "reject I10 part of another code",
        "accept 99214",
        "accept I10",
        "reject 99214 no",
    ):
        acts(act)
        seen.append(state(visit))
    while len(seen) > 1:
        assert state(visit) == seen.pop()
        undo(practice.tenant, visit, actor=practice.actor)
    assert state(visit) == seen[0]
    with pytest.raises(Refused):
        undo(practice.tenant, visit, actor=practice.actor)


def test_nothing_is_erased_by_undo(visit, practice, acts):
    acts("accept I10")
    undo(practice.tenant, visit, actor=practice.actor)
    assert [one.action for one in Decision.objects.filter(encounter=visit)] == ["accept", "reject"]


def test_pointers_follow_their_diagnosis_when_one_before_it_goes(visit, practice, acts):
    acts("accept E11.65", "accept I10")
    choose(
        practice.tenant, visit, "add", ("CPT", "83036"), {"pointers": [2], "units": "1"}, actor=practice.actor
    )
    acts("reject E11.65 not supported by the note")
    assert codes(visit) == ["I10", "83036"]
    assert pointers(visit, "83036") == [1]


def test_a_pointer_to_a_removed_diagnosis_goes_with_it(visit, practice, acts):
    acts("accept E11.65", "accept I10")
    choose(practice.tenant, visit, "add", ("CPT", "83036"), {"pointers": [1, 2]}, actor=practice.actor)
    acts("reject E11.65 not supported by the note")
    assert pointers(visit, "83036") == [1]


def test_pointers_follow_a_moved_diagnosis(visit, practice, acts):
    acts("accept E11.65", "accept I10")
    choose(practice.tenant, visit, "add", ("CPT", "83036"), {"pointers": [1]}, actor=practice.actor)
    move(practice.tenant, visit, "I10", -1, actor=practice.actor)
    assert codes(visit)[:2] == ["I10", "E11.65"]
    assert pointers(visit, "83036") == [2]
    undo(practice.tenant, visit, actor=practice.actor)
    assert codes(visit)[:2] == ["E11.65", "I10"]
    assert pointers(visit, "83036") == [1]


def test_a_visit_points_at_all_that_was_dealt_with_and_a_test_at_its_first_reason(visit, acts):
    acts("accept 99214", "accept 83036", "accept E11.65", "accept I10", "add Z79.84")
    assert pointers(visit, "99214") == [1, 2, 3]
    assert pointers(visit, "83036") == [1]


def test_the_first_diagnosis_cannot_move_higher(visit, practice, acts):
    acts("accept E11.65", "accept I10")
    count = Decision.objects.filter(encounter=visit).count()
    move(practice.tenant, visit, "E11.65", -1, actor=practice.actor)
    assert Decision.objects.filter(encounter=visit).count() == count


def test_a_rejection_without_a_reason_is_refused(acts):
    with pytest.raises(Refused):
        acts("reject I10")
