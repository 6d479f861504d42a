"""Whether a chronic illness missed its goal: by a number beside the goal, or because its treatment was stepped up."""

from __future__ import annotations

from bisect import bisect_left

from cleanclaim.coding.picks import begins_with
from cleanclaim.coding.visit.addressed import Problem
from cleanclaim.coding.visit.symptoms import side_effects, signs_missed
from cleanclaim.coding.visit.tables import problem_table
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import FOUND, PAST, SEEN
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_SCOPE_SENTENCES = 5
_GOAL = frozenset(("goal", "target"))
_LEADS = frozenset(("goal", "target", "than", "below", "under", "to", "is", ":", "less", "<", "our", "at"))


def goal_missed(reading: Reading, first: int, last: int) -> list[Mark]:
    """Where a value stands above the goal written after it: "A1c 8.8 (goal 7)", "GAD-7 15 (goal <5)"."""
    forms = reading.forms
    found = []
    goals = reading.note.once(_goal_places)
    for place in goals[bisect_left(goals, first) : bisect_left(goals, min(last, len(forms)))]:
        if reading.zone_at(place) == PAST:
            continue
        goal = _number(reading, place + 1, place + 6, forward=True)
        value = _number(reading, max(first, place - 5), place, forward=False)
        if goal is not None and value is not None and value > goal:
            found.append(Mark("worse", max(first, place - 2), place + 1, reading.zone_at(place), False))
    return found


def _goal_places(note: Note) -> list[int]:
    return [place for place, form in enumerate(note.words.forms) if form in _GOAL]


def _number(reading: Reading, low: int, high: int, *, forward: bool) -> float | None:
    """The first number, or the last, between two places, decimals joined ("8.8" is two words)."""
    forms, words = reading.forms, reading.note.words
    places = range(low, min(high, len(forms)))
    for place in places if forward else reversed(places):
        form = forms[place]
        if not form.isdecimal():
            if forward and form not in _LEADS:
                return None
            continue
        text = reading.note.text
        start, end = words.starts[place], words.ends[place]
        while end < len(text) and (
            text[end].isdigit() or (text[end] == "." and text[end + 1 : end + 2].isdigit())
        ):
            end += 1
        while start > 0 and (
            text[start - 1].isdigit() or (text[start - 1] == "." and text[start - 2 : start - 1].isdigit())
        ):
            start -= 1
        return float(text[start:end]) if text[start:end].replace(".", "", 1).isdecimal() else None
    return None


def stepped_up(reading: Reading, first: int, last: int) -> list[Mark]:
    """Where a medicine is raised, added or changed: treatment is not stepped up for what is at its goal."""
    found = []
    for mark in reading.within("step_up", first, last):
        if mark.zone in {PAST, SEEN, FOUND}:
            continue
        low, high = reading.sentence(mark.first)
        if reading.has("past_treatment", low, high):
            continue
        if reading.within("drug:prescription", max(low, mark.first - 6), min(high, mark.last + 6)):
            found.append(mark)
    return found + _doses_raised(reading, first, last)


def _doses_raised(reading: Reading, first: int, last: int) -> list[Mark]:
    """ "Torsemide 20->40": a dose followed by a higher one after an arrow."""
    forms, words, text = reading.forms, reading.note.words, reading.note.text
    found = []
    for mark in reading.within("drug:prescription", first, last):
        place = mark.last
        if mark.zone in {PAST, SEEN, FOUND} or place + 1 >= len(forms):
            continue
        old, new = forms[place], forms[place + 1]
        between = text[words.ends[place] : words.starts[place + 1]]
        if old.isdecimal() and new.isdecimal() and ">" in between and int(old[:4]) < int(new[:4]):
            found.append(mark)
    return found


def problem_state(reading: Reading, problem: Problem, problems: list[Problem]) -> list[Mark]:
    """The marks that say a chronic illness is worse or not at goal; empty where it is stable."""
    if begins_with(problem.code, problem_table()["worse_codes"]):
        return [problem.marks[0]]
    alone = sum(one.kind == "chronic" for one in problems) == 1 and len(problems) <= 2
    scopes = [_scope(reading, mark, problem, problems) for mark in problem.marks]
    worse = [
        m for low, high in scopes for m in reading.within("worse", low, high) if not _is_thought(reading, m)
    ]
    same = [m for low, high in scopes for m in reading.within("better_or_same", low, high)]
    if worse:
        return [] if _now_same(worse, same) else worse
    missed = [m for low, high in scopes for m in goal_missed(reading, low, high)]
    missed += [m for low, high in scopes for m in _in_spite(reading, low, high)]
    missed += [m for low, high in scopes for m in side_effects(reading, low, high)]
    if missed:
        return missed
    fresh = [m for low, high in scopes for m in reading.within("newly_found", low, high)]
    if not begins_with(problem.code, problem_table()["new_is_acute"]):
        fresh += [mark for mark in problem.marks if _is_called_new(reading, mark)]
    if fresh:
        return fresh
    if alone and not same:
        whole = [m for m in reading.of("worse") if m.zone not in {PAST, SEEN} and not _is_thought(reading, m)]
        missed = goal_missed(reading, 0, len(reading.forms))
        if whole or missed:
            return whole or missed
    if same:
        return []
    raised = [m for low, high in scopes for m in stepped_up(reading, low, high)]
    if not raised and alone:
        raised = stepped_up(reading, 0, len(reading.forms)) or signs_missed(reading, problem, scopes)
    return raised


_NEW = frozenset(("new", "newly"))
_NEW_TO_US = word_set("patient pt to visit here problem medication medicine referral drug")


def _is_called_new(reading: Reading, mark: Mark) -> bool:
    """ "New hypertension", "atrial fibrillation, new": an illness not treated yet is not at its goal."""
    if mark.zone in {PAST, SEEN}:
        return False
    forms = reading.forms
    if _NEW.intersection(forms[max(0, mark.first - 1) : mark.first]):
        return True
    following = forms[mark.last : mark.last + 2]
    return following[:1] == ["new"] and not _NEW_TO_US.intersection(following[1:])


def _in_spite(reading: Reading, first: int, last: int) -> list[Mark]:
    """Where an illness goes on in spite of a medicine ("spots despite triamcinolone")."""
    forms = reading.forms
    return [
        Mark("worse", place, place + 1, reading.zone_at(place), False)
        for place in range(first, last)
        if forms[place] == "despite" and reading.within("drug:prescription", place, min(place + 5, last))
    ]


_IFS = frozenset(("if", "should", "unless", "when", "until"))
_EARLIER = frozenset(("earlier", "prior", "previous", "past", "former", "avoid", "prevent", "against"))
_REACH = 12


def _is_thought(reading: Reading, mark: Mark) -> bool:
    """ "If his symptoms have not improved", "two earlier relapses": what may come or was, and not what is."""
    first, _ = reading.sentence(mark.first)
    before = reading.forms[max(first, mark.first - _REACH) : mark.first]
    return bool(_IFS.intersection(before)) or bool(_EARLIER.intersection(before[-2:]))


def _now_same(worse: list[Mark], same: list[Mark]) -> bool:
    """Whether the last word is that it is well ("was uncontrolled, now at goal")."""
    return (
        bool(same)
        and same[-1].first > worse[-1].last
        and same[-1].zone == worse[-1].zone
        and len(same) > len(worse)
    )


def _scope(reading: Reading, mark: Mark, problem: Problem, problems: list[Problem]) -> tuple[int, int]:
    """The words that speak of one mention: its list item, else its sentence and those up to the next problem."""
    item = reading.note.item_at(mark.first)
    first, last = reading.sentence(mark.first)
    if item is not None and item.last - item.first > 1 and item.number is not None:
        return item.first, item.last
    others = [
        other.first
        for one in problems
        if one is not problem
        for other in one.marks
        if other.first > mark.last
    ]
    following = min(others, default=len(reading.forms))
    before = max(
        (o.last for one in problems if one is not problem for o in one.marks if o.last <= mark.first),
        default=0,
    )
    sentences = 0
    while last < following and sentences < _SCOPE_SENTENCES and last < len(reading.forms):
        begin, end = reading.sentence(last)
        if end <= last or reading.zone_at(begin) != mark.zone:
            break
        if following < end:
            break
        last, sentences = end, sentences + 1
    return max(first, before), min(last, max(following, mark.last))
