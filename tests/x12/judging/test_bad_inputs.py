"""What arrives by accident or in malice: cut, miscounted, mixed, huge, no X12 at all. Found and placed, not guessed."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanclaim import x12
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12 import FileVerdict, Judge, X12Finding, check

SAMPLES = {
    path.stem: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "samples").glob("*.x12"))
}
READERS: list[Callable[[bytes], object]] = [
    getattr(x12, name) for name in ("sniff", "show", *(n for n in x12.__all__ if n.startswith("read_")))
]
NO_AMOUNTS = (
    "1,234.50", "1E3", "1e3", "１２", "٣", "$5", "+5", " 5", "5 ", "0x10", "1_000", "NaN", "inf", "5.555", "1.2.3",
    "--5", "-", ".", "5-", "(5)", "1234567890123456789012",
)  # fmt: skip
PROFESSIONAL = (
    b"ISA*00*          *00*          *ZZ*EXSUBMIT1      *ZZ*EXCLEAR01      *261026*0930*^*00501*000000007*1*T*:~"
    b"GS*HC*EXSUBMIT1*EXCLEAR01*20261026*0930*7*X*005010X222A1~ST*837*0001*005010X222A1~"
    b"BHT*0019*00*1*20261026*0930*CH~NM1*41*2*MILL RIVER BILLING*****46*EXSUBMIT1~PER*IC*OFFICE*TE*5555550100~"
    b"NM1*40*2*CLEARINGHOUSE*****46*EXCLEAR01~HL*1**20*1~NM1*85*2*LAKESIDE FAMILY MEDICINE*****XX*1300000019~"
    b"N3*12 QUARRY ROAD~N4*MILL RIVER*OH*440010001~REF*EI*990000001~HL*2*1*22*0~SBR*P*18*******CI~"
    b"NM1*IL*1*FARROW*INES****MI*HPO000001~N3*12 QUARRY ROAD~N4*MILL RIVER*OH*440010001~DMG*D8*19570304*F~"
    b"NM1*PR*2*HARBOR MUTUAL PPO*****PI*EXHPO~CLM*V01*255.5***11:B:1*Y*A*Y*Y~HI*ABK:E1165~LX*1~"
    b"SV1*HC:99214*255.5*UN*1***1~DTP*472*D8*20260914~SE*23*0001~GE*1*7~IEA*1*000000007~"
)


def findings(verdict: FileVerdict) -> list[X12Finding]:
    return [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)


def refused(data: bytes) -> list[str]:
    """The readers that take a file."""
    taken = []
    for reader in READERS:
        try:
            reader(data)
        except CleanClaimError as error:
            assert error.what
        else:
            taken.append(reader.__name__)
    return taken


def test_the_claim_of_these_tests_is_accepted() -> None:
    assert not findings(check(PROFESSIONAL))


@pytest.mark.parametrize("name", [*SAMPLES, "professional"])
def test_a_file_cut_anywhere_is_found_out_and_read_by_nobody(name: str) -> None:
    data = SAMPLES.get(name, PROFESSIONAL)
    whole = data.rstrip(b"\r\n")
    assert refused(whole)
    for length in range(1 + len(name) % 7, len(whole) - 1, 19):
        _found_out(data[:length])


def five_kilobytes() -> bytes:
    """The claim of these tests over and over, in one set that counts right."""
    start, stop = PROFESSIONAL.index(b"CLM*"), PROFESSIONAL.index(b"SE*23")
    claims = b"".join(PROFESSIONAL[start:stop].replace(b"V01", b"V%02d" % number) for number in range(1, 38))
    data = PROFESSIONAL[:start] + claims + PROFESSIONAL[stop:]
    return data.replace(b"SE*23*", b"SE*%d*" % (18 + 5 * 37))


@pytest.mark.prove
@pytest.mark.parametrize("name", [*SAMPLES, "professional", "five kilobytes"])
def test_a_file_cut_at_every_byte_is_found_out_and_read_by_nobody(name: str) -> None:
    whole = five_kilobytes() if name == "five kilobytes" else SAMPLES.get(name, PROFESSIONAL).rstrip(b"\r\n")
    assert check(whole).verdict == "accepted"
    for length in range(len(whole) - 1):
        _found_out(whole[:length])


def _found_out(cut: bytes) -> None:
    verdict = check(cut)
    assert verdict.verdict in {"rejected", "unreadable"}, cut[-40:]
    assert all(one.code and one.message and one.fix for one in findings(verdict))
    assert x12.copy(cut) == cut
    taken = refused(cut)
    assert not [name for name in taken if name != "sniff"], (taken, cut[-40:])


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_amount_is_told_with_its_place_and_never_read(text: str) -> None:
    for sample, old in (
        (PROFESSIONAL, b"CLM*V01*255.5*"),
        (PROFESSIONAL, b"SV1*HC:99214*255.5*"),
        (SAMPLES["277CA"], b"STC*A2:20*20261026*WQ*255.5"),
    ):
        segment = sample.count(b"~", 0, sample.index(old)) + 1
        data = sample.replace(old, old.replace(b"255.5", text.encode()), 1)
        assert data != sample
        codes = {one.code: one for one in findings(check(data)) if one.segment == segment}
        # Blanks around a number are told as such, and the number is none all the same.
        assert "NUMBER" in codes, (text, codes)
        assert codes["NUMBER"].snip == 1 and codes["NUMBER"].element
        assert check(data).verdict == "rejected"
    with pytest.raises(CleanClaimError):
        x12.read_837(PROFESSIONAL.replace(b"SV1*HC:99214*255.5*", b"SV1*HC:99214*" + text.encode() + b"*"))


@pytest.mark.parametrize("byte", [*range(1, 10), *range(11, 13), *range(14, 28), 127])
def test_a_control_character_is_told_with_its_place(byte: int) -> None:
    data = PROFESSIONAL.replace(b"FARROW", b"FAR%cROW" % byte)
    codes = {(one.code, one.segment) for one in findings(check(data))}
    assert ("CONTROL-CHARACTER", 15) in codes
    assert x12.copy(data) == data


@pytest.mark.parametrize(
    ("tail", "code"),
    [
        (b"<html><body>Sign in</body></html>", "NOT-X12"),
        (b"%PDF-1.7\n%\xe2\xe3", "NOT-X12"),
        (b"\x00\x00\x00", "NOT-X12"),
        (b"ISA*00*short~", "NOT-X12"),
        (b"CLM*V09*5~", "NOT-X12"),
    ],
)
def test_what_follows_a_good_file_is_told_and_the_good_part_is_judged(tail: bytes, code: str) -> None:
    verdict = check(PROFESSIONAL + tail)
    assert verdict.verdict == "rejected"
    assert [one.code for one in findings(verdict)] == [code]
    assert [claim.claim for item in verdict.transactions for claim in item.claims] == ["V01"]


def test_the_same_interchange_twice_is_a_repeated_number() -> None:
    found = findings(check(PROFESSIONAL + b"\r\n" + PROFESSIONAL))
    assert [(one.code, one.element, one.segment) for one in found] == [("REPEATED-NUMBER", "ISA13", 28)]


def test_interchanges_with_other_delimiters_each_are_read_alike() -> None:
    other = PROFESSIONAL.translate(bytes.maketrans(b"*:~", b"|>\n")).replace(b"000000007", b"000000008")
    verdict = check(PROFESSIONAL + other)
    assert not findings(verdict)
    assert [claim.claim for item in verdict.transactions for claim in item.claims] == ["V01", "V01"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CLM*V01*255.5***11:B:1*Y*A*Y*Y~", b"CLM|V01|255.5|||11:B:1|Y|A|Y|Y~"),
        (b"CLM*V01*255.5***11:B:1*", b"CLM*V01*255.5***11>B>1*"),
        (b"HI*ABK:E1165~", b"HI*ABK:E1165\n"),
    ],
)
def test_other_delimiters_inside_of_one_file_are_no_data(old: bytes, new: bytes) -> None:
    assert check(PROFESSIONAL.replace(old, new)).verdict == "rejected"


@pytest.mark.parametrize("count", ["-23", "0", "24", "99999999999999999999", "2^31", "", "２３", "23.0"])
def test_a_count_that_is_not_the_count_is_told(count: str) -> None:
    data = PROFESSIONAL.replace(b"SE*23*", f"SE*{count}*".encode())
    found = [one for one in findings(check(data)) if one.code == "WRONG-COUNT"]
    assert [(one.element, one.segment) for one in found] == [("SE01", 25)]


def huge(path: Path, size: int) -> Path:
    """A file whose claim has one segment of this size, sparse on the disk."""
    head, tail = PROFESSIONAL.split(b"HI*ABK")
    with path.open("wb") as file:
        file.write(head + b"NTE*ADD*")
        file.seek(size, os.SEEK_CUR)
        file.write(b"~HI*ABK" + tail)
    return path


MANY: dict[str, Callable[[int], bytes]] = {
    "empty segments": lambda n: PROFESSIONAL.replace(b"~LX*1~", b"~LX*1~" + b"~" * n),
    "one segment over and over": lambda n: PROFESSIONAL.replace(b"~LX*1~", b"~LX*1~" + b"K3*A~" * n),
    "lines without end": lambda n: PROFESSIONAL.replace(b"~SE*", b"~LX*1~SV1*HC:1*1*UN*1***1" * n + b"~SE*"),
    "nothing but sets": lambda n: PROFESSIONAL.replace(
        b"~GE*", b"".join(b"~ST*837*%06d~SE*2*%06d" % (place, place) for place in range(n // 5)) + b"~GE*"
    ),
    "sets answered": lambda n: SAMPLES["999"].replace(b"AK9*", b"AK2*837*1~IK5*A~" * n + b"AK9*"),
    "warnings": lambda n: PROFESSIONAL.replace(b"~LX*1~", b"~" + b"NTE*ADD*x*~LX*1~" * n),
    "no end of repeats": lambda n: SAMPLES["270"].replace(b"EQ*30", b"EQ*" + b"30^" * min(n, 20_000) + b"30"),
}


@pytest.mark.parametrize("kind", MANY)
def test_many_of_anything_is_judged_in_flat_memory(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanclaim.x12.judging.walker.MOST_KEPT", 200)
    monkeypatch.setattr("cleanclaim.x12.judging.instances.MOST_KEPT", 200)
    data = MANY[kind](5_000)
    check(PROFESSIONAL)
    tracemalloc.start()
    for _ in Judge(level=4).transactions(data):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000, peak


def test_a_segment_of_64_mb_is_told_in_flat_memory(tmp_path: Path) -> None:
    _told_in_flat_memory(huge(tmp_path / "huge.837", 64_000_000), megabytes=50)


@pytest.mark.prove
def test_a_segment_of_1_gb_is_told_in_flat_memory(tmp_path: Path) -> None:
    _told_in_flat_memory(huge(tmp_path / "huge.837", 1_000_000_000), megabytes=50)


@pytest.mark.prove
@pytest.mark.parametrize("kind", MANY)
def test_ten_million_segments_are_judged_in_flat_memory(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "many.837"
    path.write_bytes(MANY[kind](10_000_000))
    _told_in_flat_memory(path, megabytes=300)


def _told_in_flat_memory(path: Path, *, megabytes: int) -> None:
    """Judge and copy a file from a memory map in a process that may take no more memory of its own for it than this."""
    program = (
        "import mmap, resource, sys, time\n"
        "from cleanclaim.x12 import Judge, check, check_envelope\n"
        "from cleanclaim.x12.syntax.reader import tokens\n"
        # The code book is loaded first, at its own cost: what counts is what the file costs.
        f"check({PROFESSIONAL!r})\n"
        "had = int(open('/proc/self/status').read().split('VmData:')[1].split()[0]) << 10\n"
        f"resource.setrlimit(resource.RLIMIT_DATA, (had + ({megabytes} << 20),) * 2)\n"
        "with open(sys.argv[1], 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:\n"
        "    began = time.process_time()\n"
        "    assert sum(len(token.raw()) for token in tokens(data)) == len(data)\n"
        "    cut = time.process_time()\n"
        "    check_envelope(data)\n"
        "    judge, walked = Judge(), time.process_time()\n"
        "    found = {one.code for item in judge.transactions(data) for one in item.findings}\n"
        "    assert found or judge.loose\n"
        "    done = time.process_time()\n"
        "    print(f'{len(data) / 1e6:.0f} MB: copied in {cut - began:.0f}, envelope {walked - cut:.0f}, judged '\n"
        "        f'{done - walked:.0f} s of the processor; {sorted(found)}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    print(done.stdout.strip())


@pytest.mark.prove
def test_120_000_claims_are_judged_by_the_command_within_150_mb(tmp_path: Path) -> None:
    """Peak of the whole process, its modules, the code book and the pages of the file included."""
    path = tmp_path / "many.837"
    start, stop = PROFESSIONAL.index(b"ST*837"), PROFESSIONAL.index(b"GE*1")
    one = PROFESSIONAL[start:stop]
    head, tail = one[: one.index(b"HL*2*")], b"SE*%d*%04d~"
    level = one[one.index(b"HL*2*") : one.index(b"SE*23")]
    with path.open("wb") as file:
        file.write(PROFESSIONAL[:start])
        for number in range(24):
            file.write(head.replace(b"*0001*005", b"*%04d*005" % number))
            for place in range(5_000):
                claim = b"V%07d" % (number * 5_000 + place)
                file.write(level.replace(b"HL*2*", b"HL*%d*" % (place + 2)).replace(b"V01", claim))
            count = head.count(b"~") + 5_000 * level.count(b"~") + 1
            file.write(tail % (count, number))
        file.write(PROFESSIONAL[stop:].replace(b"GE*1*", b"GE*24*"))
    program = (
        "import resource, sys, time\n"
        "from cleanclaim.cli.main import main\n"
        "began = time.process_time()\n"
        "status = main(['x12', 'check', sys.argv[1]])\n"
        "peak = int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1e3\n"
        "print(status, peak, time.process_time() - began)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    status, peak, seconds = done.stdout.split("\n")[-2].split()
    print(f"{path.stat().st_size / 1e6:.0f} MB, peak {peak} MB, {float(seconds):.0f} s of the processor")
    assert status == "0", done.stdout[-500:]
    assert float(peak) < 150


def test_a_file_with_findings_without_end_is_not_judged_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleanclaim.x12.judging.judge.MOST_FILE_FINDINGS", 1_000)
    judge = Judge(level=2)
    sets = sum(1 for _ in judge.transactions(MANY["nothing but sets"](5_000)))
    assert sets < 1_000
    assert [one.code for one in judge.loose] == ["MORE-FINDINGS"]
