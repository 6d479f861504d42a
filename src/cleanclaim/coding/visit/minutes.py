"""The clinician's own time on the day of the visit, in minutes, as the note states it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.coding.visit.spoken_minutes import GLUED_UNITS, TIME_WORDS, minutes_at, number_before
from cleanclaim.coding.visit.words import Reading
from cleanclaim.documents.note import Span
from cleanclaim.documents.words import BREAK, CLAUSE_BREAK, COLON

_LEAST, _MOST = 3, 360
_CUT_OFF = 3
_PART_VERBS = frozenset(("were", "was", "went", "for", "on"))
_OF_THEM = frozenset(("these", "those", "them", "which", "that"))
_SUM_WORDS = frozenset(
    ("total", "altogether", "totaling", "totalling", "totaled", "overall", "sum", "totals")
)
_OWN = frozenset(("i", "my", "me", "myself", "physician", "provider", "clinician", "personally"))


@frozen
class _Stated:
    """Minutes stated at a place, and the clause they stand in."""

    minutes: int
    first: int
    last: int
    low: int
    high: int


@frozen
class VisitTime:
    """Minutes that count, their words, what was left out and why; ``chosen`` where the note bills by them."""

    minutes: int
    span: Span
    text: str
    chosen: bool = False


def visit_time(reading: Reading, *, discharge: bool = False) -> VisitTime | None:
    """The time that counts, None where the note states none.

    Time of staff, of another day and of a service that is reported by itself does not count; nor do minutes of
    a treatment, a symptom or of waiting. ``discharge`` takes any minutes that the discharge took.
    """
    stated = list(_statements(reading))
    if not stated:
        return None
    own, taken_off = [], 0
    for one in stated:
        role = _role(reading, one)
        if role == "own":
            own.append(one)
        elif role == "off":
            taken_off += one.minutes
    chosen = _choose(reading, _of_one_day(reading, own), discharge=discharge)
    if not chosen:
        return None
    minutes = sum(one.minutes for one in chosen)
    if any(one.minutes - taken_off == minutes for one in own):
        taken_off = 0
    minutes -= taken_off
    if discharge:
        minutes += _compared(reading, chosen[0])
    span = reading.note.words_span(chosen[0].first, chosen[0].last)
    text = f"{minutes} minutes by the clinician on the day"
    if taken_off:
        text += f", {taken_off} minutes of another service or person taken off"
    if len(chosen) > 1:
        text += ", " + " + ".join(str(one.minutes) for one in chosen)
    return VisitTime(minutes, span, text, bool(reading.of("by_time"))) if minutes > 0 else None


def critical_minutes(reading: Reading) -> VisitTime | None:
    """The minutes of critical care that a sentence states, None where it is said not to be billed."""
    if reading.of("no_critical_care"):
        return None
    found = []
    for one in _statements(reading):
        low, high = reading.sentence(one.first)
        if reading.within("critical_care", low, high) and not reading.within(
            "left_out_time", max(low, one.first - 7), one.first
        ):
            found.append(one)
    if not found:
        return None
    most = max(found, key=lambda one: one.minutes)
    span = reading.note.words_span(most.first, most.last)
    return VisitTime(most.minutes, span, f"{most.minutes} minutes of critical care")


def _statements(reading: Reading) -> list[_Stated]:
    forms = reading.forms
    found: list[_Stated] = []
    present = set(forms)
    if TIME_WORDS.isdisjoint(present) and not any(form.endswith(GLUED_UNITS) for form in present):
        return found
    for place, form in enumerate(forms):
        if form not in TIME_WORDS and not (form[0].isdigit() and form.endswith(GLUED_UNITS)):
            continue
        read = minutes_at(forms, place, form)
        if read is None:
            continue
        minutes, first, last = read
        if not _LEAST <= minutes <= _MOST or (found and first < found[-1].last):
            continue
        low, high = _clause(reading, first, last)
        found.append(_Stated(minutes, first, last, low, high))
    found += _bare_parts(reading)
    return sorted(found, key=lambda one: one.first)


def _bare_parts(reading: Reading) -> Iterator[_Stated]:
    """ "Of which 15 were spent on spirometry": a part whose unit was said with the whole."""
    forms = reading.forms
    for mark in reading.of("part_of_time"):
        place = mark.last
        if place + 1 >= len(forms) or not forms[place].isdecimal() or forms[place + 1] not in _PART_VERBS:
            continue
        minutes = int(forms[place][:3])
        if _LEAST <= minutes <= _MOST:
            yield _Stated(minutes, place, place + 1, *_clause(reading, place, place + 1))
    for place in range(1, len(forms) - 2):
        if forms[place] == "of" and forms[place + 1] in _OF_THEM and forms[place - 1] not in TIME_WORDS:
            read = number_before(forms, place)
            if read is not None and _LEAST <= read[0] <= _MOST:
                yield _Stated(read[0], read[1], place, *_clause(reading, read[1], place))


def _clause(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """The clause around a place: between commas, semicolons and the ends of the sentence."""
    low, high = reading.sentence(first)
    forms, commas = reading.forms, reading.note.words.commas
    for place in range(first - 1, low - 1, -1):
        if forms[place] in {CLAUSE_BREAK, BREAK}:
            low = place + 1
            break
    for place in range(last, high):
        if forms[place] in {CLAUSE_BREAK, BREAK}:
            high = place
            break
    before = bisect_right(commas, first) - 1
    after = bisect_left(commas, last)
    if before >= 0 and commas[before] > low:
        low = commas[before]
    if after < len(commas) and commas[after] < high:
        high = commas[after]
    return low, high


def _role(reading: Reading, one: _Stated) -> str:
    """Whether minutes are the clinician's own, to be taken off a total, or neither."""
    near = reading.within("left_out_time", max(one.low - 1, one.first - 7), one.first)
    if near and _total_behind_a_colon(reading, one):
        return "own"
    if near and not any(_SUM_WORDS & set(reading.forms[mark.last : one.first]) for mark in near):
        return "none"
    part: object = reading.within("part_of_time", max(0, one.first - 4), one.first)
    if reading.forms[one.last - 1] not in TIME_WORDS and reading.forms[one.last : one.last + 1] == ["of"]:
        part = True
    if part and reading.forms[one.first - 1] == COLON:
        part = None
    others = _of_others(reading, one)
    if part:
        return "off" if others else "none"
    other = others or reading.within(
        "no_visit_time", max(one.low, one.first - 5), min(one.high, one.last + 5)
    )
    if other and not _SUM_WORDS.intersection(reading.forms[one.low : one.high]):
        return "none"
    return "own"


def _total_behind_a_colon(reading: Reading, one: _Stated) -> bool:
    """ "Total time today, excluding staff: 31 min": what is left out stands in the label of the total."""
    low, _ = reading.sentence(one.first)
    return reading.forms[one.first - 1] == COLON and bool(_SUM_WORDS & set(reading.forms[low : one.first]))


def _of_others(reading: Reading, one: _Stated) -> bool:
    """Whether the clause names staff, another day or a service reported by itself."""
    low, high = one.low, min(one.high, one.last + 10)
    apart = reading.within("left_out_time", one.last, high)
    if apart:
        high = apart[0].first
    names = ("not_mine", "other_day", "separate_service")
    if not any(reading.within(name, low, high) for name in names):
        return False
    own = _OWN.intersection(_not_of_staff(reading, low, high))
    return not (
        own
        and not reading.within("separate_service", low, high)
        and not reading.within("other_day", low, high)
    )


def _not_of_staff(reading: Reading, low: int, high: int) -> list[str]:
    """The words without those that only say whose staff it is ("my medical assistant")."""
    whose = {mark.first - 1 for mark in reading.within("not_mine", low, high)}
    return [form for place, form in enumerate(reading.forms[low:high], low) if place not in whose]


def _choose(reading: Reading, own: list[_Stated], *, discharge: bool) -> list[_Stated]:
    """The statement of the total, else the parts that a sentence or its neighbours add up to."""
    totals = [one for one in own if _SUM_WORDS.intersection(_around(reading, one, 12))]
    if totals:
        return [max(totals, key=lambda one: one.minutes)]
    spoken = [one for one in own if discharge or _is_time_of_visit(reading, one)]
    if len(spoken) < 2:
        return spoken
    if discharge:
        return [max(spoken, key=lambda one: one.minutes)]
    return [one for one in spoken if one.first - spoken[0].last < 40]


def _of_one_day(reading: Reading, own: list[_Stated]) -> list[_Stated]:
    """Of minutes that are dated, those of the first day named: "24 min on 9/14, another 12 on 9/15"."""
    days = [_day_behind(reading, one) for one in own]
    named = [day for day in days if day]
    if len(set(named)) < 2:
        return own
    return [one for one, day in zip(own, days, strict=True) if day in ((), named[0])]


def _day_behind(reading: Reading, one: _Stated) -> tuple[str, ...]:
    """Month and day that the words after the minutes name ("24 min spent on 9/14/2026")."""
    forms = reading.forms
    for place in range(one.last, min(one.last + 4, len(forms) - 2)):
        if forms[place] == "on" and forms[place + 1].isdecimal() and forms[place + 2].isdecimal():
            return (forms[place + 1], forms[place + 2])
    return ()


def _around(reading: Reading, one: _Stated, reach: int) -> list[str]:
    low, high = _around_sentence(reading, one)
    return reading.forms[max(low, one.first - reach) : min(high, one.last + reach)]


def _around_sentence(reading: Reading, one: _Stated) -> tuple[int, int]:
    """The sentence of a statement; one that an abbreviation cut off ("incl. note: 52 minutes") goes with the last."""
    low, high = reading.sentence(one.first)
    if one.first - low <= _CUT_OFF and low > 1:
        low = reading.sentence(low - 2)[0]
    return low, high


def _is_time_of_visit(reading: Reading, one: _Stated) -> bool:
    low, high = _around_sentence(reading, one)
    low, high = max(low, one.first - 16), min(high, one.last + 16)
    if reading.within("total_time", low, high):
        return True
    return reading.note.section_at(one.first).kind == "time"


def _compared(reading: Reading, one: _Stated) -> int:
    low = max(0, one.first - 4)
    if reading.within("less_than", low, one.first):
        return -1
    if reading.within("more_than", low, one.first):
        return 1
    after = reading.forms[one.last : one.last + 2]
    return 1 if "plus" in after else 0
