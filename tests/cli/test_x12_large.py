"""A large file is judged in flat memory, and a bar tells how far it is; small ones are judged without a sign of it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cleanclaim.cli.mapped import MappedFile, mapped

_HEAD = (
    "ISA*00*          *00*          *ZZ*EXPAYER        *ZZ*EXCLINIC       *261026*0930*^*00501*000000007*0*T*:~"
    "GS*HP*EXPAYER*EXCLINIC*20261026*0930*7*X*005010X221A1~"
)


def remittances(sets: int, claims: int) -> bytes:
    """An interchange of many balanced 835s."""
    body = []
    for number in range(1, sets + 1):
        paid = 10 * claims
        rows = [
            f"ST*835*{number:04d}",
            f"BPR*I*{paid}*C*CHK************20261109",
            "TRN*1*1*1990000009",
            "DTM*405*20261108",
            "N1*PR*P",
            "N3*1 Way",
            "N4*Xenia*OH*44001",
            "PER*BL*A*TE*5555550100",
            "N1*PE*C*XX*1300000019",
            "LX*1",
        ]
        for claim in range(claims):
            rows += [f"CLP*C{number}-{claim}*1*20*10**12*ICN{claim}", "CAS*CO*45*10", "NM1*QC*1*F*I"]
            rows += [f"DTM*232*202609{claim % 28 + 1:02d}"]
        rows.append(f"SE*{len(rows) + 1}*{number:04d}")
        body.append("~".join(rows))
    return (_HEAD + "~".join(body) + f"~GE*{sets}*7~IEA*1*000000007~").encode()


def peak_megabytes(path: Path, *options: str) -> tuple[float, str]:
    """Peak memory of the command and what it says."""
    code = (
        "import resource, sys\nfrom cleanclaim.cli.main import main\n"
        "status = main(sys.argv[1:])\n"
        "print(status, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "x12", "check", str(path), *options],
        capture_output=True,
        text=True,
        check=True,
    )
    status, peak = done.stderr.split()[-2:]
    assert status == "0", done.stdout[-500:]
    return int(peak) / 1024, done.stdout


@pytest.mark.parametrize(
    "sets", [pytest.param(20, id="20"), pytest.param(150, id="150", marks=pytest.mark.prove)]
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_memory_does_not_grow_with_the_file(sets: int, options: tuple[str, ...], tmp_path: Path) -> None:
    small, large = tmp_path / "small.835", tmp_path / "large.835"
    small.write_bytes(remittances(1, 100))
    large.write_bytes(remittances(sets, 800))
    before, _ = peak_megabytes(small, *options, "--level", "1")
    after, said = peak_megabytes(large, *options, "--level", "1")
    # What the judge remembers is bounded; the file, the verdicts and the report would take ten times as much.
    assert after - before < 24, (before, after)
    if options:
        (report,) = json.loads(said)
        assert (report["verdict"], len(report["transactions"])) == ("accepted", sets)
        assert len(report["transactions"][0]["claims"]) == 800
    else:
        assert said.count("835 ") == sets and said.endswith(f"{large}: accepted\n")


def test_a_mapped_file_is_the_same_bytes_and_tells_how_far_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    data = bytes(range(256)) * 60_000
    path.write_bytes(data + b"needle" + data)
    places: list[int] = []
    with mapped(path, places.append) as found:
        assert isinstance(found, MappedFile)
        assert len(found) == 2 * len(data) + 6
        assert found[:3] == data[:3]
        assert found.find(b"needle") == len(data)
        assert found.find(b"needle", len(data) + 1) == -1
        assert b"".join(found[at : at + 65_536] for at in range(0, len(found), 65_536)) == path.read_bytes()
    assert len(places) >= 6 and places == sorted(places)


@pytest.mark.parametrize("length", [4 * 1024 * 1024 - 3, 4 * 1024 * 1024, 4 * 1024 * 1024 + 1])
def test_a_find_across_a_step_finds(length: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * length + b"ISA" + b"y")
    with mapped(path) as found:
        assert found.find(b"ISA") == length
        assert found.find(b"ISA", 0, length + 2) == -1
        assert found.find(b"ISA", 0, length + 3) == length


def test_an_empty_file_and_a_folder_are_told(call, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    assert call("x12", "check", tmp_path / "empty").status == 2
    call("x12", "check", tmp_path).refused("cannot be read")
    call("x12", "check", tmp_path / "none").refused("cannot be read")
    done = call("x12", "check", tmp_path / "empty", "--json")
    assert json.loads(done.out)[0]["verdict"] == "unreadable"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
