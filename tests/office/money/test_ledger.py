"""The kept ledger: one key, one event; what is there is never written over or left out unsaid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from cleanclaim.kernel.errors import Refused
from cleanclaim.ledger import charge, claim_balances, trial_balance
from cleanclaim.office.audit.append_only import GUARDED
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.balances import account_cents, balances_of_claims, patient_due_cents
from cleanclaim.office.money.ledger import save_transactions, stored_transactions

DAY = dt.date(2026, 9, 1)


def drafted(cents=1_000, key="charge:X"):
    return charge(key=key, claim_id="X", line_cents=[(1, cents)], effective_on=DAY, payer_id="P")


def test_the_same_event_again_is_left_alone(practice):
    assert save_transactions(practice.tenant, [drafted()], actor=practice.actor) == 1
    assert save_transactions(practice.tenant, [drafted(), drafted()], actor=practice.actor) == 0
    assert practice.accounts() == {"charges": -1_000, "insurance_receivable": 1_000}


def test_another_event_under_the_same_key_is_refused_not_dropped(practice):
    save_transactions(practice.tenant, [drafted()], actor=practice.actor)
    with pytest.raises(Refused, match="another event"):
        save_transactions(practice.tenant, [drafted(999)], actor=practice.actor)


def test_balances_computed_three_ways_are_equal(example):
    transactions = stored_transactions()
    assert balances_of_claims() == claim_balances(transactions)
    by_account = {account.value: cents for account, cents in trial_balance(transactions).items()}
    assert account_cents() == by_account
    assert sum(by_account.values()) == 0


def test_what_patients_owe_is_what_is_owed_on_their_claims(example):
    patients = set(EncounterRow.objects.values_list("patient__patient_id", flat=True))
    owed = sum(patient_due_cents(patient) for patient in patients)
    accounts = account_cents()
    assert owed == accounts["patient_receivable"] + accounts["patient_unapplied"]
    assert sum(item.charge_cents for item in balances_of_claims().values()) == -accounts["charges"]


def test_the_open_balances_are_the_receivables(example):
    balances = balances_of_claims().values()
    assert sum(item.insurance_cents for item in balances) == account_cents()["insurance_receivable"]
    assert all(item.difference_cents() == 0 for item in balances)


def test_no_column_of_the_schema_holds_a_fraction(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            kinds = " ".join(row[0].lower() for row in cursor.fetchall())
        else:
            cursor.execute("SELECT data_type FROM information_schema.columns WHERE table_schema = 'public'")
            kinds = " ".join(row[0].lower() for row in cursor.fetchall())
    assert not any(word in kinds for word in (" real", "double precision", "numeric", " decimal", " float"))


@pytest.mark.parametrize("table", GUARDED)
def test_rows_that_only_grow_are_neither_changed_nor_deleted(example, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0, "the example leaves no row to try it on"
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
                cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_objects_that_only_grow_refuse_it_too(example):
    claim = ClaimRow.objects.order_by("pk").first()
    event = claim.events.first()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        claim.events.all().delete()
