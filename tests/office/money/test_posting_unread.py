"""A claim payment that cannot be read waits alone, its money in suspense; what stands beside it is posted."""

from __future__ import annotations

import pytest

from cleanclaim.kernel.errors import InputError


@pytest.fixture
def answers(practice, desk):
    """Two claims that are out, and their answers."""
    claims = [desk.claim("C1"), desk.claim("C2", number=2)]
    practice.open(*claims)
    return [desk.answer(one, (6_000, "CO 45 4000"), number=f"ICN-{one.claim_id}") for one in claims]


def spoiled(data, old, new):
    """The file with one change in the answer to C2."""
    place = data.index(b"CLP*C2*")
    assert old in data[place:]
    return data[:place] + data[place:].replace(old, new, 1)


def test_a_bad_date_keeps_one_claim_in_suspense_and_no_other(practice, desk, answers, sound):
    data = spoiled(desk.remittance(desk.payment(*answers)), b"DTM*472*2026", b"DTM*472*9926")
    report = practice.take(data)
    (payment,) = report["payments"]
    assert (payment["posted_cents"], payment["suspended_cents"], payment["balanced"]) == (6_000, 6_000, True)
    posted, waiting = payment["claims"]
    assert (posted["outcome"], waiting["outcome"]) == ("posted", "suspended")
    (fault,) = waiting["exceptions"]
    assert fault["code"] == "CLAIM-NOT-READ"
    assert "segment " in fault["message"]
    assert "claim C2" in fault["message"]
    assert sound() == {}
    before = practice.money()
    assert practice.take(data)["payments"][0]["already_posted"]
    assert practice.money() == before


def test_without_its_amount_the_payment_has_no_proof_and_waits_whole(practice, desk, answers, sound):
    data = desk.remittance(
        desk.payment(*answers), desk.payment(desk.answer(desk.claim("C3"), (50, "CO 45 9950")), trace="T2")
    )
    whole, other = practice.take(spoiled(data, b"CLP*C2*1*100*60*", b"CLP*C2*1*100*6O*"))["payments"]
    assert (whole["posted_cents"], whole["suspended_cents"], whole["balanced"]) == (0, 12_000, False)
    assert other["balanced"]
    assert sound() == {}


def test_a_set_without_a_payment_is_told_and_the_other_posted(practice, desk, answers, sound):
    first, second = (desk.payment(one, trace=trace) for one, trace in zip(answers, ("T1", "T2"), strict=True))
    data = desk.remittance(first, second)
    place = data.index(b"TRN*1*T1*")
    report = practice.take(data[:place] + b"TRX" + data[place + 3 :])
    assert [payment["posted_cents"] for payment in report["payments"]] == [6_000]
    (told,) = report["unread"]
    assert "no TRN" in told
    assert sound() == {}


def test_a_file_without_any_payment_is_refused(practice, desk, answers):
    data = desk.remittance(desk.payment(answers[0]))
    with pytest.raises(InputError, match="no TRN"):
        practice.take(data.replace(b"TRN*1*T1*", b"TRX*1*T1*"))
