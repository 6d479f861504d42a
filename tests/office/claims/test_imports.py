"""Claims of another system become open claims once; what cannot be opened says why and keeps no other out."""

from __future__ import annotations

import attrs
import pytest

from cleanclaim.claims.claim import Frequency
from cleanclaim.kernel.errors import InputError
from cleanclaim.office.claims.imports import import_claims
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.registry.models import PatientRow


def outcomes(imported):
    return [(item.claim, item.outcome) for item in imported]


def take(practice, data, name="claims.x12"):
    return import_claims(practice.tenant, data, name, actor=practice.actor)


def test_the_same_file_twice_opens_its_claims_once(practice, desk, sound):
    data = desk.claims_file(desk.claim("C1"), desk.claim("C2", number=2))
    assert outcomes(take(practice, data)) == [("C1", "opened"), ("C2", "opened")]
    before = practice.money()
    assert outcomes(take(practice, data)) == [("C1", "already-there"), ("C2", "already-there")]
    assert practice.money() == before
    assert sound() == {}


def test_the_same_number_with_another_charge_is_refused(practice, desk):
    practice.open(desk.claim("C1"))
    (again,) = practice.open(desk.claim("C1", (9_999,)))
    assert again.outcome == "refused"
    assert practice.balance().charge_cents == 10_000


def test_two_people_of_one_name_and_birthday_stay_two(practice, desk):
    first = desk.person(1)
    twin = attrs.evolve(first, patient_id="P-2")
    practice.open(desk.claim("C1", patient=first), desk.claim("C2", patient=twin))
    assert PatientRow.objects.count() == 2


def test_the_same_person_twice_is_one_patient(practice, desk):
    practice.open(desk.claim("C1"))
    practice.open(desk.claim("C2"))
    assert PatientRow.objects.count() == 1


def test_a_claim_that_takes_another_back_is_not_opened_as_a_charge(practice, desk):
    void = desk.claim("C1", frequency=Frequency.VOID, payer_claim_number="ICN9")
    (imported,) = practice.open(void)
    assert imported.outcome == "refused"
    assert not ClaimRow.objects.exists()
    assert practice.accounts() == {}


def test_one_claim_without_a_charge_does_not_keep_the_others_out(practice, desk, sound):
    imported = practice.open(desk.claim("C1"), desk.claim("ZERO", (0,), number=2), desk.claim("C3", number=3))
    assert outcomes(imported) == [("C1", "opened"), ("ZERO", "refused"), ("C3", "opened")]
    assert sorted(ClaimRow.objects.values_list("claim_id", flat=True)) == ["C1", "C3"]
    assert sound() == {}


def test_a_number_that_was_charged_to_a_patient_is_not_opened_beside_it(practice, desk, sound):
    import datetime as dt

    from cleanclaim.ledger import charge
    from cleanclaim.office.money.ledger import save_transactions

    own = charge(
        key="charge:C1",
        claim_id="C1",
        line_cents=[(1, 700)],
        effective_on=dt.date(2026, 9, 1),
        patient_id="P-1",
    )
    save_transactions(practice.tenant, [own], actor=practice.actor)
    (imported,) = practice.open(desk.claim("C1"))
    assert imported.outcome == "refused"
    assert practice.accounts() == {"charges": -700, "patient_receivable": 700}
    assert sound() == {}


@pytest.mark.parametrize("data", [b"", b"hello", b"ISA*00*"])
def test_what_is_no_file_of_claims_leaves_nothing(practice, data):
    with pytest.raises(InputError):
        take(practice, data)
    assert not StoredFile.objects.exists()


def test_a_remittance_is_no_file_of_claims(practice, desk):
    data = desk.remittance(desk.payment(desk.answer(desk.claim("C1"), (10_000, ""))))
    with pytest.raises(InputError, match="no file of claims"):
        take(practice, data)


def test_a_claim_that_cannot_be_read_is_refused_with_its_place_and_keeps_no_other_out(practice, desk, sound):
    data = desk.claims_file(desk.claim("C1"), desk.claim("C2", number=2), desk.claim("C3", number=3))
    place = data.index(b"*", data.index(b"CLM*C2*") + 7)
    imported = take(practice, data[:place] + b",000" + data[place:])
    assert outcomes(imported) == [("C1", "opened"), ("C2", "refused"), ("C3", "opened")]
    assert "CLM02 is not an amount" in imported[1].reason
    assert "segment " in imported[1].reason
    assert sound() == {}


def test_a_file_of_which_nothing_can_be_read_leaves_nothing(practice, desk):
    data = desk.claims_file(desk.claim("C1")).replace(b"005010X222A1", b"004010X098A1")
    with pytest.raises(InputError, match="claims are read from"):
        take(practice, data)
    assert not StoredFile.objects.exists()
