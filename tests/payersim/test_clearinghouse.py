"""Bytes in, bytes out: what the payers decided is what their files say, faults included."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from attrs import evolve

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.payersim.clearinghouse import adjudicate, take_back
from cleanclaim.payersim.faults import Faults
from cleanclaim.payersim.judge import judge
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.x12.envelope import Envelope
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.remittance_835 import read_835
from cleanclaim.x12.write_837 import write_837

SENT = dt.datetime(2026, 10, 26, 9, 30)
PAID = dt.date(2026, 11, 9)
BACK = dt.date(2026, 11, 20)
ENVELOPE = Envelope(
    sender_id="EXSUBMIT1",
    receiver_id="EXCLEAR01",
    created_at=SENT,
    interchange_control_number=101,
    group_control_number=101,
    submitter_name="Mill River Billing",
    contact_name="Billing Desk",
    contact_phone="6145550100",
    receiver_name="Example Clearinghouse",
)


@pytest.fixture(scope="module")
def files(all_visits, visit_claim):
    """All visits as one professional and one institutional 837."""
    claims = [visit_claim(visit) for visit in all_visits]
    hospital = [claim for claim in claims if isinstance(claim, InstitutionalClaim)]
    others = [claim for claim in claims if not isinstance(claim, InstitutionalClaim)]
    return write_837(others, ENVELOPE), write_837(hospital, evolve(ENVELOPE, interchange_control_number=102))


def _adjudicate(data, plans, **more):
    return adjudicate(data, plans, on=PAID, numbers=Numbers(500), received_on=SENT.date(), **more)


def test_every_claim_comes_back_as_it_was_judged(files, all_visits, visit_claim, plans):
    seen = {}
    for data in files:
        for answer in _adjudicate(data, plans):
            for payment in read_835(answer.data).payments:
                assert payment.difference_cents() == 0
                assert payment.payer_id == answer.payer_id
                seen |= {claim.claim_id: claim for claim in payment.claims}
    assert sorted(seen) == list(all_visits)
    for visit, read in seen.items():
        claim = visit_claim(visit)
        told = judge(claim, plans[claim.coverage.payer.payer_id], SENT.date())
        assert (read.paid_cents, read.status, read.payer_claim_number, read.drg) == (
            told.paid_cents, told.status, told.payer_claim_number, told.drg,
        )  # fmt: skip
        assert read.all_adjustments() == told.all_adjustments(), visit
        assert [line.control_number for line in read.lines] == [line.control_number for line in told.lines]
        assert [line.allowed_cents for line in read.lines] == [line.allowed_cents for line in told.lines]
        assert read.received_on == SENT.date()


def test_an_independent_reader_finds_nothing_wrong_with_the_remittances(files, plans):
    answers = [answer for data in files for answer in _adjudicate(data, plans)]
    answers += take_back(plans, _of(answers, "EXHPO", b"CLP*V25").data, on=BACK, numbers=Numbers(900))
    for answer in answers:
        assert _pyx12_errors(answer.data) == [], answer.filename


def test_the_same_bytes_and_numbers_give_the_same_bytes(files, plans):
    assert _adjudicate(files[0], plans) == _adjudicate(files[0], plans)


def test_a_take_back_file_reverses_corrects_and_pays_nothing(files, plans):
    paid = _of(_adjudicate(files[0], plans), "EXHPO", b"CLP*V25")
    (answer,) = take_back(plans, paid.data, on=BACK, numbers=Numbers(900))
    (payment,) = read_835(answer.data).payments
    assert [claim.status for claim in payment.claims] == ["22", "1"]
    assert sum(claim.paid_cents for claim in payment.claims) == -1920
    assert (payment.payment_cents, payment.method, payment.difference_cents()) == (0, "NON", 0)
    (forward,) = payment.provider_adjustments
    assert (forward.reason, forward.cents) == ("FB", -1920)


def test_nothing_is_taken_back_without_a_script(files, plans):
    paid = _of(_adjudicate(files[0], plans), "EXMCD", b"CLP*V15")
    assert take_back(plans, paid.data, on=BACK, numbers=Numbers(900)) == ()


def test_a_duplicate_file_has_the_same_bytes_under_another_name(files, plans):
    answers = _adjudicate(files[1], plans, faults=Faults(duplicate_file=True))
    assert len(answers) == 4
    for one, again in zip(answers[::2], answers[1::2], strict=True):
        assert one.data == again.data
        assert one.filename != again.filename


@pytest.mark.parametrize("cut_at", [0, 50, 106, 400, 700])
def test_a_file_cut_short_is_noticed_by_the_reader(cut_at, files, plans):
    for answer in _adjudicate(files[0], plans, faults=Faults(cut_at=cut_at)):
        with pytest.raises(X12Error):
            read_835(answer.data)


def test_an_imbalance_stands_in_the_file(files, plans):
    answers = _adjudicate(files[0], plans, faults=Faults(off_by_cents=1))
    gaps = [payment.difference_cents() for answer in answers for payment in read_835(answer.data).payments]
    assert sorted(gaps)[0] == -1
    assert gaps.count(0) == len(gaps) - 1


def test_what_is_no_claim_file_is_refused(plans):
    with pytest.raises(X12Error):
        _adjudicate(b"hello", plans)


def _of(answers, payer_id, content):
    return next(each for each in answers if each.payer_id == payer_id and content in each.data)


def _pyx12_errors(data):
    import pyx12.params
    import pyx12.x12n_document

    report = io.StringIO()
    source = io.StringIO(data.decode("ascii"))
    pyx12.x12n_document.x12n_document(pyx12.params.params(), source, None, None, None, report)
    found = []

    def collect(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key.endswith("errors") and value:
                    found.append((key, value))
                else:
                    collect(value)
        elif isinstance(node, list):
            for item in node:
                collect(item)

    collect(json.loads(report.getvalue()))
    return found
