"""TA1, 999 and 277CA move claims forward, each once, in any order, and never another's or a newer version."""

from __future__ import annotations

import itertools

import pytest

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.claims.acknowledgements import take_in_acknowledgements
from cleanclaim.office.claims.batches import mark_sent
from cleanclaim.office.claims.corrections import correct_claim
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.files.services import read_file
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.payersim.acknowledge import receive
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.plan_file import load_plans
from cleanclaim.x12 import read_acknowledgements


@pytest.fixture(scope="session")
def plans():
    return load_plans(examples_folder() / "payersim")


@pytest.fixture
def sent(practice, desk):
    """Two claims out in a batch."""
    practice.make(desk.claim("C1"), desk.claim("C2", number=2))
    (batch,) = practice.batch()
    mark_sent(batch, actor=practice.actor)
    return batch


def take_in(practice, data, name="answer.x12"):
    return take_in_acknowledgements(practice.tenant, data, name, actor=practice.actor)


def as_sent(batch, **fields):
    """The envelope that the answers are given in."""
    return fields


def answers(batch, plans, desk):
    return [
        item.data
        for item in receive(
            read_file(batch.file), plans, on=desk.NOW.replace(tzinfo=None), numbers=Numbers(1)
        )
    ]


def test_answers_in_every_order_and_twice_lead_to_the_same_state(practice, desk, sent, plans):
    from django.db import transaction

    files = answers(sent, plans, desk)
    outcomes = set()
    for order in itertools.permutations(files):
        point = transaction.savepoint()
        for place, data in enumerate((*order, *order)):
            take_in(practice, data, f"{place}.x12")
        outcomes.add((practice.state("C1"), practice.state("C2")))
        transaction.savepoint_rollback(point)
    assert len(outcomes) == 1


def test_the_same_answer_under_another_name_is_not_taken_in_again(practice, sent, plans, desk):
    for data in answers(sent, plans, desk):
        take_in(practice, data, "a.x12")
        before = practice.events()
        again = take_in(practice, data, "b.x12")
        assert (again.new, again.claims_moved) == (False, 0)
        assert practice.events() == before


def rewritten(data, **numbers):
    for old, new in numbers.items():
        data = data.replace(old.encode(), new.encode())
    return data


def answer_of(kind, files):
    return next(data for data in files if read_acknowledgements(data)[0].kind.value == kind)


def test_a_rejection_of_the_group_alone_rejects_every_claim_in_it(practice, sent, plans, desk, sound):
    data = answer_of("999", answers(sent, plans, desk))
    parts = data.decode().split("~")
    at = {item.lstrip().split("*")[0]: item for item in parts if item.strip()}
    kept = [item for item in parts if item.lstrip().split("*")[0] not in {"AK2", "IK5"}]
    assert len(kept) == len(parts) - 2
    text = "~".join(kept).replace(at["AK9"].strip(), "AK9*R*1*1*0")
    count = int(at["SE"].split("*")[1])
    text = text.replace(f"SE*{count}*", f"SE*{count - 2}*")
    taken = take_in(practice, text.encode())
    assert taken.claims_moved == 2
    assert (practice.state("C1"), practice.state("C2")) == ("rejected", "rejected")
    assert sound() == {}


@pytest.mark.parametrize("number", ["ABCD", "9999", "00x1"])
def test_an_answer_for_a_set_we_never_sent_moves_nothing_and_is_told(practice, sent, plans, desk, number):
    data = answer_of("999", answers(sent, plans, desk))
    taken = take_in(practice, data.replace(b"AK2*837*0001", f"AK2*837*{number}".encode()))
    assert taken.claims_moved == 0
    assert taken.unmatched
    assert practice.state("C1") == "sent"


def test_an_answer_for_a_file_we_never_sent_is_told(practice, sent, plans, desk):
    number = sent.interchange_control_number
    data = answer_of("TA1", answers(sent, plans, desk))
    taken = take_in(practice, data.replace(f"TA1*{number}".encode(), b"TA1*987654321"))
    assert (taken.claims_moved, len(taken.unmatched)) == (0, 1)


def test_another_tenants_answers_move_nothing_here(practice, desk, sent, plans):
    files = answers(sent, plans, desk)
    stranger = find_tenant("example")
    with within(stranger):
        there = type(practice)(stranger)
        there.make(desk.claim("C1"))
        for data in files:
            taken = take_in(there, data)
            assert taken.kinds == ("277CA",) or (taken.claims_moved == 0 and taken.unmatched)
    assert practice.state("C1") == "sent"
    assert practice.events("C1").count("file-accepted") == 0


def rejection_of(data, claim_id):
    """The 277CA with this claim's acceptance turned into a rejection."""
    parts = data.decode().split("~")
    here = False
    for place, item in enumerate(parts):
        fields = item.strip().split("*")
        if fields[0] == "TRN" and fields[1] == "2":
            here = fields[2] == claim_id
        if here and fields[0] == "STC":
            parts[place] = item.replace(fields[1], "A3:33:IL", 1)
    return "~".join(parts).encode()


def test_a_late_rejection_of_an_older_version_does_not_reject_the_corrected_one(
    practice, desk, sent, plans, sound
):
    files = answers(sent, plans, desk)
    accepted = answer_of("277CA", files)
    first = rejection_of(accepted, "C1")
    take_in(practice, first, "first.x12")
    assert practice.state("C1") == "rejected"
    claim = ClaimRow.objects.get(claim_id="C1")
    correct_claim(
        practice.tenant,
        claim,
        current_version(claim).read(),
        "the member id was mistyped",
        actor=practice.actor,
    )
    claim.refresh_from_db()
    if claim.state == "held":
        from cleanclaim.office.claims.scrubbing import override_hold

        override_hold(practice.tenant, claim, "a test lets it go", actor=practice.actor)
    (second,) = practice.batch()
    mark_sent(second, actor=practice.actor)
    assert practice.state("C1") == "sent"
    late = first.replace(b"A3:33:IL", b"A3:21:IL")  # the house says it again in other words, for the old file
    take_in(practice, late, "late.x12")
    take_in(
        practice, answer_of("999", files).replace(b"IK5*A", b"IK5*R").replace(b"AK9*A", b"AK9*R"), "l.999"
    )
    assert practice.state("C1") == "sent"
    assert practice.events("C1")[-1] == "file-rejected"
    assert sound() == {}


@pytest.mark.parametrize("data", [b"", b"ISA", b"hello", b"\xff\xfe\x00"])
def test_bytes_that_are_no_answer_leave_nothing(practice, data):
    from cleanclaim.office.files.models import StoredFile

    with pytest.raises(CleanClaimError):
        take_in(practice, data)
    assert not StoredFile.objects.exists()
