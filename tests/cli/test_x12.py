from __future__ import annotations

import json
import os

import pytest


def test_a_copy_is_the_same_bytes(call, sent, tmp_path):
    for number, source in enumerate([sent.professional, sent.institutional, *sent.remittances]):
        target = tmp_path / str(number)
        done = call("x12", "copy", source, target, "--json")
        assert (done.status, json.loads(done.out)["bytes"]) == (0, source.stat().st_size)
        assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("content", [b"", b"\0\xff", b"hello", b"ISA*", b"ISA*00*" + b" " * 99])
def test_a_copy_of_what_is_broken_is_the_same_bytes_too(call, tmp_path, content):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(content)
    assert call("x12", "copy", source, target).status == 0
    assert target.read_bytes() == content


def test_a_copy_that_cannot_be_written_leaves_what_was_there(call, sent, tmp_path, small_disk, everything_in):
    target = tmp_path / "a"
    target.write_bytes(sent.professional.read_bytes())
    call("x12", "copy", target, target).refused("over itself")
    os.link(target, tmp_path / "b")
    call("x12", "copy", target, tmp_path / "b").refused("over itself")
    assert target.read_bytes() == sent.professional.read_bytes()
    call("x12", "copy", target, tmp_path / "none" / "c").refused("no such file")
    full = small_disk("size=4k")
    call("x12", "copy", target, full / "d").refused("no space left", "free")
    assert everything_in(full) == []


def test_a_file_is_told_in_words(call, sent):
    done = call("x12", "show", sent.professional)
    assert (done.status, done.err) == (0, "")
    assert "V01" in done.out
    told = json.loads(call("x12", "show", sent.remittance, "--json").out)
    assert told["sets"] == ["835"]
    assert told["words"]


def test_what_cannot_be_read_is_told_in_its_place_and_is_exit_1(call, sent, tmp_path):
    data, path = sent.professional.read_bytes(), tmp_path / "one-bad.837"
    first = data.index(b"CLM*")
    second = data.index(b"CLM*", first + 4)
    stars = [place for place in range(second, second + 60) if data[place : place + 1] == b"*"]
    path.write_bytes(data[: stars[1] + 1] + b"1,234.50" + data[stars[2] :])
    done = call("x12", "show", path)
    assert (done.status, done.err) == (1, "")
    assert done.out.count("\n  Claim ") == len(sent.claim_lines) - 1
    assert "NOT READ: claim " in done.out
    told = json.loads(call("x12", "show", path, "--json").out)
    assert "CLM02 is not an amount" in told["unread"][0]["reason"]
    done = call("scrub", path, "--asof", "2026-10-26", "--json")
    report = json.loads(done.out)
    assert (done.status, len(report["claims"])) == (1, len(sent.claim_lines) - 1)
    assert report["unread"] == told["unread"]


def test_what_stands_before_a_break_is_told_and_is_exit_2(call, sent, tmp_path):
    path = tmp_path / "cut.837"
    path.write_bytes(sent.professional.read_bytes()[:-400])
    done = call("x12", "show", path)
    assert done.status == 2
    assert "Claim V01" in done.out
    assert "the file ends before" in done.err


def test_a_file_is_judged(call, sent):
    files = [sent.professional, sent.institutional, sent.remittance]
    done = call("x12", "check", *files, "--json")
    reports = json.loads(done.out)
    assert [report["file"] for report in reports] == [str(file) for file in files]
    assert [report["transactions"][0]["set"] for report in reports] == ["837P", "837I", "835"]
    for report in reports:
        assert report["verdict"] in {"accepted", "rejected", "unreadable"}
        for item in report["transactions"]:
            assert {"set", "version", "control", "verdict", "claims", "findings"} <= set(item)
    assert done.status == (0 if all(report["verdict"] == "accepted" for report in reports) else 1)


def test_what_the_demo_sends_and_receives_is_accepted(call, demo):
    files = [path for kind in ("837P", "837I", "835", "999") for path in sorted((demo.out / kind).iterdir())]
    done = call("x12", "check", *files, "--json")
    refused = [(r["file"], r["transactions"]) for r in json.loads(done.out) if r["verdict"] != "accepted"]
    assert (done.status, refused) == (0, [])


NOT_X12 = {
    "empty": b"",
    "blank": b" \n",
    "text": b"hello",
    "html": b"<!DOCTYPE html><html><title>Sign in</title>",
    "pdf": b"%PDF-1.7 x",
    "zip": b"PK\x03\x04abc",
    "gzip": b"\x1f\x8b\x08",
    "binary": bytes(range(256)),
    "mark": b"\xef\xbb\xbfISA*00*",
    "short": b"ISA*00*  ~",
}


@pytest.mark.parametrize("content", NOT_X12.values(), ids=list(NOT_X12))
def test_what_is_no_x12_is_one_sentence(call, tmp_path, content):
    path = tmp_path / "odd.x12"
    path.write_bytes(content)
    call("x12", "show", path).refused("odd.x12", "X12")
    done = call("x12", "check", path, "--json")
    assert done.status == 2
    assert json.loads(done.out)[0]["verdict"] == "unreadable"


def test_a_file_cut_off_anywhere_never_ends_in_a_traceback(call, sent, tmp_path):
    whole = sent.professional.read_bytes()
    for length in range(0, len(whole) - 1, max(1, len(whole) // 25)):
        path = tmp_path / "cut.x12"
        path.write_bytes(whole[:length])
        done = call("x12", "show", path, "--json")
        if done.status:
            done.refused("cut.x12")
        checked = call("x12", "check", path, "--json")
        assert checked.status in (1, 2)
        assert checked.err == ""
        assert json.loads(checked.out)[0]["verdict"] in {"rejected", "unreadable"}


def test_the_level_is_a_snip_type(call, sent):
    call("x12", "check", sent.professional, "--level", "0").refused("level")
    call("x12", "check", sent.professional, "--level", "8").refused("level")
    assert call("x12", "check", sent.professional, "--level", "1").status == 0
