"""A correction is a new version of the same claim for the same charges, with a reason."""

from __future__ import annotations

import attrs
import pytest

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.claims.corrections import correct_claim
from cleanclaim.office.claims.models import ClaimVersion
from cleanclaim.office.claims.scrubbing import override_hold, scrub_claim
from cleanclaim.office.claims.versions import current_version


@pytest.fixture
def made(practice, desk):
    (row,) = practice.make(desk.claim("C1", (10_000, 5_000)))
    return row


def correct(practice, row, record, reason="a digit was wrong"):
    return correct_claim(practice.tenant, row, record, reason, actor=practice.actor)


def test_before_the_payer_took_it_up_it_goes_again_as_an_original(practice, made, sound):
    record = attrs.evolve(current_version(made).read(), authorization_number="AUTH1")
    version = correct(practice, made, record)
    assert (version.version, version.read().frequency.value) == (2, "1")
    assert ClaimVersion.objects.filter(claim=made).count() == 2
    assert practice.balance().charge_cents == 15_000
    assert sound() == {}


def test_after_an_answer_it_is_a_replacement_with_the_payers_number(practice, desk, sound):
    claim = desk.claim("C1")
    practice.open(claim)
    practice.pay(desk.answer(claim, (0, "CO 16 10000"), status="4"))
    from cleanclaim.office.claims.models import ClaimRow

    row = ClaimRow.objects.get()
    with pytest.raises(Refused, match="payer's claim number"):
        correct(practice, row, claim)
    version = correct(practice, row, attrs.evolve(claim, payer_claim_number="ICN1"))
    assert version.read().frequency.value == "7"
    assert sound() == {}


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_corrected(practice, made, reason):
    with pytest.raises(Refused, match="reason"):
        correct(practice, made, current_version(made).read(), reason)
    assert ClaimVersion.objects.filter(claim=made).count() == 1


@pytest.mark.parametrize("charges", [(10_001, 5_000), (9_000, 6_000), (15_000,)])
def test_charges_are_not_changed_here_not_even_between_lines(practice, made, desk, charges):
    with pytest.raises(Refused, match="charges"):
        correct(practice, made, desk.claim("C1", charges))


def test_another_claims_record_is_no_correction(practice, made, desk):
    with pytest.raises(Refused, match="same claim"):
        correct(practice, made, desk.claim("C2", (10_000, 5_000)))


def test_only_a_held_claim_is_let_go_and_only_with_a_reason(practice, made):
    with pytest.raises(Refused, match="only a held claim"):
        override_hold(practice.tenant, made, "a good reason", actor=practice.actor)


def test_scrubbing_a_claim_on_its_way_does_not_call_it_back(practice, made):
    practice.batch()
    scrub_claim(practice.tenant, made, actor=practice.actor)
    assert practice.state() == "batched"
