"""Each check finds the fault that it is there for, planted behind the office's back."""

from __future__ import annotations

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from cleanclaim.office.audit.append_only import GUARDED, guards_of
from cleanclaim.office.audit.models import AuditEvent, AuditHead
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import content_path, safe_name, store_file
from cleanclaim.office.verify import verify_home


def by_hand(statement, *values):
    """A person with the database in hand and nothing to stop them: guards lifted, changed, guards put back."""
    with scopes_disabled(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE") if connection.vendor == "postgresql" else None
        guards = _lift(cursor)
        cursor.execute(statement, values)
        for guard in guards:
            cursor.execute(guard)


def _lift(cursor):
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = cursor.fetchall()
        for name, _ in kept:
            cursor.execute(f"DROP TRIGGER {name}")
        return [sql for _, sql in kept]
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    kept = cursor.fetchall()
    for name, table, _ in kept:
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
    return [sql for _, _, sql in kept]


def faults():
    return {item.check for item in verify_home() if not item.ok}


def last(table, extra=""):
    return f"(SELECT max(id) FROM {table} {extra})"


PLANTED = {
    "a cent of an entry": (
        f"UPDATE money_ledgerentry SET cents = cents + 1 WHERE id = {last('money_ledgerentry')}",
        {"seals of ledger transaction", "ledger of example"},
    ),
    "a cent moved between two entries": (
        (
            "UPDATE money_ledgerentry SET cents = CASE position WHEN 1 THEN cents + 1 ELSE cents - 1 END WHERE"
            f" transaction_id = {last('money_ledgertransaction')} AND position < 3"
        ),
        {"seals of ledger transaction"},
    ),
    "the day of a transaction": (
        (
            "UPDATE money_ledgertransaction SET effective_on = '2026-01-01' WHERE id ="
            f" {last('money_ledgertransaction')}"
        ),
        {"seals of ledger transaction"},
    ),
    "a cent of a payment": (
        f"UPDATE money_payerpayment SET bpr_cents = bpr_cents + 1 WHERE id = {last('money_payerpayment')}",
        {"seals of payer payment", "payments of example"},
    ),
    "an answer of a payer": (
        (
            "UPDATE money_remittedclaimrow SET record = replace(record, '1', '2') WHERE id ="
            f" {last('money_remittedclaimrow')}"
        ),
        {"seals of remitted claim row"},
    ),
    "a cent of a statement": (
        f"UPDATE money_statementrow SET due_cents = due_cents - 1 WHERE id = {last('money_statementrow')}",
        {"seals of statement row"},
    ),
    "a cent of a denial": (
        f"UPDATE denials_denialcaserow SET denied_cents = 1 WHERE id = {last('denials_denialcaserow')}",
        {"seals of denial case row"},
    ),
    "a price": (
        f"UPDATE registry_chargepricerow SET charge_cents = 1 WHERE id = {last('registry_chargepricerow')}",
        {"seals of charge price row"},
    ),
    "a contract": (
        (
            "UPDATE registry_contractrow SET text = replace(text, '1', '2') WHERE id ="
            f" {last('registry_contractrow')}"
        ),
        {"seals of contract row"},
    ),
    "a deductible": (
        (
            "UPDATE registry_coveragerow SET benefits = replace(benefits, '0', '1') WHERE id = (SELECT max(id)"
            " FROM registry_coveragerow WHERE benefits <> '')"
        ),
        {"seals of coverage row"},
    ),
    "a claim version": (
        (
            "UPDATE claims_claimversion SET record = replace(record, '00', '01') WHERE id ="
            f" {last('claims_claimversion')}"
        ),
        {"seals of claim version"},
    ),
    "an event": (
        f"UPDATE claims_claimevent SET why = 'nothing' WHERE id = {last('claims_claimevent')}",
        {"seals of claim event"},
    ),
    "the state of a claim": (
        f"UPDATE claims_claimrow SET state = 'ready' WHERE id = {last('claims_claimrow')}",
        {"claims of example"},
    ),
    "a release": (
        (
            "UPDATE encounters_release SET record = replace(record, '00', '01') WHERE id ="
            f" {last('encounters_release')}"
        ),
        {"seals of release"},
    ),
    "a coder's decision": (
        f"UPDATE encounters_decision SET who = 'nobody' WHERE id = {last('encounters_decision')}",
        {"seals of decision"},
    ),
    "a signed note": (
        f"UPDATE encounters_documentrow SET text = text || '.' WHERE id = {last('encounters_documentrow')}",
        {"seals of document row"},
    ),
    "what registration knew": (
        (
            "UPDATE encounters_encounterrow SET facts = replace(facts, '1', '2') WHERE id ="
            f" {last('encounters_encounterrow')}"
        ),
        {"seals of encounter row"},
    ),
    "a deleted entry": (
        f"DELETE FROM money_ledgerentry WHERE id = {last('money_ledgerentry')}",
        {"seals of ledger transaction", "ledger of example"},
    ),
    "a deleted event in the middle": (
        "DELETE FROM claims_claimevent WHERE sequence = 2 AND claim_id = (SELECT max(id) FROM claims_claimrow)",
        {"claims of example"},
    ),
    "a deleted key of something posted": (
        "DELETE FROM money_postedkey WHERE key = (SELECT max(key) FROM money_payerpayment)",
        {"payments of example"},
    ),
    "an edited audit row": (
        "UPDATE audit_auditevent SET who = 'nobody' WHERE sequence = 5",
        {"audit chain"},
    ),
    "an audit row taken from the middle": (
        "DELETE FROM audit_auditevent WHERE sequence = 5",
        {"audit chain"},
    ),
    "audit rows in another order": (
        (
            "UPDATE audit_auditevent SET sequence = CASE sequence WHEN 5 THEN -6 WHEN 6 THEN -5 END"
            " WHERE sequence IN (5, 6)"
        ),
        {"audit chain"},
    ),
    "the end of the audit trail": (
        "DELETE FROM audit_auditevent WHERE sequence > (SELECT max(sequence) - 3 FROM audit_auditevent)",
        {"audit chain"},
    ),
    "the whole audit trail": ("DELETE FROM audit_auditevent", {"audit chain"}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_change_by_hand_is_found(example, name):
    statement, expected = PLANTED[name]
    assert faults() == set()
    by_hand(statement)
    assert expected <= faults()


def test_a_whole_balanced_transaction_taken_away_is_found(example):
    newest = last("money_ledgertransaction")
    by_hand(f"DELETE FROM money_ledgerentry WHERE transaction_id = {newest}")
    by_hand(f"DELETE FROM money_ledgertransaction WHERE id = {newest}")
    assert "ledger of example" in faults()


def test_the_end_of_the_audit_trail_cut_off_with_its_head_set_back_is_found(example):
    kept = AuditEvent.objects.order_by("-sequence")[3]
    by_hand("DELETE FROM audit_auditevent WHERE sequence > %s", kept.sequence)
    AuditHead.objects.update(sequence=kept.sequence, row_hash=kept.row_hash)
    assert "audit chain" in faults()


def test_the_whole_audit_trail_gone_with_its_head_is_found(example):
    by_hand("DELETE FROM audit_auditevent")
    AuditHead.objects.all().delete()
    assert "audit chain" in faults()


@pytest.mark.parametrize("table", [GUARDED[0], GUARDED[-1]])
def test_a_guard_that_is_gone_is_missed(example, table):
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_update{on_table}")
    assert faults() == {"append-only guards"}


def test_a_guard_that_no_longer_refuses_is_missed(example):
    table = GUARDED[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION cleanclaim_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN RETURN NEW; END'"
            )
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
    assert faults() == {"append-only guards"}


def test_every_guard_is_there(db):
    assert {item.detail for item in verify_home() if item.check == "append-only guards"} == {
        f"{len(guards_of(connection.vendor))} sound"
    }


def test_a_flipped_bit_of_a_stored_file_is_found_and_a_missing_file_too(example):
    rows = StoredFile.objects.order_by("id")
    path = content_path(rows[0].sha256)
    good = path.read_bytes()
    try:
        path.write_bytes(bytes([good[0] ^ 1]) + good[1:])
        assert faults() == {"files"}
        path.unlink()
        assert faults() == {"files"}
    finally:
        path.write_bytes(good)
    assert faults() == set()


def test_a_row_that_points_at_another_tenants_row_is_found(example, practice):
    practice_id = practice.tenant.pk
    by_hand(
        "UPDATE claims_claimrow SET tenant_id = %s WHERE id = (SELECT max(id) FROM claims_claimrow)",
        practice_id,
    )
    assert "tenants apart" in faults()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\era.835", "era.835"),
        ("a\x1b[31m\nb.835", "a_[31m_b.835"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_files_name_is_kept_without_folders_and_without_surprises(given, kept):
    assert safe_name(given) == kept


def test_the_same_bytes_are_stored_once(practice):
    first, new = store_file(practice.tenant, b"x", direction="in", kind="k", name="n", actor=practice.actor)
    again, renewed = store_file(
        practice.tenant, b"x", direction="in", kind="k", name="n", actor=practice.actor
    )
    assert (first.pk, new, renewed) == (again.pk, True, False)


def test_a_check_that_cannot_be_made_is_a_fault_and_not_a_crash(example):
    by_hand("UPDATE money_payerpayment SET report = '{'")
    check = next(check for check in verify_home() if check.check.startswith("payments of") and not check.ok)
    assert "could not be made" in check.detail
