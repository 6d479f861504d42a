"""A claim version leaves once, in a file whose numbers no file had before, with no one else's claim in it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.claims.batches import make_batches, mark_sent
from cleanclaim.office.claims.models import Batch, BatchedVersion, ClaimRow
from cleanclaim.office.files.services import read_file
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.x12 import check_envelope, read_837


def claims_in(batch):
    return [item.claim.claim_id for item in read_837(read_file(batch.file))]


def test_ready_claims_leave_together_and_only_once(practice, desk, sound):
    practice.make(*(desk.claim(f"C{number}", number=number) for number in range(5)))
    (batch,) = practice.batch()
    assert claims_in(batch) == [f"C{number}" for number in range(5)]
    assert practice.batch() == []
    assert BatchedVersion.objects.count() == 5
    assert set(ClaimRow.objects.values_list("state", flat=True)) == {"batched"}
    assert sound() == {}


def test_a_claim_its_guide_cannot_carry_stays_and_says_why_and_the_others_go(practice, desk, sound):
    bad = desk.claim("BAD", number=2)
    bad = attrs.evolve(bad, billing=attrs.evolve(bad.billing, address=None))
    practice.make(desk.claim("C1"), bad, desk.claim("C3", number=3))
    (batch,) = practice.batch()
    assert claims_in(batch) == ["C1", "C3"]
    assert practice.state("BAD") == "held"
    assert practice.events("BAD")[-1] == "scrubbed-held"
    assert sound() == {}


def test_fifty_batches_have_fifty_numbers_and_names(practice, desk, sound):
    batches = []
    for number in range(50):
        practice.make(desk.claim(f"C{number:02d}", number=number))
        batches += practice.batch()
    assert len({batch.interchange_control_number for batch in batches}) == 50
    assert len({batch.group_control_number for batch in batches}) == 50
    assert len({batch.file.name for batch in batches}) == 50
    assert all(check_envelope(read_file(batch.file)) == () for batch in batches)
    assert sorted(name for batch in batches for name in claims_in(batch)) == [f"C{n:02d}" for n in range(50)]
    assert sound() == {}


def test_numbers_of_two_tenants_are_never_the_same(practice, desk):
    practice.make(desk.claim("C1"))
    (ours,) = practice.batch()
    other = find_tenant("example")
    with within(other):
        desk_there = type(practice)(other)
        desk_there.make(desk.claim("C1"))
        (theirs,) = desk_there.batch()
    assert ours.interchange_control_number != theirs.interchange_control_number


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owners=st.lists(st.booleans(), min_size=1, max_size=8))
def test_a_batch_never_holds_another_tenants_claim(practice, desk, owners):
    from django.db import transaction

    point = transaction.savepoint()
    twin = find_tenant("example")
    with within(twin):
        there = type(practice)(twin)
        there.make(*(desk.claim(f"T{n}", number=n) for n, ours in enumerate(owners) if not ours))
    practice.make(*(desk.claim(f"P{n}", number=n) for n, ours in enumerate(owners) if ours))
    batches = practice.batch()
    assert [name for batch in batches for name in claims_in(batch)] == sorted(
        f"P{n}" for n, ours in enumerate(owners) if ours
    )
    with within(twin):
        theirs = [name for batch in there.batch() for name in claims_in(batch)]
    assert theirs == sorted(f"T{n}" for n, ours in enumerate(owners) if not ours)
    transaction.savepoint_rollback(point)


def test_a_service_is_not_done_for_a_tenant_one_is_not_in(practice, desk):
    with pytest.raises(Refused, match="not the tenant"):
        make_batches(find_tenant("example"), desk.TRADING, actor=practice.actor)


def test_a_batch_is_sent_once_however_often_it_is_said(practice, desk):
    practice.make(desk.claim("C1"))
    (batch,) = practice.batch()
    again = Batch.objects.get()
    mark_sent(batch, actor=practice.actor)
    mark_sent(again, actor=practice.actor)
    mark_sent(batch, actor=practice.actor)
    assert practice.events().count("sent") == 1
    assert practice.state() == "sent"


def test_the_file_kept_is_the_file_that_would_be_sent_again(practice, desk):
    practice.make(desk.claim("C1"))
    (batch,) = practice.batch()
    first = read_file(batch.file)
    mark_sent(batch, actor=practice.actor)
    assert read_file(Batch.objects.get().file) == first
