"""How fast X12 is cut, judged and read, beside pyx12 in the same run; run it with nothing else on the machine.

    python benchmarks/x12.py [--claims 20000] [--pyx12-claims 1000] [--rounds 5] [--linear]

Before anything is timed the answers are compared: ours and pyx12 accept the same file and both refuse it with a
fault in it, and every payment read balances. Then the works take turns, round after round. Each figure is given
twice: by processor time of one core (`cpu`), which other work on the machine disturbs least, and by the clock
(`wall`); both are medians of the rounds. The load of the machine stands beside them. The claims are made by the
project's own writer, every one with another patient, street, member number, dates, diagnoses, procedures and
charges. Peak memory is that of a fresh process that judges a file from a memory map. ``--linear`` also judges 10,000
to 200,000 claims and tells how time per claim and memory change.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import io
import json
import mmap
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.remittance import Payment, RemittedClaim, RemittedLine
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12 import Envelope, Judge, check, check_payment_balance, read_835, write_835, write_837
from cleanclaim.x12.syntax.reader import tokens

SYLLABLES = (
    "bar",
    "cor",
    "den",
    "fal",
    "gor",
    "han",
    "jor",
    "kel",
    "lam",
    "mor",
    "nev",
    "pol",
    "ran",
    "sel",
    "tor",
)
DIAGNOSES = (
    "E11.65",
    "I10",
    "J45.909",
    "M54.50",
    "R51.9",
    "N39.0",
    "K21.9",
    "F41.1",
    "Z00.00",
    "J06.9",
    "E78.5",
)
PROCEDURES = ("99213", "99214", "83036", "80053", "85025", "97110", "97140", "36415", "93000", "90471")
PAYER = Payer("EXHPO", "Harbor Mutual PPO", "CI", Address("1 Harbor Way", "Portside", "OH", "440020001"))
CLINIC = Provider(
    npi=npi_from_nine("130000001"),
    organization="Lakeside Family Medicine",
    taxonomy="207Q00000X",
    address=Address("12 Quarry Road", "Mill River", "OH", "440010001"),
    tax_id="990000001",
)
ENVELOPE = Envelope(
    sender_id="EXSUBMIT1",
    receiver_id="EXCLEAR01",
    created_at=dt.datetime(2026, 10, 26, 9, 30),  # noqa: DTZ001 local time of the sender
    interchange_control_number=7,
    group_control_number=7,
    submitter_name="Mill River Billing",
    contact_name="Office",
    contact_phone="5555550100",
    receiver_name="Example Clearinghouse",
)


def claims(count: int) -> Iterator[ProfessionalClaim]:
    """Invented professional claims, none like another."""
    chance = random.Random(837)
    doctors = [
        Provider(
            npi=npi_from_nine(f"1300001{n:02d}"), name=PersonName("Quill", f"Dora{n}"), taxonomy="207Q00000X"
        )
        for n in range(12)
    ]
    for number in range(count):
        name = PersonName("".join(chance.choices(SYLLABLES, k=3)), "".join(chance.choices(SYLLABLES, k=2)))
        address = Address(
            f"{chance.randint(1, 9999)} {chance.choice(SYLLABLES)} Road", "Mill River", "OH", "440010001"
        )
        born = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randint(0, 30_000))
        patient = Patient(f"P{number}", name, born, chance.choice((Sex.FEMALE, Sex.MALE)), address)
        day = dt.date(2026, 1, 5) + dt.timedelta(days=chance.randint(0, 250))
        holder = Subscriber(f"HPO{number:08d}", name, born, patient.sex, address)
        coverage = Coverage(
            coverage_id="",
            payer=PAYER,
            order=CoverageOrder.PRIMARY,
            relationship=Relationship.SELF,
            subscriber=holder,
            period=DatePeriod(day),
            group_number=f"GRP{chance.randint(1, 900)}",
        )
        picked = chance.sample(DIAGNOSES, chance.randint(1, 4))
        lines = tuple(
            ServiceLine(
                place,
                day,
                chance.randint(2_000, 40_000),
                Decimal(chance.randint(1, 3)),
                code,
                pointers=tuple(range(1, len(picked) + 1)),
                control_number=f"V{number}L{place}",
            )
            for place, code in enumerate(chance.sample(PROCEDURES, chance.randint(1, 4)), 1)
        )
        yield ProfessionalClaim(
            claim_id=f"V{number:07d}",
            patient=patient,
            coverage=coverage,
            billing=CLINIC,
            rendering=chance.choice(doctors),
            diagnoses=tuple(Diagnosis(code) for code in picked),
            place_of_service="11",
            lines=lines,
        )


def remittance(count: int) -> bytes:
    """An 835 with one payment per hundred claims that answers them line by line."""
    payments, answered = [], []
    for claim in claims(count):
        lines = tuple(
            RemittedLine(
                line.charge_cents,
                line.charge_cents * 2 // 5,
                line.code,
                units=line.units,
                service_date=line.service_date,
                control_number=line.control_number,
                adjustments=(Adjustment("CO", "45", line.charge_cents - line.charge_cents * 2 // 5),),
            )
            for line in claim.lines
        )
        paid = sum(line.paid_cents for line in lines)
        answered.append(
            RemittedClaim(
                claim.claim_id, "1", claim.charge_cents(), paid, 0, "12", f"ICN{claim.claim_id}", "11", "1",
                lines=lines, patient_last_name=claim.patient.name.last, patient_first_name=claim.patient.name.first,
            )
        )  # fmt: skip
        if len(answered) == 100:
            payments.append(_payment(answered, len(payments)))
            answered = []
    if answered:
        payments.append(_payment(answered, len(payments)))
    return write_835(payments, ENVELOPE, PAYER, CLINIC)


def _payment(answered: list[RemittedClaim], number: int) -> Payment:
    return Payment(
        trace=f"EFT{number:06d}",
        payer_name=PAYER.name,
        payer_id=PAYER.payer_id,
        payment_cents=sum(claim.paid_cents for claim in answered),
        method="ACH",
        effective_on=dt.date(2026, 11, 9),
        payee_npi=CLINIC.npi,
        payee_name=CLINIC.organization,
        payer_tax_id="1990000009",
        production_on=dt.date(2026, 11, 8),
        claims=tuple(answered),
        control_number=f"{number + 1:04d}",
    )


def judge(data: bytes) -> int:
    """All SNIP types 1 to 5; the number of claims, none of which may be at fault."""
    seen = 0
    for transaction in Judge().transactions(data):
        assert not transaction.findings, transaction.findings[:3]
        seen += len(transaction.claims)
    return seen


def judge_by_pyx12(data: bytes) -> None:
    """What pyx12 does by itself: SNIP types 1 and 2, with its JSON report as the only output."""
    import pyx12.params
    import pyx12.x12n_document

    source, report = io.StringIO(data.decode("ascii")), io.StringIO()
    fine = pyx12.x12n_document.x12n_document(pyx12.params.params(), source, None, None, None, report)
    assert fine, "pyx12 refuses the file"


def read_with_balances(data: bytes) -> None:
    """A remittance as records, every payment balanced."""
    for payment in read_835(data).payments:
        assert not check_payment_balance(payment)


class Timed(NamedTuple):
    """Seconds of one run: of the processor, and by the clock."""

    cpu: float
    wall: float


def seconds(work: Callable[[], object]) -> Timed:
    """The time of one run."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Timed(time.process_time() - cpu, time.perf_counter() - wall)


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, Timed]:
    """The median times of each work, all of them once in every round."""
    found: dict[str, list[Timed]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work))
    return {name: Timed(*map(statistics.median, zip(*runs, strict=True))) for name, runs in found.items()}


def compare_verdicts(data: bytes) -> None:
    """Ours and pyx12 must agree on the file, and on the same file without the birth date of one patient."""
    assert check(data).verdict == "accepted", "we refuse the file"
    judge_by_pyx12(data)
    start = data.index(b"DMG*D8*")
    faulty = data[: start + 7] + data[data.index(b"*", start + 7) :]
    assert check(faulty).verdict == "rejected", "we accept the fault"
    try:
        judge_by_pyx12(faulty)
    except AssertionError:
        return
    raise AssertionError("pyx12 accepts the fault")


def peak_mb(data: bytes) -> float:
    """Peak memory of a fresh process that judges the file, in MB."""
    with tempfile.NamedTemporaryFile(suffix=".837") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [sys.executable, __file__, "--peak", file.name], check=True, capture_output=True, text=True
        )
    return float(done.stdout)


def report_peak(path: str) -> None:
    """Judge one file from a memory map and print the peak of this process without the map's pages, in MB."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for _ in Judge().transactions(data):
            pass
    # VmHWM and not ru_maxrss: the latter is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = int(status.split("VmHWM:")[1].split()[0])
    print(max(0.0, kilobytes / 1e3 - Path(path).stat().st_size / 1e6))


def enlarged(data: bytes, times: int) -> bytes:
    """A file with its transaction sets several times over, all with numbers of their own, their claims likewise."""
    start, stop = data.index(b"ST*"), data.index(b"GE*")
    sets, count = data[start:stop], data.count(b"~SE*")

    def renumbered(turn: int) -> bytes:
        body = re.sub(
            rb"(ST\*837\*|SE\*[0-9]+\*)([0-9]+)",
            lambda match: match.group(1) + b"%04d" % (int(match.group(2)) + turn * count),
            sets,
        )
        return body.replace(b"CLM*V", b"CLM*%c" % (65 + turn))

    trailer = re.sub(rb"GE\*[0-9]+", b"GE*%d" % (count * times), data[stop:])
    return data[:start] + b"".join(map(renumbered, range(times))) + trailer


def linear(sizes: Sequence[int]) -> dict[str, object]:
    """Judging by size: claims per second of processor time, peak memory, and the spread of the time per claim."""
    rates, memory = {}, {}
    least = write_837(list(claims(min(sizes))), ENVELOPE)
    for size in sizes:
        data = enlarged(least, size // min(sizes))
        runs = max(1, min(3, 150_000 // size))
        rates[size] = size / statistics.median(
            seconds(lambda data=data: judge(data)).cpu for _ in range(runs)
        )
        memory[size] = round(peak_mb(data), 1)
    return {
        "claims_per_cpu_second_by_size": {size: round(rate) for size, rate in rates.items()},
        "peak_mb_by_size": memory,
        "spread_of_time_per_claim": round(max(rates.values()) / min(rates.values()) - 1, 3),
    }


def measure(count: int, pyx12_count: int, rounds: int) -> dict[str, object]:
    """All figures but those of `linear`."""
    data = write_837(list(claims(count)), ENVELOPE)
    small = write_837(list(claims(pyx12_count)), ENVELOPE)
    paid = remittance(count)
    compare_verdicts(small)
    read_with_balances(paid)
    gc.collect()
    gc.freeze()  # what the judges before us hold is no work of those after them
    timed = in_turns(
        {
            "judge_837P": lambda: judge(data),
            "pyx12_837P": lambda: judge_by_pyx12(small),
            "read_835_with_balances": lambda: read_with_balances(paid),
            "judge_835": lambda: judge(paid),
            "tokens": lambda: deque(tokens(data), 0),
        },
        rounds,
    )
    counts = {name: pyx12_count if name == "pyx12_837P" else count for name in timed}
    cut = timed.pop("tokens")
    return {
        "claims": count,
        "bytes_per_claim": round(len(data) / count),
        "load_average": [round(item, 2) for item in os.getloadavg()],
        "claims_per_second": {
            name: {"cpu": round(counts[name] / item.cpu), "wall": round(counts[name] / item.wall)}
            for name, item in timed.items()
        },
        "times_pyx12": round(timed["pyx12_837P"].cpu / pyx12_count / (timed["judge_837P"].cpu / count), 1),
        "tokens_mb_per_second": {
            "cpu": round(len(data) / 1e6 / cut.cpu, 1),
            "wall": round(len(data) / 1e6 / cut.wall, 1),
        },
        "peak_mb": round(peak_mb(data), 1),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--pyx12-claims", type=int, default=1_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--linear", action="store_true")
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    options.add_argument("--peak", default="")
    chosen = options.parse_args()
    if chosen.peak:
        report_peak(chosen.peak)
        return
    figures = measure(chosen.claims, chosen.pyx12_claims, chosen.rounds)
    if chosen.linear:
        figures |= linear(chosen.sizes)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
