"""Every row of bad input A to D: the verdict with its segment and byte, what is shown, read and answered of it.

Rows that are no matter of one file's bytes stand elsewhere: a file cut at every byte, a gigabyte and ten million
segments in `judging/test_bad_inputs.py`; what is sent to the wrong one or as a test (A19, A20) and answers to
questions nobody asked (D) below; slow uploads (A33) are cut off by the web server, before anything is read.
"""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from attrs import evolve
from bad_input_rows import CLAIMS, ISA, MONEY, ROWS, SAMPLES, Row

from cleanclaim import x12
from cleanclaim.claims.acknowledgement import Verdict
from cleanclaim.cli.main import main
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12 import Addressee, Envelope, FileVerdict, X12Error, X12Finding, check, check_addressed

NAMES = [row.name for row in ROWS]


def findings(verdict: FileVerdict) -> list[X12Finding]:
    return [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)


def place_of(row: Row) -> int:
    """The byte at which the segment of the finding begins."""
    mark, _, nth = row.at.partition(b"#")
    place = -1
    for _ in range(int(nth or 1)):
        place = row.data.index(mark, place + 1)
    return place


def test_the_files_of_the_rows_are_good_and_every_letter_of_the_catalogue_is_there() -> None:
    for data in (CLAIMS, MONEY, *SAMPLES.values()):
        assert check(data).verdict == "accepted" and not findings(check(data))
    numbers = {int(name.split()[0][1:]) for name in NAMES if name.startswith("A")}
    assert numbers == set(range(1, 33)) - {19, 20}
    assert {name[0] for name in NAMES} == set("ABCD") and len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_what_is_wrong_is_said_with_its_segment_and_byte(row: Row) -> None:
    verdict = check(row.data)
    found = findings(verdict)
    assert verdict.verdict == row.verdict, found[:9]
    assert x12.copy(row.data) == row.data
    if not row.code:
        assert not found
        return
    hits = [one for one in found if one.code == row.code]
    assert hits, found[:9]
    assert all(one.message and one.fix and 1 <= one.snip <= 5 for one in hits)
    if row.at:
        hits = [one for one in hits if one.offset == place_of(row)]
        assert hits, [(one.code, one.offset) for one in found[:9]]
        assert all(one.segment >= 1 for one in hits)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_command_checks_and_shows_it_and_never_falls_over(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "row.x12"
    file.write_bytes(row.data)
    status = {"accepted": 0, "rejected": 1, "unreadable": 2}[row.verdict]
    assert main(["x12", "check", str(file), "--json"]) == status
    report = json.loads(capsys.readouterr().out)[0]
    told = report["findings"] + [one for item in report["transactions"] for one in item["findings"]]
    assert report["verdict"] == row.verdict
    assert all({"snip", "code", "segment", "offset", "message", "fix"} <= set(one) for one in told)
    shown = main(["x12", "show", str(file)])
    out, error = capsys.readouterr()
    # 1: some of it could be told, and the rest is told apart with its reason.
    assert shown in {0, 1, 2} and "Traceback" not in error
    assert error if shown == 2 else out


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_its_reader_takes_it_or_says_where_it_stops(row: Row) -> None:
    reader = getattr(x12, row.reader.rstrip("!"))
    if not row.reader.endswith("!"):
        assert reader(row.data)
        return
    with pytest.raises(CleanClaimError) as caught:
        reader(row.data)
    error = caught.value
    assert error.what and error.fix and len(error.sentence()) < 1_000
    # No name and no member number is told to whoever reads a log.
    assert "FARROW" not in error.sentence() and "HPO000001" not in error.sentence()
    if isinstance(error, X12Error) and error.segment:
        assert 0 <= error.offset < len(row.data)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_what_has_an_interchange_is_answered(row: Row, envelope: Envelope) -> None:
    numbers = iter(range(100, 200))

    def back(_: object) -> Envelope:
        number = next(numbers)
        return evolve(envelope, interchange_control_number=number, group_control_number=number)

    try:
        answers = x12.answer(row.data, back, level=5)
    except X12Error as error:
        assert row.verdict == "unreadable" or b"ISA" not in row.data, error
        return
    for one in answers:
        for data in (one.ta1, one.implementation):
            assert data is None or check(data).verdict == "accepted", findings(check(data))
    if row.verdict == "accepted":
        assert all(one.verdict is Verdict.ACCEPTED and not one.rejected for one in answers)
    else:
        bad = [one for one in answers if one.verdict is not Verdict.ACCEPTED or one.rejected]
        # A number used twice is a fault of the file, not of one of the two interchanges in it; and nobody
        # acknowledges acknowledgements.
        assert bad or row.code in {"REPEATED-NUMBER", "NOT-X12"} or row.name.startswith("D a"), row.name


def test_a_row_costs_no_memory() -> None:
    rows = [row for row in ROWS if len(row.data) > 50_000]
    assert len(rows) >= 3
    for row in rows:
        tracemalloc.start()
        check(row.data)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4_000_000 + 4 * len(row.data), row.name


PRODUCTION = ISA.replace(b"*T*:", b"*P*:")
OURS = Addressee(receiver_ids=("EXSUBMIT1",), sender_ids=("EXCLEAR01",), production=True)


@pytest.mark.parametrize(
    ("data", "who", "codes"),
    [
        pytest.param(MONEY, OURS, [("TEST-FILE", "ISA15")], id="A19 a test file in production"),
        pytest.param(
            MONEY.replace(b"*T*:", b"*P*:"),
            evolve(OURS, production=False),
            [("PRODUCTION-FILE", "ISA15")],
            id="A19 a production file where files are tested",
        ),
        pytest.param(MONEY.replace(b"*T*:", b"*P*:"), OURS, [], id="A19 as it should be"),
        pytest.param(MONEY, Addressee(), [], id="A19 nothing expected"),
        pytest.param(
            CLAIMS.replace(b"*T*:", b"*P*:"),
            OURS,
            [(f"WRONG-{who}", at) for who, at in zip(("SENDER", "RECEIVER") * 2, ("ISA06", "ISA08", "GS02", "GS03"),
                                                     strict=True)],
            id="A20 for somebody else",
        ),
        pytest.param(
            MONEY.replace(b"*T*:", b"*P*:").replace(b"GS*HP*EXCLEAR01*EXSUBMIT1", b"GS*HP*EXCLEAR01*OTHER"),
            OURS,
            [("WRONG-RECEIVER", "GS03")],
            id="A20 a group for somebody else",
        ),
        pytest.param(
            MONEY.replace(b"*T*:", b"*P*:").replace(b"EXCLEAR01      *ZZ*EX", b"MEDICARE       *ZZ*EX"),
            OURS,
            [("WRONG-SENDER", "ISA06")],
            id="C somebody who says to be Medicare",
        ),
        pytest.param(b"", OURS, [], id="nothing"),
        pytest.param(b"%PDF", OURS, [], id="no X12"),
    ],
)  # fmt: skip
def test_a_file_for_somebody_else_is_told(data: bytes, who: Addressee, codes: list[tuple[str, str]]) -> None:
    found = check_addressed(data, who)
    assert [(one.code, one.element) for one in found] == codes
    for one in found:
        assert data[one.offset :].startswith(one.element[:-2].encode())
        assert one.severity == "error" and one.fix
