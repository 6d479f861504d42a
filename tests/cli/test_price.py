from __future__ import annotations

import json

import pytest

OVERLAP = """\
contract: C-9
payer: EXHPO
document: agreement
terms:
  - edition: One
    from: 2026-01-01
    to: 2026-12-31
    rules: [{method: percent_of_charge, where: page 1, percent: 50}]
  - edition: Two
    from: 2026-12-31
    rules: [{method: percent_of_charge, where: page 2, percent: 60}]
"""


@pytest.fixture
def claims(sent, tmp_path):
    """The claims to one payer, as JSON lines."""
    path = tmp_path / "claims.jsonl"
    wanted = [line for line in sent.claim_lines if '"payer_id":"EXHPO"' in line]
    path.write_text("\n".join(wanted), encoding="utf-8")
    return path


def test_claims_are_priced_by_the_contract_with_their_payer(call, sent, demo):
    done = call("price", sent.professional, "--json")
    report = json.loads(done.out)
    assert set(report) == {"claims", "not_priced"}
    assert len(report["claims"]) + len(report["not_priced"]) == len(sent.claim_lines)
    first = next(claim for claim in report["claims"] if claim["claim_id"] == "V01")
    assert first["charge_cents"] == 32200
    assert first["allowed_cents"] == first["expected_payer_cents"] + first["patient_cents"]
    assert all(line["because"] for line in first["lines"])
    expected = {visit["encounter_id"]: visit["expected_cents"] for visit in demo.report["visits"]}
    assert first["allowed_cents"] == expected["V01"] + first["patient_cents"]
    assert call("price", sent.professional).status == done.status


def test_a_contract_may_be_named(call, claims, contracts):
    done = call("price", claims, "--contract", contracts / "EXHPO.yaml", "--json")
    assert done.status == 0
    assert {claim["claim_id"] for claim in json.loads(done.out)["claims"]} >= {"V01", "V02"}


def test_a_contract_of_another_payer_prices_nothing(call, claims, sent, contracts):
    done = call("price", claims, "--contract", contracts / "EXMCR.yaml", "--json")
    report = json.loads(done.out)
    assert (done.status, report["claims"]) == (1, [])
    assert all("EXHPO" in row["reason"] and "EXMCR" in row["reason"] for row in report["not_priced"])
    mixed = json.loads(call("price", sent.professional, "--contract", contracts / "EXMCR.yaml", "--json").out)
    assert mixed["claims"]
    assert mixed["not_priced"]


def test_a_payer_without_a_contract_is_named_and_is_exit_1(call, claims, tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_text(claims.read_text().replace('"payer_id":"EXHPO"', '"payer_id":"NOBODY"'))
    done = call("price", path, "--json")
    report = json.loads(done.out)
    assert (done.status, report["claims"]) == (1, [])
    assert "NOBODY" in report["not_priced"][0]["reason"]
    assert "NOBODY" in call("price", path).out


def test_a_payer_id_is_no_path(call, claims, tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_text(claims.read_text().replace('"payer_id":"EXHPO"', '"payer_id":"../contracts/EXHPO"'))
    assert json.loads(call("price", path, "--json").out)["claims"] == []


def test_a_contract_with_overlapping_dates_is_refused_and_both_terms_are_named(call, claims, tmp_path):
    contract = tmp_path / "contract.yaml"
    contract.write_text(OVERLAP)
    call("price", claims, "--contract", contract).refused(
        "contract.yaml", "'One'", "'Two'", "2026-12-31", "end"
    )


@pytest.mark.parametrize("content", [b"", b"\xff", b"a: [", b"[" * 2000, b"contract: x\ncontract: y", b"\0"])
def test_what_is_no_contract_is_one_sentence(call, claims, tmp_path, content):
    contract = tmp_path / "contract.yaml"
    contract.write_bytes(content)
    call("price", claims, "--contract", contract).refused("contract.yaml")


def test_a_contract_that_is_not_there_is_named(call, claims, tmp_path):
    call("price", claims, "--contract", tmp_path / "none.yaml").refused("none.yaml", "cannot be read")
