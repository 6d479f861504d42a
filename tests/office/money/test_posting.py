"""One payment, whatever envelope it comes in, moves its cents once and leaves none unexplained."""

from __future__ import annotations

import itertools

import attrs
import pytest

from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.office.claims.models import ClaimVersion
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.money.models import LedgerEntry, PayerPayment
from cleanclaim.office.people.tenancy import find_tenant, within

PAID = ((7_000, "CO 45 2000, PR 2 1000"),)


@pytest.fixture
def paid(practice, desk):
    """A claim of $100 out at its payer, and the payment of $70 for it."""
    claim = desk.claim("C1")
    practice.open(claim)
    return claim, desk.payment(desk.answer(claim, *PAID))


def test_a_payment_places_every_cent_and_moves_the_claim(practice, paid, desk, sound):
    report = practice.take(desk.remittance(paid[1]))["payments"][0]
    assert (report["bpr_cents"], report["posted_cents"], report["suspended_cents"]) == (7_000, 7_000, 0)
    assert practice.accounts() == {
        "charges": -10_000,
        "payer_clearing": 7_000,
        "contractual_adjustment": 2_000,
        "patient_receivable": 1_000,
    }
    assert practice.state() == "patient"
    assert practice.events() == ["imported", "paid", "to-patient"]
    assert sound() == {}


def test_the_same_bytes_post_nothing_again(practice, paid, desk, sound):
    data = desk.remittance(paid[1])
    practice.take(data)
    before = practice.money(), practice.events()
    again = practice.take(data)
    assert again["already_posted"] and again["payments"][0]["already_posted"]
    assert (practice.money(), practice.events()) == before
    assert PayerPayment.objects.count() == 1
    assert sound() == {}


def test_the_same_payment_under_another_file_name_posts_nothing(practice, paid, desk):
    data = desk.remittance(paid[1])
    practice.take(data, "monday.835")
    before = practice.money()
    assert practice.take(data, "tuesday.835")["already_posted"]
    assert practice.money() == before


def test_the_same_payment_in_a_new_envelope_posts_nothing(practice, paid, desk, sound):
    practice.take(desk.remittance(paid[1], number=1))
    before = practice.money()
    assert practice.take(desk.remittance(paid[1], number=77))["already_posted"]
    assert practice.money() == before
    assert sound() == {}


def test_the_same_payment_split_in_two_files_posts_nothing(practice, desk, sound):
    claims = [desk.claim(f"C{number}", number=number) for number in (1, 2)]
    practice.open(*claims)
    whole = desk.payment(*(desk.answer(item, *PAID) for item in claims))
    practice.take(desk.remittance(whole))
    before = practice.money()
    for number, half in enumerate(whole.claims, 2):
        practice.take(desk.remittance(attrs.evolve(whole, claims=(half,)), number=number))
    assert practice.money() == before
    assert sound() == {}


def test_another_payment_of_the_same_amount_is_asked_about_not_swallowed(practice, paid, desk):
    practice.take(desk.remittance(paid[1]))
    second = practice.pay(desk.answer(paid[0], *PAID), trace="T2")
    assert second["suspended_cents"] == 7_000
    assert second["claims"][0]["exceptions"][0]["code"] == "DUPLICATE-PAYMENT"
    assert practice.accounts()["payer_suspense"] == -7_000


def test_two_payments_of_one_file_and_every_order_of_files_give_the_same_balances(practice, desk, db):
    from django.db import transaction

    first = desk.claim("C1", second=True)
    other = desk.claim("C2", (5_000,), number=2)
    answers = [
        desk.remittance(desk.payment(desk.answer(first, *PAID)), number=1),
        desk.remittance(
            desk.payment(desk.answer(other, (4_000, "CO 45 1000"), number="ICN2"), trace="T2"), number=2
        ),
        desk.remittance(
            desk.payment(
                desk.take_back(desk.answer(other, (4_000, "CO 45 1000"), number="ICN2")),
                trace="T3",
                provider=[desk.provider_adjustment("FB", -4_000)],
            ),
            number=3,
        ),
    ]
    outcomes = []
    for order in itertools.permutations(answers):
        point = transaction.savepoint()
        practice.open(first, other)
        for data in order:
            practice.take(data)
        for data in order:  # what waited for another file has its place by now
            practice.take(data)
        outcomes.append(practice.money())
        transaction.savepoint_rollback(point)
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_reversal_before_its_original_waits_and_is_worked_when_the_original_is_there(practice, desk, sound):
    claim = desk.claim("C1")
    practice.open(claim)
    answer = desk.answer(claim, *PAID)
    back = desk.payment(desk.take_back(answer), trace="T2", provider=[desk.provider_adjustment("FB", -7_000)])
    early = practice.take(desk.remittance(back, number=2))["payments"][0]
    assert early["claims"][0]["outcome"] == "suspended"
    practice.take(desk.remittance(desk.payment(answer), number=1))
    practice.take(desk.remittance(back, number=2))
    assert practice.balance().insurance_cents == 10_000
    assert practice.balance().patient_cents == 0
    assert practice.accounts().get("payer_suspense", 0) == 0
    assert sound() == {}


def test_a_correction_told_before_its_reversal_leaves_the_claim_paid(practice, desk, sound):
    claim = desk.claim("C1")
    practice.open(claim)
    first = desk.answer(claim, *PAID)
    practice.pay(first)
    corrected = desk.answer(claim, (8_000, "CO 45 2000"), number="ICN2")
    practice.pay(corrected, desk.take_back(first), trace="T2")
    assert practice.balance().paid_cents == 8_000
    assert practice.state() == "closed"
    assert sound() == {}


def test_money_for_an_unknown_claim_waits_until_the_claim_is_there(practice, desk, sound):
    claim = desk.claim("LATE")
    data = desk.remittance(desk.payment(desk.answer(claim, *PAID)))
    assert practice.take(data)["payments"][0]["suspended_cents"] == 7_000
    assert practice.accounts() == {"payer_clearing": 7_000, "payer_suspense": -7_000}
    practice.open(claim)
    report = practice.take(data)["payments"][0]
    assert (report["posted_cents"], report["suspended_cents"]) == (7_000, 0)
    assert practice.accounts()["payer_clearing"] == 7_000
    assert practice.accounts().get("payer_suspense", 0) == 0
    assert practice.state("LATE") == "patient"
    before = practice.money()
    assert practice.take(data)["already_posted"]
    assert practice.money() == before
    assert sound() == {}


def test_a_payment_out_of_balance_waits_whole(practice, paid, desk, sound):
    report = practice.pay(*paid[1].claims, payment_cents=6_999)
    assert report["balanced"] is False
    assert (report["posted_cents"], report["suspended_cents"]) == (0, 6_999)
    assert practice.accounts()["payer_suspense"] == -6_999
    assert practice.balance().insurance_cents == 10_000
    assert sound() == {}


def test_one_answer_out_of_balance_waits_alone(practice, desk, sound):
    good, bad = desk.claim("C1"), desk.claim("C2", number=2)
    practice.open(good, bad)
    report = practice.pay(desk.answer(good, *PAID), desk.answer(bad, (7_000, "CO 45 1999"), number="ICN2"))
    assert (report["posted_cents"], report["suspended_cents"]) == (7_000, 7_000)
    assert practice.balance("C2").insurance_cents == 10_000
    assert practice.state("C1") == "patient"
    assert "suspended" in practice.events("C2")
    assert sound() == {}


def test_provider_adjustments_stand_on_accounts_of_their_own(practice, paid, desk, sound):
    adjusted = [
        desk.provider_adjustment("WO", 2_500, "C0"),
        desk.provider_adjustment("L6", -40),
        desk.provider_adjustment("ZZ", 10),
    ]
    report = practice.pay(*paid[1].claims, provider=adjusted)
    assert report["bpr_cents"] == 7_000 - 2_470
    assert report["provider_adjustment_cents"] == 2_470
    accounts = practice.accounts()
    assert (accounts["recoupment"], accounts["interest"], accounts["provider_adjustment"]) == (2_500, -40, 10)
    assert accounts["payer_clearing"] == report["bpr_cents"]
    assert sound() == {}


def test_a_payment_of_nothing_still_answers_its_claims(practice, desk, sound):
    claim = desk.claim("C1")
    practice.open(claim)
    report = practice.pay(desk.answer(claim, (0, "PR 1 10000")))
    assert report["bpr_cents"] == 0
    assert practice.balance().patient_cents == 10_000
    assert practice.state() == "patient"
    assert sound() == {}


def test_a_denial_takes_nothing_off_and_opens_a_case_once(practice, desk, sound):
    from cleanclaim.office.denials.models import DenialCaseRow

    claim = desk.claim("C1")
    practice.open(claim)
    data = desk.remittance(desk.payment(desk.answer(claim, (0, "CO 197 10000"), status="4")))
    practice.take(data)
    practice.take(data)
    case = DenialCaseRow.objects.get()
    assert (case.denied_cents, case.state) == (10_000, "open")
    assert practice.balance().insurance_cents == 10_000
    assert practice.state() == "denied"
    assert sound() == {}


def test_another_tenants_claim_is_never_posted_to(practice, desk, sound):
    stranger = find_tenant("example")
    claim = desk.claim("C1")
    with within(stranger):
        type(practice)(stranger).open(claim)
    report = practice.pay(desk.answer(claim, *PAID))
    assert report["suspended_cents"] == 7_000
    assert report["claims"][0]["exceptions"][0]["code"] == "CLAIM-NOT-FOUND"
    with within(stranger):
        assert set(LedgerEntry.objects.values_list("account", flat=True)) >= {"charges"}
        assert not LedgerEntry.objects.filter(claim_id="C1", account="payer_clearing").exists()
    assert sound() == {}


def test_twin_tenants_post_the_same_file_each_for_itself(practice, desk, sound):
    twin = find_tenant("example")
    claim = desk.claim("TWIN")
    data = desk.remittance(desk.payment(desk.answer(claim, *PAID)))
    practice.open(claim)
    practice.take(data)
    with within(twin):
        other = type(practice)(twin)
        other.open(claim)
        assert other.take(data)["already_posted"] is False
        assert other.balance("TWIN").patient_cents == 1_000
    assert practice.balance("TWIN").patient_cents == 1_000
    assert sound() == {}


def test_a_claim_number_in_the_other_case_of_letters_is_found(practice, desk):
    claim = desk.claim("Ab1")
    practice.open(claim)
    practice.pay(attrs.evolve(desk.answer(claim, *PAID), claim_id="AB1"))
    assert practice.state("Ab1") == "patient"
    assert practice.balance("Ab1").paid_cents == 7_000


def test_numbers_that_differ_by_case_only_are_two_claims(practice, desk):
    claims = desk.claim("ab1"), desk.claim("AB1", number=2)
    practice.open(*claims)
    practice.pay(desk.answer(claims[1], *PAID))
    assert (practice.state("AB1"), practice.state("ab1")) == ("patient", "sent")
    assert practice.events("ab1") == ["imported"]


def test_what_another_payer_follows_goes_to_it_with_the_first_ones_answer(practice, desk, sound):
    claim = desk.claim("C1", second=True)
    practice.open(claim)
    practice.pay(desk.answer(claim, *PAID))
    versions = ClaimVersion.objects.filter(claim__claim_id="C1").order_by("version")
    assert [item.payer_id for item in versions] == ["TSTHM", "TSTSM"]
    assert "next-payer" in practice.events()
    assert practice.balance().patient_cents == 0
    second = desk.payment(
        desk.answer(claim, (1_000, "OA 23 9000"), status="2", number="S1"), trace="S", payer=desk.NEXT_PAYER
    )
    practice.take(desk.remittance(second, number=9))
    assert practice.balance().is_closed()
    assert practice.state() == "closed"
    assert sound() == {}


@pytest.mark.parametrize("data", [b"", b"not X12", b"ISA*00*", "é".encode("utf-16")])
def test_bytes_that_are_no_remittance_are_refused_and_leave_nothing(practice, data):
    with pytest.raises(CleanClaimError):
        practice.take(data)
    assert not StoredFile.objects.exists()


def test_a_file_of_claims_is_no_remittance(practice, desk):
    with pytest.raises(CleanClaimError):
        practice.take(desk.claims_file(desk.claim("C1")))
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (b"TRN*1*T1*", b"TRN*1*" + b"T" * 300 + b"*"),
        (b"TSTHM", b"P" * 90),
        (b"*Harbor Mutual", b"*" + b"N" * 300),
        (b"*ICN1*", b"*" + b"I" * 200 + b"*"),
        (b"CLP*C1*1*", b"CLP*" + b"C" * 90 + b"*1*"),
        (b"CLP*C1*1*", b"CLP*C1*1111*"),
    ],
)
def test_words_longer_than_the_guide_allows_are_refused_and_nothing_is_kept(
    practice, paid, desk, short, long
):
    data = desk.remittance(paid[1])
    assert short in data
    with pytest.raises(InputError):
        practice.take(data.replace(short, long))
    assert not StoredFile.objects.filter(kind="835").exists()


def test_a_payment_costs_the_same_few_questions_for_one_claim_and_for_forty(
    practice, desk, django_assert_max_num_queries
):
    claims = [desk.claim(f"C{number}", number=number) for number in range(41)]
    practice.open(*claims)
    practice.pay(desk.answer(claims[40], *PAID), trace="T0")
    with django_assert_max_num_queries(60):
        practice.pay(
            *(desk.answer(item, *PAID, number=f"I{place}") for place, item in enumerate(claims[:40]))
        )
