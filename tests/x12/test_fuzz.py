"""Files damaged at random, with an eye for their structure: nothing raises, nothing is slow, no byte is lost.

The short form runs with every test run. The long one (`make prove`) runs for ten minutes, or as many seconds as
FUZZ_SECONDS says. A mutant is made from its seed alone, so a failure names all that is needed to see it again.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim import x12
from cleanclaim.kernel.errors import CleanClaimError

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.x12"))
READERS: dict[str, Callable[[bytes], object]] = {
    name: getattr(x12, name)
    for name in (
        "check",
        "check_envelope",
        "sniff",
        "show",
        *(n for n in x12.__all__ if n.startswith("read_")),
    )
}
TERMINATORS, DELIMITERS = (b"~", b"\n", b"\x1c", b"'"), (b"*", b"|", b"\x1d", b">")
NASTY = (
    b"", b" ", b"0", b"-0", b"-1", b"1E3", b"1,234.50", b"$5", b"00012", b".", b"-", b"9" * 19, b"0.005", b"NaN",
    "１２".encode(), b"20260230", b"00000000", b"99991231", b"20261231-20260101", b"19570304-", b"1234567890",
    b"A" * 61, b"\x00", b"\x1b[31m", b"\xff\xfe", "é\u202e\u0301😀".encode(), b"<script>", b"../..", b":", b"::::",
    b"^", b"^^", b":^:", b"*", b"~", b"~~", b"\r\n", b"ISA", b"IEA", b"SE", b"ABK:E1165", b"HC:99213:25:59:76:77",
    b"NU:0450", b"11:B:7", b"22", b"4294967296", b"2147483649", "²".encode(), "٣".encode(), b"9" * 5_000,
)  # fmt: skip
SEGMENTS = (
    b"", b"HL*1**20*1", b"HL*2*2*22*0", b"HL*9*8*22*1", b"HL", b"LX*1", b"LX", b"CLM*V01*1***11:B:1*Y*A*Y*Y",
    b"CLM", b"SV1*HC:99213*1*UN*1***1:2:3:9", b"SV2*0450*HC:99213*1*UN*1", b"SV3*AD:D0120*1", b"SVC*HC:99213*1*1",
    b"SVC*", b"CLP*A*1*10*10**12*X", b"CLP", b"CAS*CO*45*1", b"CAS*CO*45*1*1*97*2**3*4", b"CAS*" + b"45*1**" * 30,
    b"PLB*1*20261231*WO:1*5*L6*-1", b"PLB", b"BPR*I*1*C*CHK************20261109", b"TRN*1*1*9", b"TRN*2*",
    b"NM1*IL*1*A*B****MI*1", b"NM1", b"N1*PR*A", b"DTP*472*RD8*20260101-20260102", b"DTP*472*D8*x", b"DTM*472*1",
    b"HI*ABK:E1165*ABF:I10", b"HI*BE:A1:::x", b"HI*BI:70:RD8:20260101", b"AMT*D*x", b"AMT*F5*1", b"OI***Y***Y",
    b"SBR*S*18*******CI", b"SVD*X*1*HC:1**1", b"LIN**N4*00003029320", b"CTP****1*UN", b"STC*A2:20*20261026*WQ*1",
    b"QTY*90*1", b"AAA*N**72*C", b"EB*1**30^98", b"AK1*HC*7", b"AK2*837*0001", b"IK3*NM1*8**8", b"IK5*R*5",
    b"AK9*A*1*1*1", b"TA1*000000006*261026*0925*A*000", b"ST*837*0001*005010X222A1", b"ST*835*0002", b"SE*1*0001",
    b"GS*HC*AA*BB*20261026*0930*7*X*005010X222A1", b"GE*1*7", b"IEA*1*000000007", b"MOA***N1*N2", b"MIA*0****N1",
    b"LQ*HE*N130", b"BIN*4*ab~c", b"LS*2120", b"LE*2120", b"UM*SC*I*3*11:B", b"HCR*A6*1", b"PWK*OZ*FX***AC*1",
)  # fmt: skip


def mutant(seed: int, seeds: list[bytes], *, grown: bool = False) -> bytes:
    """One sample damaged one to eight times; a grown one repeats a run of its segments up to 300 kB."""
    chance = random.Random(seed)
    parts = [part.lstrip(b"\r\n") for part in chance.choice(seeds).split(b"~")][:400]
    for _ in range(chance.randint(1, 8)):
        chance.choice(STRUCTURAL)(chance, parts, seeds)
        parts = parts or [b""]
    if grown:
        start = chance.randrange(len(parts))
        run = parts[start : start + chance.randint(1, 12)]
        times = 300_000 // (sum(map(len, run)) + len(run))
        parts[start:start] = run * times
    end, element = chance.choices(TERMINATORS, (8, 1, 1, 1))[0], chance.choices(DELIMITERS, (9, 1, 1, 1))[0]
    data = bytearray(end.join(parts).replace(b"*", element))
    for _ in range(chance.choice((0, 0, 0, 1, 4))):
        place = chance.randrange(len(data)) if data else 0
        data[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) + 1) :]
    return bytes(data) * chance.choices((1, 2), (30, 1))[0]


def _drop(chance: random.Random, parts: list[bytes], _: list[bytes]) -> None:
    start = chance.randrange(len(parts) + 1)
    del parts[start : start + chance.randint(1, 4)]


def _repeat(chance: random.Random, parts: list[bytes], _: list[bytes]) -> None:
    start = chance.randrange(len(parts))
    parts[start:start] = parts[start : start + chance.randint(1, 9)] * chance.choice((1, 1, 2, 60))


def _move(chance: random.Random, parts: list[bytes], _: list[bytes]) -> None:
    parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))


def _insert(chance: random.Random, parts: list[bytes], _: list[bytes]) -> None:
    parts.insert(chance.randrange(len(parts) + 1), chance.choice(SEGMENTS))


def _splice(chance: random.Random, parts: list[bytes], seeds: list[bytes]) -> None:
    other = [part.lstrip(b"\r\n") for part in chance.choice(seeds).split(b"~")]
    start, stop = chance.randrange(len(other)), chance.randrange(len(parts))
    parts[stop : stop + chance.randint(0, 5)] = other[start : start + chance.randint(1, 20)]


def _element(chance: random.Random, parts: list[bytes], _: list[bytes]) -> None:
    place = chance.randrange(len(parts))
    elements = parts[place].split(b"*")
    number = chance.randrange(len(elements))
    action = chance.randrange(5)
    if action == 0:
        elements[number] = chance.choice(NASTY)
    elif action == 1:
        del elements[number]
    elif action == 2:
        elements[number:number] = [chance.choice(NASTY)] * chance.choice((1, 1, 30))
    elif action == 3:
        components = elements[number].split(b":")
        components[chance.randrange(len(components))] = chance.choice(NASTY)
        elements[number] = b":".join(components)
    else:
        elements[number] += chance.choice(NASTY)
    parts[place] = b"*".join(elements)


STRUCTURAL = (_drop, _repeat, _move, _insert, _insert, _splice, _element, _element, _element, _element)


def times(data: bytes, seed: int) -> dict[str, float]:
    """Run everything on a file; the processor time that each took."""
    assert x12.copy(data) == data, f"mutant {seed} is not copied byte for byte"
    found = {}
    for name, reader in READERS.items():
        began = time.process_time()
        try:
            reader(data)
        except CleanClaimError as error:
            assert error.what and len(error.sentence()) < 2_000, (name, seed)
        except Exception as error:
            raise AssertionError(f"{name} raises {type(error).__name__} on mutant {seed}") from error
        found[name] = time.process_time() - began
    return found


def limit(name: str) -> float:
    """Seconds per MB that no file may cost: to be read, to be judged, to be made records of or told in words.

    Twice what was ever seen, or more: the machine may be busy. The densest nonsense has a finding every fifteen
    bytes, or a line of a claim every hundred.
    """
    if name in {"check_envelope", "sniff"}:
        return 1.0
    return 2.5 if name == "check" else 8.0


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """The project's own samples."""
    assert len(SAMPLES) >= 12
    return [path.read_bytes() for path in SAMPLES]


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**63))
def test_no_mutant_raises_or_loses_a_byte(seed: int, seeds: list[bytes]) -> None:
    times(mutant(seed, seeds), seed)


def test_mutants_of_own_samples_are_copied_byte_for_byte(seeds: list[bytes]) -> None:
    for seed in range(400):
        data = mutant(seed, seeds)
        assert x12.copy(data) == data, seed


@pytest.mark.shared
def test_every_sample_and_two_thousand_mutants_are_copied_byte_for_byte(shared_x12: list[Path]) -> None:
    samples = [path.read_bytes() for path in shared_x12]
    assert len(samples) == 178
    for data in samples:
        assert x12.copy(data) == data
    for seed in range(2_000):
        data = mutant(seed, samples)
        assert x12.copy(data) == data, seed


def test_a_patient_without_a_claim_is_refused_and_does_not_crash() -> None:
    """Found by a mutant: the answer stands there, but what it answers does not."""
    data = (Path(__file__).parent / "samples" / "277CA.x12").read_bytes()
    data = data.replace(b"TRN*2*V03~\n", b"").replace(b"SE*34*", b"SE*33*")
    with pytest.raises(x12.X12Error, match="has no claim"):
        x12.read_acknowledgements(data)
    assert "has no claim" in x12.show(data)


def test_lines_alike_by_the_thousand_take_time_in_proportion(seeds: list[bytes]) -> None:
    """Found by a mutant: reading a claim of many loops of one kind took the square of their number."""
    claim = next(data for data in seeds if b"*837*" in data)
    start, stop = claim.index(b"LX*1~"), claim.index(b"LX*2~")
    took = []
    for many in (500, 4_000):
        data = claim[:start] + claim[start:stop] * many + claim[start:]
        took.append(times(data, 0)["read_837"] / many)
    assert took[1] < 4 * took[0] + 0.001


def test_a_grown_mutant_takes_time_in_proportion(seeds: list[bytes]) -> None:
    for seed in range(3):
        data = mutant(seed, seeds, grown=True)
        for name, took in times(data, seed).items():
            assert took < 1 + 6 * len(data) / 1e6, (name, seed)


@pytest.mark.prove
def test_ten_minutes_of_mutants(seeds: list[bytes], request: pytest.FixtureRequest) -> None:
    shared = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "x12"
    seeds = seeds + [path.read_bytes() for path in sorted(shared.glob("*/*"))]
    first = seed = random.SystemRandom().randrange(2**62)
    executions, bytes_read, worst = 0, 0, {}
    stop = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "600"))
    while time.monotonic() < stop:
        seed += 1
        data = mutant(seed, seeds, grown=seed % 40 == 0)
        for name, took in times(data, seed).items():
            # What any file costs, whatever its size, is no rate: it is as if none were shorter than 50 kB.
            size = max(len(data), 50_000) / 1e6
            for _ in range(4):
                if took < size * limit(name):
                    break
                took = min(took, times(data, seed)[name])
            assert took < size * limit(name), f"{name} takes {took / size} seconds per MB on mutant {seed}"
            worst[name] = max(worst.get(name, (0.0, 0)), (round(took / size, 2), seed))
        executions, bytes_read = executions + len(READERS) + 1, bytes_read + len(data)
    assert executions
    print(
        f"{executions} executions on {seed - first} mutants, {bytes_read / 1e6:.0f} MB; seconds per MB at most {worst}"
    )
