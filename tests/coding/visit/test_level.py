"""Which rules a date of service falls under, and time against decision making."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import Candidates, Concepts
from cleanclaim.coding.records import VisitLevel
from cleanclaim.coding.visit.level import visit_level
from cleanclaim.documents.reading import read_note

HOSPITAL = "Hospital progress note, hospital day 3. Pneumonia, improving. Continue azithromycin. {}"
OFFICE = "Established patient with a runny nose since Monday, no fever. Common cold. Rest and fluids. {}"


def level(text: str, setting: Setting, on: dt.date) -> VisitLevel | None:
    found, because = visit_level(read_note(text), setting, on, [], Candidates((), Concepts(), ()), ())
    assert found is not None or because
    return found


def test_hospital_visits_are_levelled_so_since_2023() -> None:
    assert level(HOSPITAL, Setting.INPATIENT, dt.date(2022, 12, 31)) is None
    assert level(HOSPITAL, Setting.INPATIENT, dt.date(2023, 1, 1)) is not None


def test_office_visits_are_levelled_so_since_2021() -> None:
    assert level(OFFICE, Setting.OUTPATIENT, dt.date(2020, 12, 31)) is None
    assert level(OFFICE, Setting.OUTPATIENT, dt.date(2021, 1, 1)) is not None


def test_the_minute_before_a_threshold_does_not_reach_it() -> None:
    on = dt.date(2026, 9, 14)
    for minutes, code in (
        (19, "99212"),
        (20, "99213"),
        (29, "99213"),
        (30, "99214"),
        (39, "99214"),
        (40, "99215"),
    ):
        found = level(OFFICE.format(f"Total time today {minutes} minutes."), Setting.OUTPATIENT, on)
        assert found is not None
        assert found.code == code
        assert found.by == ("time" if minutes >= 20 else "mdm")


def test_an_emergency_visit_has_no_time() -> None:
    text = "Emergency department. Common cold. Rest. Total time today 60 minutes."
    found = level(text, Setting.ED, dt.date(2026, 9, 14))
    assert found is not None
    assert (found.code, found.by) == ("99282", "mdm")
