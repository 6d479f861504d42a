from __future__ import annotations

import json

import pytest

SEVERITIES = {"reject", "warn", "info"}


def scrubbed(call, path, *options):
    done = call("scrub", path, "--asof", "2026-10-26", "--json", *options)
    assert done.err == ""
    return done.status, json.loads(done.out)


def test_the_claims_of_a_file_are_scrubbed(call, sent):
    status, report = scrubbed(call, sent.professional)
    assert set(report) == {"claims", "not_checked"}
    assert len(report["claims"]) == len(sent.claim_lines)
    assert status == (1 if any(claim["verdict"] == "hold" for claim in report["claims"]) else 0)
    for claim in report["claims"]:
        assert claim["verdict"] in {"clean", "hold"}
        for finding in claim["findings"]:
            assert {"edit", "severity", "line", "message", "fix", "citation"} <= set(finding)
            assert finding["severity"] in SEVERITIES
            assert set(finding["citation"]) == {"source", "release", "where"}
    assert all(set(item) == {"edit", "reason"} for item in report["not_checked"])
    assert "NCCI-PTP" in {item["edit"] for item in report["not_checked"]}


def test_an_837_and_the_same_claims_as_lines_are_scrubbed_alike(call, sent, tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text("\ufeff\n" + "\n\n".join(sent.claim_lines) + "\n", encoding="utf-8")
    assert scrubbed(call, path) == scrubbed(call, sent.professional)


def test_an_institutional_file_is_read_too(call, sent):
    assert scrubbed(call, sent.institutional)[1]["claims"]


def test_a_fault_is_found_and_is_exit_1(call, sent, tmp_path):
    shape = json.loads(sent.claim_lines[0])
    shape["claim"]["billing"]["npi"] = "1234567890"
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(shape))
    status, report = scrubbed(call, path)
    assert status == 1
    assert "NPI-INVALID" in {finding["edit"] for finding in report["claims"][0]["findings"]}
    assert "NPI-INVALID" in call("scrub", path, "--asof", "2026-10-26").out


def test_a_day_in_the_future_is_one_on_the_day_of_sending(call, sent):
    _, early = scrubbed(call, sent.professional)
    done = call("scrub", sent.professional, "--asof", "2026-01-01", "--json")
    edits = {f["edit"] for claim in json.loads(done.out)["claims"] for f in claim["findings"]}
    assert "DATE-FUTURE" in edits
    assert "DATE-FUTURE" not in {f["edit"] for claim in early["claims"] for f in claim["findings"]}
    assert done.status == 1


def lacks_subscriber(whole: bytes) -> bytes:
    return b"~".join(part for part in whole.split(b"~") if not part.strip().startswith((b"SBR", b"NM1*IL")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda whole: whole[: len(whole) // 2], ("segment",)),
        (lambda whole: whole[:-30], ("segment",)),
        (lambda whole: whole[:200], ("odd.837",)),
        (lacks_subscriber, ("segment",)),
        (lambda whole: whole.replace(b"005010X222A1", b"004010X098A1"), ("005010X222",)),
        (lambda whole: b"", ("neither an 837 nor JSON lines",)),
        (lambda whole: b"hello", ("neither an 837 nor JSON lines",)),
        (lambda whole: b"\0" + whole, ("neither an 837 nor JSON lines",)),
        (lambda whole: b"[1]", ("neither an 837 nor JSON lines",)),
        (lambda whole: b"{}", ("line 1", "no claim")),
        (lambda whole: b'{"kind": "professional", "claim": {}}', ("line 1", "is missing")),
        (lambda whole: b"{\xff", ("UTF-8",)),
        (lambda whole: b"{", ("line 1", "no JSON")),
    ],
    ids=[
        "half",
        "end",
        "begin",
        "subscriber",
        "4010",
        "empty",
        "text",
        "zero",
        "list",
        "object",
        "fields",
        "bytes",
        "json",
    ],
)
@pytest.mark.parametrize("words_of", [("scrub",), ("price",)], ids=["scrub", "price"])
def test_a_file_without_readable_claims_is_one_sentence(call, sent, tmp_path, change, words, words_of):
    path = tmp_path / "odd.837"
    path.write_bytes(change(sent.professional.read_bytes()))
    said = call(*words_of, path, "--json").refused("odd.837", *words)
    assert "Brindlecombe" not in said
    assert "1968" not in said


def test_a_remittance_is_no_file_of_claims(call, sent):
    call("scrub", sent.remittance).refused("835")


def test_claims_cut_off_anywhere_never_end_in_a_traceback(call, sent, tmp_path):
    whole = sent.institutional.read_bytes()
    for length in range(0, len(whole) - 1, max(1, len(whole) // 40)):
        path = tmp_path / "cut.837"
        path.write_bytes(whole[:length])
        call("scrub", path, "--json").refused("cut.837")


def test_a_wrong_day_is_one_sentence(call, sent):
    call("scrub", sent.professional, "--asof", "26.10.2026").refused("--asof", "YYYY-MM-DD")
