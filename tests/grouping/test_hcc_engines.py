"""Every score that differs from that of an independent engine has a cause; without the cause they agree.

Two engines judge: hccpy 0.1.9 (tables of payment year 2024, Python 3.11) for V24 and V28, and
risk-adjustment-model 0.7.1 (tables of 2025 and 2026, where it is installed) for V24, V28, ESRD and RxHCC.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from attrs import evolve, frozen

from cleanclaim.codesets import sources
from cleanclaim.codesets.lmdb_file import read_lmdb
from cleanclaim.codesets.medicare_data import read_master
from cleanclaim.codesets.periods import day_number
from cleanclaim.grouping import hcc
from cleanclaim.grouping.hcc import HccCase, group_hcc

PERSONS = 600
SERVICE_YEAR = dt.date(2025, 1, 1)
"""Payment year 2026 pays for the diagnoses of 2025."""

TODAY = dt.date(2026, 10, 15)

BREAST = frozenset({"C50A0", "C50A1", "C50A2"})
"""CMS's V28 table of 2026: HCC 22 below 50 years, HCC 23 from 50 on. The second engine's table holds both rows
without their age, so that it counts HCC 22 at any age."""

BARRED = {"G937": (0, 17), "F531": (9, 64), "C58": (9, 64), "E8411": (0, 0)} | dict.fromkeys(
    ("C9330", "C9331", "C9332"), (0, 17)
)
"""Ages in the Medicare Code Editor's column of CMS's V28 table; the second engine leaves the editor to others."""

RUNS_OVER = {"192": {"180", "181", "182", "253", "254"}, "191": {"180", "181", "182", "192", "253", "254"}}
"""Hierarchies of V28 (macro V28115H1) that stand on two lines there; the second engine reads line by line."""


@frozen
class Judge:
    """A second engine for one model, and the day after which its table knows no new codes."""

    name: str
    model: str
    newest: dt.date
    score: Callable[[HccCase], Decimal]


def person(chance: random.Random, model: str, codes: list[str], number: int, *, community: bool) -> HccCase:
    """A person by chance; but for the community also new enrollees, institutions, transplants and grafts."""
    age = chance.choice([*range(30, 65), *range(64, 96), *range(65, 96)])
    others = 0.0 if community else 0.2
    kidney = model == "ESRD"
    return HccCase(
        case_id=str(number),
        age=age,
        sex=chance.choice("MF"),
        diagnoses=tuple(chance.sample(codes, chance.randint(0, 8))),
        model=model,
        dual=chance.choice(("00", "00", "02", "01")),
        orec=chance.choice("0001") if age >= 65 else "1",
        crec="2" if kidney else "0",
        low_income=model == "RXHCC" and chance.random() < 0.4,
        institutional=chance.random() < others,
        new_enrollee=chance.random() < others,
        graft_months=chance.choice((None, None, 1, 2, 3, 4, 9, 10, 24)) if kidney else None,
    )


def causes(case: HccCase, judge: Judge) -> dict[str, str]:
    """The person's codes about which the engines are known to differ, each with its cause."""
    found = {}
    for code in case.diagnoses:
        if code in BREAST and judge.model == "V28":
            found[code] = "age of inflammatory breast cancer"
        elif not billable(code, SERVICE_YEAR) and not billable(code, TODAY):
            found[code] = "ended before the year of service"
        elif not billable(code, judge.newest):
            found[code] = "newer than the second engine's table"
        elif judge.model == "V28" and not in_age(code, case.age):
            found[code] = "barred at this age by the code editor"
    if judge.name == "hccpy" and judge.model == "V28":
        above = categories(case)
        below = {one for top, under in RUNS_OVER.items() if top in above for one in under}
        found |= {
            code: "hierarchy on two lines" for code in case.diagnoses if below & table("V28").get(code, set())
        }
    return found


def in_age(code: str, age: int) -> bool:
    youngest, oldest = BARRED.get(code, (0, 200))
    return youngest <= age <= oldest


def categories(case: HccCase) -> set[str]:
    return {one for code in case.diagnoses for one in table(case.model).get(code, set())}


@lru_cache(maxsize=8)
def table(model: str) -> dict[str, frozenset[str]]:
    return hcc._categories_of(model)


@lru_cache(maxsize=1)
def spans() -> dict[str, list[tuple[int, int]]]:
    """The days on which each diagnosis was billable, from the master of the Medicare Code Editor."""
    path = sources.medicare_file()
    assert path is not None
    found: dict[str, list[tuple[int, int]]] = {}
    for span in read_master(read_lmdb(path)["mce_i10dx_master"])[1]:
        found.setdefault(span.code, []).append((span.first, span.last))
    return found


def billable(code: str, day: dt.date) -> bool:
    return any(first <= day_number(day) <= last for first, last in spans().get(code, ()))


def community(case: HccCase) -> str:
    dual = {"00": "N", "01": "P", "02": "F"}[case.dual]
    return f"C{dual}{'A' if case.age >= 65 else 'D'}"


def hccpy(model: str, version: str, newest: dt.date) -> Judge:
    engine: Any = pytest.importorskip("hccpy.hcc").HCCEngine(version)

    def score(case: HccCase) -> Decimal:
        told = engine.profile(
            list(case.diagnoses), case.age, case.sex, community(case), case.orec, medicaid=case.dual != "00"
        )
        return rounded(told["risk_score"])

    return Judge("hccpy", model, newest, score)


def second(model: str) -> Judge:
    package: Any = pytest.importorskip("risk_adjustment_model")
    engine = {
        "V24": lambda: package.MedicareModelV24(2025),
        "V28": lambda: package.MedicareModelV28(2026),
        "ESRD": lambda: package.MedicareModelESRDv24(2026),
        "RXHCC": lambda: package.MedicareModelRxHCCv08X(2026),
    }[model]()

    def score(case: HccCase) -> Decimal:
        codes = list(case.diagnoses)
        if model == "ESRD":
            full, partial = case.dual == "02", case.dual == "01"
            told = engine.score(
                case.sex, case.orec, full, partial, case.institutional, codes, case.age,
                population=kidney(case), graft_duration_months=case.graft_months,
            )  # fmt: skip
        elif model == "RXHCC":
            told = engine.score(case.sex, case.orec, False, codes, case.age, population=part_d(case))
        else:
            told = engine.score(
                case.sex, case.orec, case.dual != "00", codes, case.age, population=medicare(case)
            )
        return rounded(told.score_raw)

    newest = dt.date(2025, 9, 30)
    return Judge("risk-adjustment-model", model, newest, score)


def medicare(case: HccCase) -> str:
    return "NE" if case.new_enrollee else "INS" if case.institutional else community(case)


def kidney(case: HccCase) -> str:
    months = case.graft_months
    if months is not None and months <= 3:
        return f"TRANSPLANT_{months}M"
    if case.new_enrollee:
        return "NE_DIAL" if months is None else "NE_GRAFT"
    if months is None:
        return "DIAL"
    return "GRAFT_INST" if case.institutional else "GRAFT_COMM"


def part_d(case: HccCase) -> str:
    income = "LOW" if case.low_income else "NONLOW"
    if case.new_enrollee:
        return "NE_LTI" if case.institutional else f"NE_{income}_COMMUNITY"
    return "CE_LTI" if case.institutional else f"CE_{income}_{'AGED' if case.age >= 65 else 'NONAGED'}"


def rounded(score: float) -> Decimal:
    return Decimal(str(round(float(score), 3)))


JUDGES = {
    "hccpy-V24": lambda: hccpy("V24", "24", dt.date(2022, 9, 30)),
    "hccpy-V28": lambda: hccpy("V28", "28", dt.date(2023, 9, 30)),
    "second-V24": lambda: second("V24"),
    "second-V28": lambda: second("V28"),
    "second-ESRD": lambda: second("ESRD"),
    "second-RXHCC": lambda: second("RXHCC"),
}


@pytest.mark.parametrize("name", JUDGES)
def test_every_difference_of_600_random_persons_has_a_cause(
    name: str, record_property: Callable[..., None]
) -> None:
    pytest.importorskip("hccinfhir")
    judge = JUDGES[name]()
    chance, codes = random.Random(20261015), sorted(table(judge.model))
    seen: Counter[str] = Counter()
    for number in range(PERSONS):
        case = person(chance, judge.model, codes, number, community=judge.name == "hccpy")
        if group_hcc(case).score == judge.score(case):
            seen["equal"] += 1
            continue
        why = causes(case, judge)
        assert why, (case, group_hcc(case), judge.score(case))
        rest = evolve(case, diagnoses=tuple(code for code in case.diagnoses if code not in why))
        assert group_hcc(rest).score == judge.score(rest), (case, why)
        seen.update(set(why.values()))
    record_property("engines", dict(seen))
    assert seen["equal"] >= PERSONS * 3 // 4
