from __future__ import annotations

import contextlib
import json
import sqlite3

import pytest


@contextlib.contextmanager
def by_hand(home, *, foreign_keys=True):
    """The database as somebody with a tool opens it."""
    with contextlib.closing(sqlite3.connect(home / "office.sqlite3")) as database, database:
        database.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        yield database


def without_guards(database, table):
    """Take the guards of a table away; returns how to put them back, so that only the change itself is left to find."""
    guards = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in guards]


def change(home, table, statement):
    with by_hand(home, foreign_keys=False) as database:
        guards = without_guards(database, table)
        changed = database.execute(statement).rowcount
        for sql in guards:
            database.execute(sql)
    assert changed >= 1


@pytest.fixture
def verify(command):
    def verified(home):
        done = command("verify", "--json", home=home)
        assert done.err == ""
        checks = json.loads(done.out)["checks"]
        assert all(set(check) >= {"check", "ok", "detail"} for check in checks)
        assert done.status == (0 if all(check["ok"] for check in checks) else 1)
        return {check["check"]: check["detail"] for check in checks if not check["ok"]}

    return verified


def test_the_worked_example_is_sound(verify, command, demo):
    assert verify(demo.home) == {}
    done = command("verify", home=demo.home)
    assert (done.status, "FAULT" in done.out) == (0, False)


# Each found by a check of its own, so that one look shows whether every change is found.
CHANGES = {
    "ledger of example": ("money_ledgerentry", "cents = cents + 1", "id = 1"),
    "seals of ledger transaction": ("money_ledgertransaction", "effective_on = '2026-01-01'", "id = 2"),
    "payments of example": ("money_payerpayment", "bpr_cents = bpr_cents + 1", "id = 1"),
    "seals of payer payment": ("money_payerpayment", "posted_cents = posted_cents + 1", "id = 2"),
    "seals of remitted claim row": ("money_remittedclaimrow", "record = replace(record, '1', '2')", "id = 1"),
    "seals of statement row": ("money_statementrow", "due_cents = due_cents + 1", "id = 1"),
    "seals of claim version": ("claims_claimversion", "record = replace(record, '99214', '99215')", "id = 1"),
    "seals of claim event": ("claims_claimevent", "why = 'nothing happened'", "id = 1"),
    "claims of example": ("claims_claimrow", "state = 'closed'", "claim_id = 'V01'"),
    "seals of denial case row": ("denials_denialcaserow", "denied_cents = denied_cents + 1", "id = 1"),
    "seals of decision": ("encounters_decision", "code = 'Z00.00'", "id = 1"),
    "seals of release": ("encounters_release", "record = replace(record, '99214', '99215')", "id = 1"),
    "seals of charge price row": ("registry_chargepricerow", "charge_cents = charge_cents + 1", "id = 1"),
    "audit chain": ("audit_auditevent", "who = 'somebody else'", "id = 7"),
    "files": ("files_storedfile", "size_bytes = size_bytes + 1", "id = 1"),
}


def test_every_row_changed_by_hand_is_found_and_named(verify, worked):
    for table, what, which in CHANGES.values():
        change(worked, table, f"UPDATE {table} SET {what} WHERE {which}")
    faults = verify(worked)
    assert CHANGES.keys() <= faults.keys(), CHANGES.keys() - faults.keys()
    for check in CHANGES:
        if check.startswith("seals of"):
            named = " ".join((check.removeprefix("seals of "), CHANGES[check][2].removeprefix("id = ")))
            assert named in faults[check]


def test_one_cent_of_one_entry_is_enough(verify, worked):
    change(worked, "money_ledgerentry", "UPDATE money_ledgerentry SET cents = cents + 1 WHERE id = 100")
    assert {"ledger of example", "seals of ledger transaction"} <= verify(worked).keys()


def test_the_changed_row_is_told_to_a_person_too(command, worked):
    change(
        worked, "money_statementrow", "UPDATE money_statementrow SET due_cents = due_cents + 1 WHERE id = 3"
    )
    done = command("verify", home=worked)
    assert done.status == 1
    assert "FAULT" in done.out
    assert "statement row 3" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("table", "which"),
    [
        ("audit_auditevent", "sequence = 100"),
        ("audit_auditevent", "sequence = (SELECT max(sequence) FROM audit_auditevent)"),
        ("money_ledgerentry", "id = 7"),
        ("money_postedkey", "1"),
    ],
)
def test_a_row_taken_away_is_missed(verify, worked, table, which):
    change(worked, table, f"DELETE FROM {table} WHERE {which}")
    assert verify(worked)


def test_a_whole_transaction_taken_away_with_its_entries_is_missed(verify, worked):
    last = "(SELECT max(id) FROM money_ledgertransaction)"
    change(worked, "money_ledgerentry", f"DELETE FROM money_ledgerentry WHERE transaction_id = {last}")
    change(worked, "money_ledgertransaction", f"DELETE FROM money_ledgertransaction WHERE id = {last}")
    assert any(name.startswith("ledger") for name in verify(worked))


def stored(home):
    return sorted(path for path in (home / "files").rglob("*") if path.is_file())


def test_a_stored_file_that_was_touched_is_named(verify, worked):
    bit, end, gone, *_ = stored(worked)
    for path in (bit, end):
        path.chmod(0o600)
    data = bit.read_bytes()
    bit.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    end.write_bytes(end.read_bytes()[:-1])
    gone.unlink()
    told = verify(worked)["files"]
    assert all(path.name[:12] in told for path in (bit, end, gone))


def test_a_guard_taken_away_or_made_harmless_is_named(verify, worked):
    with by_hand(worked) as database:
        database.execute("DROP TRIGGER claims_claimevent_no_delete")
        database.execute("DROP TRIGGER money_ledgerentry_no_update")
        database.execute(
            "CREATE TRIGGER money_ledgerentry_no_update BEFORE UPDATE ON money_ledgerentry BEGIN SELECT 1; END"
        )
    told = verify(worked)["append-only guards"]
    assert "claims_claimevent_no_delete" in told
    assert "money_ledgerentry_no_update" in told


def test_the_guards_refuse_a_change_by_hand(worked):
    with by_hand(worked) as database:
        tables = {
            row[0] for row in database.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        }
        assert {"money_ledgerentry", "audit_auditevent", "claims_claimversion"} <= tables
        for table in tables:
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                if database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                        database.execute(statement)


def test_a_row_that_points_nowhere_is_found(verify, worked):
    change(worked, "registry_patientrow", "DELETE FROM registry_patientrow WHERE id = 1")
    assert "foreign keys" in verify(worked)


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("money_ledgerentry", "account = 'nowhere'"),
        ("money_payerpayment", "report = 'no JSON'"),
    ],
)
def test_a_row_that_cannot_even_be_read_is_a_fault_and_no_traceback(verify, worked, table, what):
    change(worked, table, f"UPDATE {table} SET {what} WHERE id = 1")
    assert verify(worked)


def test_another_key_opens_no_seal(verify, worked):
    (worked / "office.key").write_text("x" * 64 + "\n")
    assert "audit chain" in verify(worked)


def test_a_database_that_is_none_is_one_sentence(command, worked):
    for name in ("office.sqlite3-wal", "office.sqlite3-shm"):
        (worked / name).unlink(missing_ok=True)
    (worked / "office.sqlite3").write_bytes(b"this is no database" * 1000)
    command("verify", home=worked).refused("office.sqlite3", "not a database")
