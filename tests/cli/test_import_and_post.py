"""`import`, `post` and `take-in`: the files that change an office."""

from __future__ import annotations

import json

import pytest

PAYMENT = {
    "trace",
    "payer",
    "bpr_cents",
    "posted_cents",
    "suspended_cents",
    "provider_adjustment_cents",
    "balanced",
    "claims",
}
CLAIM = {
    "claim",
    "outcome",
    "status",
    "paid_cents",
    "contractual_cents",
    "patient_cents",
    "other_adjusted_cents",
    "denied",
    "reversal",
    "reasons",
    "exceptions",
}


@pytest.fixture
def office(command, home):
    """The command on one home, answering with exit status and JSON."""

    def done(*words):
        answer = command(*words, "--json", home=home)
        assert answer.err == "", answer
        return answer.status, json.loads(answer.out)

    return done


def test_claims_of_another_system_are_paid_here(office, command, home, sent, demo):
    status, report = office("import", sent.professional)
    assert status == 0
    assert [claim["outcome"] for claim in report["claims"]] == ["opened"] * len(sent.claim_lines)
    assert office("import", sent.professional)[1]["claims"][0]["outcome"] == "already-there"

    _, before = office("balances")
    assert before["accounts"]["insurance_receivable"] == -before["accounts"]["charges"]

    status, report = office("post", sent.remittance)
    (file,) = report["files"]
    assert {"file", "sha256", "already_posted", "payments"} <= set(file)
    assert (file["file"], file["already_posted"]) == (str(sent.remittance), False)
    for payment in file["payments"]:
        assert set(payment) >= PAYMENT
        assert payment["bpr_cents"] == (
            payment["posted_cents"] + payment["suspended_cents"] - payment["provider_adjustment_cents"]
        )
        for claim in payment["claims"]:
            assert set(claim) >= CLAIM
            assert claim["outcome"] in {"posted", "suspended"}
            assert all(set(item) >= {"code", "message"} for item in claim["exceptions"])
    suspended = any(
        claim["outcome"] == "suspended" for payment in file["payments"] for claim in payment["claims"]
    )
    assert status == (1 if suspended else 0)

    _, after = office("balances")
    assert after != before
    status, again = office("post", sent.remittance, sent.remittance)
    assert [file["already_posted"] for file in again["files"]] == [True, True]
    assert office("balances")[1] == after
    assert office("verify")[0] == 0
    assert "$" in command("post", sent.remittance, home=home).out


def test_a_payment_for_unknown_claims_waits_with_its_reason_to_the_cent(office, sent):
    status, report = office("post", *sent.remittances)
    assert status == 1
    for file in report["files"]:
        for payment in file["payments"]:
            placed = (
                payment["posted_cents"] + payment["suspended_cents"] - payment["provider_adjustment_cents"]
            )
            assert placed == payment["bpr_cents"]
            assert all(claim["exceptions"] for claim in payment["claims"] if claim["outcome"] == "suspended")
    assert office("verify")[0] == 0


def test_one_broken_file_among_many_posts_nothing_at_all(office, command, home, sent, tmp_path):
    office("import", sent.professional)
    _, before = office("balances")
    whole = sent.remittance.read_bytes()
    for number, broken in enumerate([whole[:-40], sent.professional.read_bytes()]):
        path = tmp_path / f"broken{number}.835"
        path.write_bytes(broken)
        command("post", sent.remittance, path, home=home).refused(path.name)
        command("take-in", path, home=home).refused(path.name)
    command("post", sent.remittance, tmp_path / "none.835", home=home).refused("none.835", "no such file")
    assert office("balances")[1] == before


def test_answers_move_claims_once(office, demo, sent):
    office("import", sent.professional)
    rejecting = next(path for path in sorted((demo.out / "277CA").iterdir()) if b"*V28" in path.read_bytes())
    for path in (min((demo.out / "TA1").iterdir()), min((demo.out / "999").iterdir()), rejecting):
        status, first = office("take-in", path)
        assert first["kinds"] == [path.parent.name]
        assert first["already_taken_in"] is False
        assert status == (1 if first["unmatched"] else 0)
    _, again = office("take-in", rejecting)
    assert (again["already_taken_in"], again["claims_moved"]) == (True, 0)
    states = {claim["claim"]: claim["state"] for claim in office("balances")[1]["claims"]}
    assert (states["V01"], states["V28"]) == ("accepted", "rejected")
    assert office("take-in", sent.remittance)[1]["payments"]


def test_claims_are_no_answer_and_an_answer_is_no_claim(command, home, demo, sent):
    command("take-in", sent.professional, home=home).refused(
        sent.professional.name, "837P", "cleanclaim import"
    )
    command("import", sent.remittance, home=home).refused(sent.remittance.name, "835")
    command("post", sent.professional, home=home).refused(sent.professional.name, "835")
    command("post", min((demo.out / "999").iterdir()), home=home).refused(".999", "835")


@pytest.mark.parametrize("length", [0, 400, -20])
def test_a_file_of_claims_that_is_cut_off_opens_none_of_them(
    command, home, sent, tmp_path, length, everything_in
):
    path = tmp_path / "cut.837"
    whole = sent.professional.read_bytes()
    path.write_bytes(whole[:length] if length else b"")
    command("import", path, home=home).refused("cut.837")
    if home.exists():
        assert [name for name in everything_in(home) if name.startswith("files/")] == []
        assert json.loads(command("balances", "--json", home=home).out)["claims"] == []


def test_a_file_of_claims_without_subscriber_opens_none_of_them(command, home, sent, tmp_path):
    path = tmp_path / "odd.837"
    parts = sent.professional.read_bytes().split(b"~")
    path.write_bytes(b"~".join(part for part in parts if not part.strip().startswith((b"SBR", b"NM1*IL"))))
    said = command("import", path, home=home).refused("odd.837", "segment")
    assert "Brindlecombe" not in said
    assert json.loads(command("balances", "--json", home=home).out)["claims"] == []
