"""The judge as a whole: neighbours of a bad claim, harmless variants, what is no X12, official examples."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.cli.main import main
from cleanclaim.x12 import Envelope, FileVerdict, X12Finding, check, write_835, write_837

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.x12"))
# Faults that are really in official examples; the judge is right to name them.
CITED = {
    "277/kputnam__stupidedi--005010_X212_pass_1.era": ("NUMBERS-DIFFER", "ISA13 and IEA02 differ (X12.5)"),
    "278/kputnam__stupidedi--005010_X217_pass_admission-request-for-review.edi": (
        "WRONG-COUNT",
        "SE01 counts 25 of 26 segments (X12.6 3.12)",
    ),
    "278/kputnam__stupidedi--005010_X217_pass_request-for-home-health-care.edi": (
        "WRONG-COUNT",
        "SE01 counts 19 of 20 segments (X12.6 3.12)",
    ),
    "278/kputnam__stupidedi--005010_X217_pass_request-for-non-emergency-transportation.edi": (
        "LEVEL-PARENT",
        "service levels hang below service levels that say they have none (X217 2000F HL02)",
    ),
    "837I/kputnam__stupidedi--005010_X223A2_pass_837-institutional-claim.edi": (
        "DATE",
        "DTP*434 says RD8 and gives one day (X223A2 2300 DTP03)",
    ),
    "997/kputnam__stupidedi--005010_X230_pass_response-to-functional-group-containing-837s.edi": (
        "BYTE-ORDER-MARK",
        "a byte order mark before ISA (X12.5: the interchange begins with ISA)",
    ),
    "999/kputnam__stupidedi--005010_X231A1_pass_response-to-functional-group-containing-3-837s.edi": (
        "BYTE-ORDER-MARK",
        "a byte order mark before ISA (X12.5: the interchange begins with ISA)",
    ),
}


def findings(verdict: FileVerdict) -> list[X12Finding]:
    return [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)


def official(shared: list[Path]) -> Iterator[tuple[str, bytes]]:
    root = shared[0].parents[1]
    with (root / "INDEX.tsv").open(encoding="utf-8") as rows:
        for row in csv.reader(rows, delimiter="\t"):
            if row and row[-1] == "valid (official X12 example)":
                yield row[0], (root / row[0]).read_bytes()


@pytest.mark.shared
def test_every_official_example_is_accepted_or_its_fault_is_cited(shared_x12: list[Path]) -> None:
    seen = 0
    for name, data in official(shared_x12):
        found = findings(check(data, level=4))
        if name in CITED:
            assert {one.code for one in found} == {CITED[name][0]}, (name, found)
        else:
            assert not found, (name, found)
        below = [one for one in findings(check(data)) if one.snip < 5]
        assert [one.code for one in below] == [one.code for one in found], name
        seen += 1
    assert seen == 111


def test_every_own_sample_is_accepted_and_its_claims_are_named() -> None:
    named = {}
    for path in SAMPLES:
        verdict = check(path.read_bytes())
        assert verdict.verdict == "accepted" and not findings(verdict), path.name
        named[path.stem] = [one.claim for item in verdict.transactions for one in item.claims]
    # The number of a review or of a member stands behind the first segment of its loop.
    assert named["278"] == ["EXREV1", "EXREV1"] and named["834"] == ["HPO000001"]
    assert named["837D"] == ["D01", "D02"] and named["277CA"] == ["V01", "V03"]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("D8*99991231", True),
        ("D8*30240101", True),
        ("RD8*20260101-99991231", True),
        ("RD8*99991231-20260101", False),
        ("RD8*20260101-99991331", False),
        ("RD8*99991231", False),
        ("D8*99990230", False),
        ("D8*9999123", False),
    ],
)
def test_coverage_without_end_has_a_day_in_the_year_9999(text: str, accepted: bool) -> None:
    data = next(path for path in SAMPLES if path.stem == "271").read_bytes()
    changed = data.replace(b"DTP*346*D8*20260101", b"DTP*346*" + text.encode())
    assert changed != data
    assert [one.code for one in findings(check(changed))] == ([] if accepted else ["DATE"])


@pytest.mark.shared
def test_no_sample_and_no_cut_of_it_raises(shared_x12: list[Path]) -> None:
    for path in shared_x12:
        data = path.read_bytes()
        check(data)
        for cut in range(0, len(data), max(1, len(data) // 12)):
            assert check(data[:cut]).verdict in {"accepted", "rejected", "unreadable"}


@pytest.fixture
def three(office_claim: ProfessionalClaim, envelope: Envelope) -> bytes:
    claims = [evolve(office_claim, claim_id=f"V0{number}") for number in (1, 2, 3)]
    patients = [
        evolve(claim, coverage=evolve(claim.coverage, group_number=f"G{number}"))
        for number, claim in enumerate(claims)
    ]
    return write_837(patients, envelope)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CLM*V02*255.5", b"CLM*V02*255.4"),
        (b"CLM*V02*255.5***11:B:1", b"CLM*V02*255.5***11:B:7"),
        (b"SBR*P*18*G1", b"SBR*P*20*G1"),
        (b"SBR*P*18*G1******CI~NM1*IL*1", b"SBR*P*18*G1******CI~NM1*IL*7"),
        (b"HL*3*1*22*0", b"HL*3*2*22*0"),
    ],
)
def test_a_bad_claim_does_not_condemn_its_neighbours(three: bytes, old: bytes, new: bytes) -> None:
    assert three.count(old) == 1
    (transaction,) = check(three.replace(old, new)).transactions
    assert transaction.verdict == "rejected"
    assert [(one.claim, one.verdict) for one in transaction.claims] == [
        ("V01", "accepted"),
        ("V02", "rejected"),
        ("V03", "accepted"),
    ]


def test_a_fault_of_the_billing_provider_rejects_all_its_claims(three: bytes) -> None:
    npi = three.split(b"NM1*85*2*Lakeside Family Medicine*****XX*")[1][:10]
    (transaction,) = check(three.replace(npi, b"1234567890", 1)).transactions
    assert {one.verdict for one in transaction.claims} == {"rejected"}


def test_a_bad_set_does_not_condemn_the_set_beside_it(three: bytes) -> None:
    body = three[three.index(b"ST*") : three.index(b"GE*")]
    second = (
        body.replace(b"*0001*", b"*0002*", 1)
        .replace(b"*0001~", b"*0002~")
        .replace(b"CLM*V02*2", b"CLM*V02*3")
    )
    both = three.replace(body, body + second).replace(b"GE*1*", b"GE*2*")
    assert [item.verdict for item in check(both).transactions] == ["accepted", "rejected"]


def test_findings_hold_no_name_and_no_member_number(three: bytes) -> None:
    broken = three.replace(b"*Ines", b"*Ines*A*B*C*D*E").replace(b"*MI*HPO000001", b"*QQ*HPO000001")
    told = " ".join(one.message + one.fix for one in findings(check(broken)))
    assert told
    assert "Farrow" not in told and "Ines" not in told and "HPO000001" not in told


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"%PDF-1.7", b"<html>", b"PK\x03\x04", "ISA".encode("utf-16"), b"hello", b"ISA*00*"],
)
def test_what_is_no_x12_is_unreadable(data: bytes) -> None:
    verdict = check(data)
    assert verdict.verdict == "unreadable"
    assert verdict.findings and verdict.findings[0].snip == 1


def test_the_sentence_on_a_page_and_its_remedy_are_told_once_each() -> None:
    (finding,) = check(b"<!DOCTYPE html><html>").findings
    assert "clearinghouse" not in finding.message and not finding.message.endswith(".")
    assert finding.fix == "choose the file as the clearinghouse sent it"


def test_a_mark_before_the_file_is_told_and_the_rest_is_judged(three: bytes) -> None:
    verdict = check(b"\xef\xbb\xbf" + three)
    assert verdict.verdict == "rejected"
    assert [one.code for one in findings(verdict)] == ["BYTE-ORDER-MARK"]
    assert len(verdict.transactions[0].claims) == 3


def test_a_file_cut_anywhere_is_rejected_and_never_raises(three: bytes) -> None:
    for end in range(1, len(three) - 1):
        assert check(three[:end]).verdict != "accepted", end


def test_findings_are_bounded(three: bytes) -> None:
    many = three.replace(b"LX*1~", b"LX*1~" + b"REF*QQ*1~SV1*x~" * 20_000, 1)
    (transaction,) = check(many).transactions
    assert len(transaction.findings) <= 5_100
    assert "MORE-FINDINGS" in {one.code for one in transaction.findings}


def test_levels_end_where_asked(three: bytes) -> None:
    broken = three.replace(b"CLM*V02*255.5***11:B:1", b"CLM*V02*255.4***98:B:7")
    by_level = {level: {one.snip for one in findings(check(broken, level))} for level in range(1, 6)}
    assert by_level == {1: set(), 2: set(), 3: {3}, 4: {3, 4}, 5: {3, 4, 5}}


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 4_000), byte=st.integers(0, 255))
def test_any_byte_anywhere_is_judged_without_a_crash(place: int, byte: int, big: bytes) -> None:
    where = place % len(big)
    check(big[:where] + bytes([byte]) + big[where + 1 :])


@pytest.fixture(scope="session")
def big() -> bytes:
    return (
        b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261026*0930*^*00501*000000007*1*T*:~"
        b"GS*HP*AA*BB*20261026*0930*7*X*005010X221A1~ST*835*0001~BPR*I*10*C*CHK************20261109~"
        b"TRN*1*1*1990000009~N1*PR*P~N3*1~N4*X Y*OH*44001~PER*BL*A*TE*1~N1*PE*C*XX*1300000019~LX*1~"
        b"CLP*V*1*20*10**12*I~CAS*CO*45*10~NM1*QC*1*F*I~DTM*232*20260914~SE*15*0001~GE*1*7~IEA*1*000000007~"
    )


def variants(data: bytes) -> dict[str, bytes]:
    """Forty ways to write or send the same file that change nothing of what it says."""
    text = data.decode("ascii")
    made = {
        "line feeds": text.replace("~", "~\n"),
        "carriage returns": text.replace("~", "~\r\n"),
        "no line end": text,
        "blank lines at the end": text + "\n\n",
        "mixed line ends": text.replace("~", "~\n", 9).replace("~G", "~\r\nG"),
        "terminator line feed": text.replace("~", "\n"),
        "terminator 1C": text.replace("~", "\x1c"),
        "terminator apostrophe": text.replace("~", "'"),
        "production": text.replace("*1*T*:", "*1*P*:"),
        "no acknowledgement asked": text.replace("*1*T*:", "*0*T*:"),
        "repetition U": text.replace("*^*00501", "*U*00501"),
        "sender qualifier 30": text.replace("*ZZ*EXSUBMIT1", "*30*EXSUBMIT1"),
        "receiver qualifier 01": text.replace("*ZZ*EXCLEAR01", "*01*EXCLEAR01"),
        "group time with seconds": text.replace("*20261026*0930*7*X", "*20261026*093059*7*X"),
        "group number padded": text.replace("*0930*7*X", "*0930*0007*X").replace("GE*1*7~", "GE*1*0007~"),
        "set number longer": text.replace("*0001*005", "*000000001*005").replace("*0001~", "*000000001~"),
        "zero before the count": text.replace("GE*1*", "GE*01*"),
        "resubmission": text.replace("BHT*0019*00", "BHT*0019*18"),
        "reporting": text.replace("*CH~", "*RP~"),
        "element |": text.replace("*", "|"),
        "component >": text.replace(":", ">"),
        "element tab": text.replace("*", "\t"),
    }
    swaps = {
        "contact mail": ("*TE*5555550100", "*EM*a@b.example"),
        "contact two numbers": ("*TE*5555550100", "*TE*5555550100*EX*12"),
        "second contact": ("~NM1*40*", "~PER*IC*Desk*TE*5555550199~NM1*40*"),
        "amount with cents": ("CLM*V01*255.5*", "CLM*V01*255.50*"),
        "amount padded": ("CLM*V01*255.5*", "CLM*V01*0255.5*"),
        "units with decimals": ("*UN*1***1:2", "*UN*1.0***1:2"),
        "place at the line": ("*UN*1***1:2", "*UN*1*11**1:2"),
        "one pointer": ("*UN*1***1:2", "*UN*1***1"),
        "void with number": ("11:B:1*Y*A*Y*Y~", "11:B:8*Y*A*Y*Y~REF*F8*ICN55~"),
        "replacement with number": ("11:B:1*Y*A*Y*Y~", "11:B:7*Y*A*Y*Y~REF*F8*ICN55~"),
        "statement of intent to release": ("*Y*A*Y*Y~", "*Y*A*Y*I~"),
        "assignment C": ("*Y*A*Y*Y~", "*Y*C*Y*Y~"),
        "benefits W": ("*Y*A*Y*Y~", "*Y*A*W*Y~"),
        "demonstration project": ("~HI*", "~REF*P4*DP1~HI*"),
        "note": ("~HI*", "~NTE*ADD*Words of a note~HI*"),
        "span of one day": ("DTP*472*D8*20260914", "DTP*472*RD8*20260914-20260914"),
        "fixed format": ("~HI*", "~K3*TEXT~HI*"),
        "attachment on file": ("*Y*A*Y*Y~", "*Y*A*Y*Y~PWK*OZ*AA~"),
        "accident": ("*Y*A*Y*Y~", "*Y*A*Y*Y**AA:::OH~DTP*439*D8*20260901~"),
        "lower case name": ("*Farrow*", "*farrow*"),
        "unknown sex": ("*19570304*F", "*19570304*U"),
        "no group": ("*GRP77*", "**"),
        "middle name": ("*Farrow*Ines**", "*Farrow*Ines*Q*"),
        "Canadian address": ("N4*Mill River*OH*440010001~DMG", "N4*Toronto*ON*M5V3L9*CA~DMG"),
    }
    for name, (old, new) in swaps.items():
        changed = text.replace(old, new, 1)
        added = new.count("~") - old.count("~")
        count = int(text.rsplit("SE*", 1)[1].split("*")[0])
        made[name] = changed.replace(f"SE*{count}*", f"SE*{count + added}*")
    return {name: body.encode("ascii") for name, body in made.items()}


def test_harmless_variants_are_accepted(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    data = write_837([office_claim], envelope)
    made = variants(data)
    assert len(made) >= 40
    for name, body in made.items():
        assert name == "no line end" or body != data, name
        verdict = check(body)
        assert verdict.verdict == "accepted" and not findings(verdict), (name, findings(verdict))


def test_the_command_answers_with_verdicts_and_a_status(
    three: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, page = tmp_path / "good.837", tmp_path / "bad.837", tmp_path / "page.html"
    good.write_bytes(three)
    bad.write_bytes(three.replace(b"CLM*V02*255.5", b"CLM*V02*255.4"))
    page.write_bytes(b"<html>")
    assert main(["x12", "check", str(good), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["verdict"] == "accepted"
    assert main(["x12", "check", str(good), str(bad), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)[1]["transactions"][0]
    assert (report["set"], report["control"], report["verdict"]) == ("837P", "0001", "rejected")
    assert [claim["verdict"] for claim in report["claims"]] == ["accepted", "rejected", "accepted"]
    assert report["findings"][0] == {
        "snip": 3,
        "severity": "error",
        "code": "CLAIM-TOTAL",
        "segment": report["claims"][1]["segment"],
        "offset": three.index(b"CLM*V02"),
        "element": "CLM02",
        "loop": "2300",
        "claim": "V02",
        "message": "the claim's total charge (CLM02) is 255.40, its lines sum to 255.50",
        "fix": "correct the amounts so that they add up",
    }
    assert main(["x12", "check", str(page)]) == 2
    assert main(["x12", "check", str(bad), "--level", "2"]) == 0
    assert main(["x12", "check", str(bad)]) == 1
    assert "SNIP 3, segment" in capsys.readouterr().out


def test_what_our_writer_makes_is_accepted(
    stay_claim: InstitutionalClaim, payment: Payment, payer: Payer, payee: Provider, envelope: Envelope
) -> None:
    for data in (write_837([stay_claim], envelope), write_835([payment], envelope, payer, payee)):
        assert not findings(check(data))
