"""Files made to cost the judge as much as they can: none takes more than a second of processor time per MB."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeStatus, open_book
from cleanclaim.x12 import check

SAMPLES = {
    path.stem: path.read_bytes().replace(b"~\n", b"~")
    for path in sorted((Path(__file__).parents[1] / "samples").glob("*.x12"))
}
ENVELOPE = (
    b"ISA*00*          *00*          *ZZ*EXSUBMIT1      *ZZ*EXCLEAR01      *261026*0930*^*00501*000000007*1*T*:~"
    b"GS*HC*EXSUBMIT1*EXCLEAR01*20261026*0930*7*X*005010X222A1~ST*837*0001*005010X222A1~"
    b"BHT*0019*00*1*20261026*0930*CH~NM1*41*2*MILL RIVER BILLING*****46*EXSUBMIT1~PER*IC*OFFICE*TE*5555550100~"
    b"NM1*40*2*CLEARINGHOUSE*****46*EXCLEAR01~HL*1**20*1~NM1*85*2*LAKESIDE FAMILY MEDICINE*****XX*1300000019~"
    b"N3*12 QUARRY ROAD~N4*MILL RIVER*OH*440010001~REF*EI*990000001~"
)
HOLDER = (
    b"HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*FARROW*INES****MI*HPO000001~N3*12 QUARRY ROAD~"
    b"N4*MILL RIVER*OH*440010001~DMG*D8*19570304*F~NM1*PR*2*HARBOR MUTUAL PPO*****PI*EXHPO~"
)
CLAIM = b"CLM*V%06d*1***11:B:1*Y*A*Y*Y~HI*ABK:E1165~LX*1~SV1*HC:99214*1*UN*1***1~DTP*472*D8*20260914~"
LINE = b"LX*%d~SV1*HC:99214*1*UN*1***1~DTP*472*D8*20260914~"
OTHER = (
    b"SBR*U*18*******CI~AMT*D*1~OI***Y***Y~NM1*IL*1*A*****MI*11~NM1*PR*2*P*****PI*E%06d~DTP*573*D8*20260101~"
)
CLOSING = b"SE*9*0001~GE*1*7~IEA*1*000000007~"


def claim_file(body: bytes) -> bytes:
    """A professional file with these claims of one subscriber."""
    return ENVELOPE + HOLDER + body + CLOSING


def after(sample: str, mark: bytes, body: bytes) -> bytes:
    """A sample with something put behind a segment of it."""
    data = SAMPLES[sample]
    place = data.index(b"~", data.index(mark)) + 1
    return data[:place] + body + data[place:]


def repeated(pattern: bytes, size: int) -> bytes:
    """A segment over and over, numbered where it says so."""
    if b"%" not in pattern:
        return pattern * (size // len(pattern))
    return b"".join(pattern % number for number in range(size // len(pattern % 0)))


def real_diagnoses() -> list[bytes]:
    """Some thousand diagnosis codes that exist."""
    book, day = open_book(), dt.date(2026, 9, 14)
    codes = [f"{letter}{number:03d}" for letter in "ABCDEFGHIJKLMNORST" for number in range(1_000)]
    found = ((code, book.find("ICD-10-CM", code, day)) for code in codes)
    return [code.encode() for code, entry in found if entry and entry.status is CodeStatus.BILLABLE]


def diagnoses(size: int) -> bytes:
    """Claims of twelve diagnoses each, so that next to every code is another one that exists."""
    codes = list(islice(cycle(real_diagnoses()), size // 9))
    return b"".join(
        (CLAIM % place).replace(b"E1165", b"*ABF:".join(codes[place : place + 12]))
        for place in range(0, len(codes), 12)
    )


def behind(mark: bytes, many: bytes) -> Callable[[int], bytes]:
    """One claim with something without end in front of a segment of it, and lines without end."""
    return lambda n: claim_file(
        (CLAIM % 1).replace(mark, repeated(many, n // 2) + mark) + repeated(LINE, n // 2)
    )


def of_claim(many: bytes) -> Callable[[int], bytes]:
    """One claim with something without end behind it."""
    return lambda n: claim_file(CLAIM % 1 + repeated(many, n))


def above_claims(mark: bytes, many: bytes) -> Callable[[int], bytes]:
    """Claims without end below a level that has something without end."""
    head = ENVELOPE + HOLDER
    return lambda n: (
        head.replace(mark, repeated(many, n // 4) + mark, 1) + repeated(CLAIM, n * 3 // 4) + CLOSING
    )


def instead_of_the_set(many: bytes) -> Callable[[int], bytes]:
    """Sets without end."""
    return lambda n: ENVELOPE + b"SE*9*0001~" + repeated(many, n) + CLOSING


def behind_in(sample: str, mark: bytes, many: bytes) -> Callable[[int], bytes]:
    """A sample with something without end behind a segment of it."""
    return lambda n: after(sample, mark, repeated(many, n))


SQUARES: dict[str, Callable[[int], bytes]] = {
    "claims below many payers": above_claims(b"NM1*PR", b"NM1*PR*2*A*****PI*BB~"),
    "claims below many providers": above_claims(b"HL*2", b"NM1*87*2~N3*1~N4*AB*OH*44001~"),
    "payers and lines": behind(b"LX*1", OTHER),
    "one payer and lines": behind(b"LX*1", OTHER.replace(b"%06d", b"1")),
    "answers without a payer": behind(b"LX*1", OTHER.replace(b"AMT*D*1~", b"")),
    "qualifiers never heard of": of_claim(b"REF*Q%05d*1~"),
    "segments outside of any set": lambda n: claim_file(CLAIM).replace(b"GE*", repeated(b"A~", n) + b"GE*"),
    "transports and lines": behind(b"LX*1", b"NM1*DN*1*A~"),
}
ATTACKS: dict[str, Callable[[int], bytes]] = {
    **SQUARES,
    "claims": lambda n: claim_file(repeated(CLAIM, n)),
    "claims below many names": above_claims(b"NM1*IL", b"NM1*IL*1~"),
    "sets of two segments": instead_of_the_set(b"ST*837*%06d~SE*2~"),
    "sets of ten bytes": instead_of_the_set(b"ST*835~SE~"),
    "interchanges": lambda n: claim_file(CLAIM % 1) * (n // 1_000),
    "unknown segments": of_claim(b"ZZ~"),
    "unknown and known": of_claim(b"ZZ~K3*A~"),
    "qualifiers of a loop": of_claim(b"NM1*%05d~"),
    "levels": of_claim(b"HL*%06d*1*22*0~"),
    "levels of nothing": of_claim(b"HL~"),
    "claims of nothing": of_claim(b"CLM~"),
    "lines": of_claim(LINE),
    "lines of nothing": of_claim(b"LX~"),
    "blanks around": of_claim(b"K3* %06d~"),
    "trailing delimiters": of_claim(b"K3*%06d*~"),
    "elements too many": of_claim(b"K3*A*" + b"*1" * 200 + b"~"),
    "components too many": of_claim(b"HI*ABK:E1165" + b":1" * 200 + b"~"),
    "numbers that are none": of_claim(b"AMT*F5*%06dX~"),
    "adjustments": of_claim(b"SVD*E*1*HC:1**1~CAS*CO*45*%06d~DTP*573*D8*20260101~"),
    "control characters": of_claim(b"K3*\x01~"),
    "letters beyond ASCII": of_claim("K3*é~".encode()),
    "empty segments": of_claim(b"~"),
    "blank lines": of_claim(b"\n"),
    "segments apart": of_claim(b"K3*A~\n"),
    "mixed ends": of_claim(b"K3*A~\r\nK3*B~\n"),
    "diagnoses": lambda n: claim_file(diagnoses(n)),
    "diagnoses that are none": of_claim(b"HI*ABK:A%05d~"),
    "benefits": behind_in("271", b"DTP*346", b"EB*1~"),
    "benefits of an entity": behind_in("271", b"DTP*346", b"EB*1~LS*2120~NM1*P3*1*A~LE*2120~"),
    "benefits of money": behind_in("271", b"DTP*346", b"EB*C*IND*30***23*%06d~"),
    "services asked": behind_in("270", b"EQ*30", b"EQ*30~"),
    "services in one": lambda n: SAMPLES["270"].replace(b"EQ*30~", b"EQ*" + repeated(b"30^", n) + b"30~", 1),
    "statuses": behind_in("277CA", b"STC*A2", b"STC*A2:20*20261026*WQ*%06d~"),
    "status lines": behind_in("277CA", b"DTP*472", b"SVC*HC:99213*%06d*****1~STC*A7:454**U~"),
    "sets answered": behind_in("999", b"AK1", b"AK2*837*%06d~IK5*A~"),
    "faults answered": behind_in("999", b"AK2", b"IK3*NM1*%06d**8~IK4*1**1~"),
    "remarks": behind_in("999", b"AK2", b"IK3*N~"),
    "teeth": lambda n: SAMPLES["837D"].replace(b"LX*1~", repeated(b"DN2*%06d*E****JP~", n) + b"LX*1~", 1),
    "reviews": behind_in("278", b"UM*", b"HL*9*4*SS*0~"),
    "members": behind_in("834", b"REF*0F", b"INS*Y*18*030*XN*A~"),
}


def seconds_per_mb(data: bytes, good: float) -> float:
    """Processor time of judging; the best of five where the first is too slow, since the machine may be busy.

    What any file costs, whatever its size, is no rate: it is as if none were shorter than 50 kB.
    """
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        check(data)
        best = min(best, (time.process_time() - began) / max(len(data), 50_000) * 1e6)
        if best < good:
            break
    return best


@pytest.mark.parametrize("kind", SQUARES)
def test_no_file_takes_the_square_of_its_size(kind: str) -> None:
    """Each of these took 4 to 100 seconds per MB, and more per MB the larger it was."""
    check(claim_file(CLAIM % 1))
    assert seconds_per_mb(SQUARES[kind](150_000), 6) < 6


@pytest.mark.prove
@pytest.mark.parametrize("size", [50_000, 1_000_000])
@pytest.mark.parametrize("kind", ATTACKS)
def test_what_a_file_made_to_cost_costs(kind: str, size: int) -> None:
    data = ATTACKS[kind](size)
    check(data[:20_000])
    took = seconds_per_mb(data, 1)
    print(f"{took:.2f} s/MB at {len(data) / 1e6:.2f} MB: {kind}")
    assert took < 3
