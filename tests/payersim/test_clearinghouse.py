"""Bytes in, bytes out: what the payers decided is what their files say, faults included."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.acknowledgement import Verdict
from cleanclaim.claims.claim import Frequency, InstitutionalClaim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.payersim.clearinghouse import adjudicate, receive, take_back
from cleanclaim.payersim.faults import Faults
from cleanclaim.payersim.judge import judge
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.payments import adjudicate_claims
from cleanclaim.x12 import Envelope, X12Error, read_835, read_acknowledgements, write_837

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


def _received(data, plans, **more):
    return receive(data, plans, on=SENT, numbers=Numbers(700), **more)


def _read(answers, kind):
    return [
        found for answer in answers if answer.kind == kind for found in read_acknowledgements(answer.data)
    ]


def test_a_good_file_gets_its_three_answers(files, plans):
    for data in files:
        answers = _received(data, plans)
        assert {answer.kind for answer in answers} == {"TA1", "999", "277CA"}
        (envelope,), (syntax,) = _read(answers, "TA1"), _read(answers, "999")
        assert envelope.verdict is syntax.verdict is Verdict.ACCEPTED
        assert [item.control_number for item in syntax.transactions] == ["0001"]
        statuses = [status for found in _read(answers, "277CA") for status in found.claims]
        assert {status.verdict for status in statuses} == {Verdict.ACCEPTED}


def test_the_payers_number_of_the_277ca_is_the_one_of_the_remittance(files, plans):
    told = {
        status.claim_id: status.payer_claim_number
        for found in _read(_received(files[0], plans), "277CA")
        for status in found.claims
    }
    paid = {
        claim.claim_id: claim.payer_claim_number
        for answer in _adjudicate(files[0], plans)
        for payment in read_835(answer.data).payments
        for claim in payment.claims
    }
    assert sorted(told) == sorted(paid)
    assert all(told[visit] in ("", paid[visit]) for visit in told)
    assert [visit for visit in told if not told[visit]] == ["V17", "V18"]


def test_acknowledgements_pass_an_independent_reader(files, plans):
    for data in files:
        for answer in _received(data, plans):
            if answer.kind != "TA1":
                assert _pyx12_errors(answer.data) == [], answer.filename


def test_a_mistyped_member_is_rejected_and_in_no_remittance(visit_claim, plans):
    good = visit_claim("V28")
    subscriber = evolve(good.coverage.subscriber, member_id="HPO00002B")
    wrong = evolve(good, coverage=evolve(good.coverage, subscriber=subscriber))
    data = write_837([wrong], ENVELOPE)
    (found,) = _read(_received(data, plans), "277CA")
    (status,) = found.claims
    assert found.verdict is Verdict.REJECTED
    assert (status.category, status.status, status.entity) == ("A3", "33", "IL")
    assert _adjudicate(data, plans) == ()
    corrected = write_837([evolve(good, version=2)], ENVELOPE)
    assert _read(_received(corrected, plans), "277CA")[0].claims[0].category == "A2"
    assert len(_adjudicate(corrected, plans)) == 1


def test_an_interchange_rejected_on_demand_gets_only_its_ta1(files, plans):
    (answer,) = _received(files[0], plans, faults=Faults(reject_interchange="025"))
    (found,) = read_acknowledgements(answer.data)
    assert found.verdict is Verdict.REJECTED
    assert found.interchange_control_number == "000000101"
    assert [item.code for item in found.complaints] == ["025"]


def test_transactions_rejected_on_demand_get_no_277ca(files, plans):
    answers = _received(files[0], plans, faults=Faults(reject_transactions=True))
    assert [answer.kind for answer in answers] == ["TA1", "999"]
    assert _read(answers, "999")[0].verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    ("old", "new", "code"), [(b"IEA*1*", b"IEA*2*", "021"), (b"IEA*1*000000101", b"IEA*1*000000999", "001")]
)
def test_a_broken_envelope_is_rejected_by_its_ta1(old, new, code, files, plans):
    (answer,) = _received(files[0].replace(old, new), plans)
    assert read_acknowledgements(answer.data)[0].complaints[0].code == code


def test_a_file_cut_on_the_way_is_rejected_by_its_ta1(files, plans):
    (answer,) = _received(files[0][:2000], plans)
    assert read_acknowledgements(answer.data)[0].verdict is Verdict.REJECTED


def test_one_unreadable_set_spoils_no_other(files, plans):
    first, second = files[0].split(b"ST*837*0001"), files[0].split(b"ST*837*0001")[1]
    body = second.split(b"SE*")[0]
    count = second.split(b"SE*")[1].split(b"*")[0]
    bad = body.replace(b"DTP*472*D8*20260914", b"DTP*472*D8*20269914")
    tail = second.split(b"SE*")[1].split(b"~", 1)[1].replace(b"GE*1*", b"GE*2*")
    data = (
        first[0] + b"ST*837*0001" + body + b"SE*" + count + b"*0001~"
        + b"ST*837*0002" + bad + b"SE*" + count + b"*0002~" + tail
    )  # fmt: skip
    answers = _received(data, plans)
    (syntax,) = _read(answers, "999")
    assert [item.verdict for item in syntax.transactions] == [Verdict.ACCEPTED, Verdict.REJECTED]
    (complaint,) = syntax.transactions[1].complaints
    assert complaint.segment == "DTP"
    assert len(_adjudicate(data, plans)) == len(_adjudicate(files[0], plans))


def test_a_total_that_is_not_the_sum_of_its_lines_is_rejected(visit_claim, plans):
    data = write_837([visit_claim("V08")], ENVELOPE).replace(b"CLM*V08*195", b"CLM*V08*196")
    (found,) = _read(_received(data, plans), "277CA")
    assert (found.claims[0].category, found.claims[0].status) == ("A7", "178")
    assert _adjudicate(data, plans) == ()


def test_no_answer_is_asked_for_no_ta1_is_sent(visit_claim, plans):
    data = write_837([visit_claim("V08")], evolve(ENVELOPE, acknowledgement_requested=False))
    assert [answer.kind for answer in _received(data, plans)] == ["999", "277CA"]


def test_a_second_payers_file_is_judged_from_its_own_bytes(visit_claim, plans, secondary_coverage):
    claim = visit_claim("V04")
    (answer,) = _adjudicate(write_837([claim], ENVELOPE), plans)
    (paid,) = read_835(answer.data).payments[0].claims
    lines = tuple(
        LineAdjudication(number, line.paid_cents, line.code, line.units, PAID, adjustments=line.adjustments)
        for number, line in enumerate(paid.lines, 1)
    )
    other = OtherPayer(claim.coverage, paid.paid_cents, PAID, lines=lines)
    second = evolve(claim, coverage=secondary_coverage, other_payers=(other,))
    (answer,) = _adjudicate(write_837([second], ENVELOPE), plans)
    (payment,) = read_835(answer.data).payments
    (item,) = payment.claims
    assert (payment.payer_id, item.status, item.paid_cents) == ("EXSUP", "2", 2550)
    assert item.patient_responsibility_cents == 0


def test_the_same_claim_twice_in_one_run_is_paid_once(visit_claim, plans):
    claim = visit_claim("V08")
    (payment,) = adjudicate_claims([claim, claim], plans, on=PAID, numbers=Numbers())
    assert [item.paid_cents for item in payment.claims] == [6240, 0]
    assert [item.reason for item in payment.claims[1].all_adjustments()] == ["18"]
    assert payment.difference_cents() == 0


def test_a_replacement_reverses_what_was_paid_and_is_judged_anew(visit_claim, plans):
    claim = visit_claim("V25")
    (first,) = _adjudicate(write_837([claim], ENVELOPE), plans)
    (paid,) = read_835(first.data).payments[0].claims
    changed = evolve(
        claim,
        lines=claim.lines[:1],
        frequency=Frequency.REPLACEMENT,
        payer_claim_number=paid.payer_claim_number,
    )
    (answer,) = _adjudicate(write_837([changed], ENVELOPE), plans, earlier=[first.data])
    (payment,) = read_835(answer.data).payments
    assert [(item.status, item.paid_cents) for item in payment.claims] == [("22", -14720), ("1", 12800)]
    assert payment.claims[1].payer_claim_number != paid.payer_claim_number
    assert payment.difference_cents() == 0


def test_a_void_takes_all_back_and_a_void_of_nothing_is_refused(visit_claim, plans):
    claim = visit_claim("V08")
    (first,) = _adjudicate(write_837([claim], ENVELOPE), plans)
    (paid,) = read_835(first.data).payments[0].claims
    void = write_837(
        [evolve(claim, frequency=Frequency.VOID, payer_claim_number=paid.payer_claim_number)], ENVELOPE
    )
    (answer,) = _adjudicate(void, plans, earlier=[first.data])
    (payment,) = read_835(answer.data).payments
    assert [(item.status, item.paid_cents) for item in payment.claims] == [("22", -6240)]
    assert (payment.payment_cents, payment.provider_adjustments[0].cents) == (0, -6240)
    (answer,) = _adjudicate(void, plans)
    (item,) = read_835(answer.data).payments[0].claims
    assert [each.reason for each in item.all_adjustments()] == ["129"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=3))
def test_a_damaged_file_is_answered_or_refused_never_a_crash(files, plans, position, junk):
    data = files[1][:position] + junk + files[1][position + len(junk) :]
    for work in (_received, _adjudicate):
        try:
            work(data, plans)
        except CleanClaimError as error:
            assert "Testman" not in str(error)


def test_recovery_interest_and_split_payments_stand_balanced_in_good_files(files, plans):
    faults = Faults(recover_cents=2500, interest_cents=37, split_payment=True)
    answers = _adjudicate(files[0], plans, faults=faults)
    payments = [payment for answer in answers for payment in read_835(answer.data).payments]
    assert [payment.difference_cents() for payment in payments] == [0] * len(payments)
    reasons = [(item.reason, item.cents) for payment in payments for item in payment.provider_adjustments]
    assert reasons == [("WO", 2500), ("L6", -37)]
    parts = [claim for payment in payments for claim in payment.claims if claim.claim_id == "V01"]
    assert [claim.charge_cents for claim in parts] == [26500, 5700]
    assert all(_pyx12_errors(answer.data) == [] for answer in answers)
