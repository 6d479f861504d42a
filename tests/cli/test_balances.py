from __future__ import annotations

import json

KEYS = {"claim", "charge_cents", "paid_cents", "adjusted_cents", "insurance_cents", "patient_cents", "state"}


def test_accounts_sum_to_zero_and_each_claim_adds_up(command, demo):
    done = command("balances", "--json", home=demo.home)
    report = json.loads(done.out)
    assert done.status == 0
    assert sum(report["accounts"].values()) == 0
    assert all(type(cents) is int for cents in report["accounts"].values())
    for claim in report["claims"]:
        assert set(claim) >= KEYS
        open_cents = claim["insurance_cents"] + claim["patient_cents"]
        assert claim["charge_cents"] - claim["paid_cents"] - claim["adjusted_cents"] == open_cents
    receivable = report["accounts"]["insurance_receivable"] + report["accounts"]["patient_receivable"]
    assert receivable == sum(c["insurance_cents"] + c["patient_cents"] for c in report["claims"])
    assert -report["accounts"]["charges"] == sum(c["charge_cents"] for c in report["claims"])


def test_one_claim_may_be_asked_for(command, demo):
    done = command("balances", "--claim", "V01", "--json", home=demo.home)
    assert [claim["claim"] for claim in json.loads(done.out)["claims"]] == ["V01"]


def test_a_claim_that_is_not_there_is_told_and_is_exit_1(command, demo):
    done = command("balances", "--claim", "V99", "--json", home=demo.home)
    assert (done.status, json.loads(done.out)["claims"]) == (1, [])
    assert done.err.count("\n") == 1


def test_a_person_sees_dollars(command, demo):
    done = command("balances", home=demo.home)
    assert done.status == 0
    assert "Trial balance of example" in done.out
    assert "$322.00" in done.out


def test_two_practices_of_one_home_do_not_see_each_other(command, demo):
    report = json.loads(command("balances", "--tenant", "practice", "--json", home=demo.home).out)
    assert report["claims"] == []
    assert not any(report["accounts"].values())
