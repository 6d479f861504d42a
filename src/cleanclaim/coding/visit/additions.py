"""What stands beside the code of a visit: prolonged time, and how a visit at a distance is told."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.records import VisitLevel
from cleanclaim.coding.visit.grounds import why
from cleanclaim.coding.visit.words import Reading


def with_prolonged(level: VisitLevel, minutes: int, on: dt.date, *, medicare: bool) -> VisitLevel:
    """The highest code of a family with units of fifteen minutes beyond its least time, where they are stated."""
    table = evaluation()
    row = next((row for row in table["prolonged"] if row["of"] == level.code and row["from"] <= on), None)
    if row is None or minutes < row["from_minutes"]:
        return level
    code, begins = row["code"], row["from_minutes"]
    told = f"{minutes} minutes reach {code} beside {level.code} (from {begins})"
    if row.get("medicare"):
        told += f"; Medicare takes {row['medicare']} from {row['medicare_from_minutes']} minutes"
        if medicare:
            code, begins = row["medicare"], row["medicare_from_minutes"]
    units = (minutes - begins) // table["prolonged_unit_minutes"] + 1 if minutes >= begins else 0
    because = (*level.because, why(told))
    return evolve(level, because=because, add_ons=((code, units),) if units else ())


def at_a_distance(reading: Reading, on: dt.date, level: VisitLevel) -> VisitLevel:
    """A visit by audio and video, or by audio only, keeps the office code with the modifier that says so."""
    audio = [mark for mark in reading.of("audio_only") if mark.first < _OPENING]
    if not audio and reading.note.kind != "telehealth" and not _is_by_video(reading):
        return level
    way, modifier = ("audio", "93") if audio else ("video", "95")
    words = "audio only" if audio else "audio and video"
    reasons = [why(f"a visit by {words} takes modifier {modifier} where the payer asks for it")]
    table = evaluation()["telemedicine"]
    other = table[way].get(level.code)
    if other and on >= table["from"]:
        reasons.append(
            why(f"a payer that takes the CPT codes for it wants {other}; Medicare does not take them")
        )
    return evolve(level, modifiers=(*level.modifiers, modifier), because=(*level.because, *reasons))


_OPENING = 60


def _is_by_video(reading: Reading) -> bool:
    return any(mark.first < _OPENING for mark in reading.of("telehealth"))
