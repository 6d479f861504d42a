"""The level that the problems addressed reach in decision making."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from cleanclaim.coding.picks import Pick, begins_with
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.visit.addressed import Problem, addressed, kind_of, said_uncertain
from cleanclaim.coding.visit.operations import surgeries
from cleanclaim.coding.visit.status import problem_state
from cleanclaim.coding.visit.tables import problem_table
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST, SEEN, TOLD
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Span


def problem_element(reading: Reading, picks: list[Pick], *, treated: bool = False) -> LevelElement:
    """The level that the number and kind of problems addressed reach, with their words.

    ``treated`` says that more than a mild treatment was decided: what needs it does not run its course by itself.
    """
    problems = _weighed(reading, addressed(reading, picks))
    if not problems:
        return _unnamed(reading)
    return (
        _high(reading, problems) or _moderate(reading, problems) or _low(reading, problems, treated=treated)
    )


def _weighed(reading: Reading, problems: list[Problem]) -> list[Problem]:
    """The problems with their kind as the words around them make it."""
    fever = _has_fever(reading)
    operated = bool(surgeries(reading))
    if len(problems) == 1 and problems[0].kind in {"acute", "symptom"} and _called_minor(reading):
        return [evolve(problems[0], kind="minor")]
    return [evolve(one, kind=_kind_in_context(reading, one, fever, operated)) for one in problems]


_MINOR_WORDS = frozenset(("minor", "self", "limited", "limiting", "trivial", "harmless"))


def _called_minor(reading: Reading) -> bool:
    """Whether the note calls the one problem it has minor, in a sentence of its own."""
    for mark in reading.of("minor"):
        words = set(reading.forms[mark.first : mark.last])
        if mark.zone in {DECIDED, TOLD} and words <= _MINOR_WORDS:
            return True
    return False


def _kind_in_context(reading: Reading, problem: Problem, fever: bool, operated: bool) -> str:
    kind, code = problem.kind, problem.code
    table = problem_table()
    if kind == "chronic" and begins_with(code, table["signs"]) and said_uncertain(reading, problem):
        return "uncertain"
    if kind in {"acute", "symptom"} and code[:1] not in {"S", "T"} and _called_chronic(reading, problem):
        return "chronic"
    if kind in {"acute", "minor", "symptom", "uncertain"}:
        if code[:1] in {"S", "T"} and (
            operated or reading.of("loss_of_consciousness") or _beside(reading, problem, "complicated_injury")
        ):
            return "complicated"
        if said_uncertain(reading, problem) and not _beside(reading, problem, "minor"):
            return "uncertain"
        if kind == "uncertain" and _beside(reading, problem, "better_or_same") and problem.diagnosed:
            return "chronic"
        if _beside(reading, problem, "minor") and kind != "uncertain":
            return "minor"
    if kind == "systemic" and _beside(reading, problem, "shock_words"):
        return "threat"
    if kind == "acute" and (
        _beside(reading, problem, "systemic") or (fever and begins_with(code, table["fever_makes_systemic"]))
    ):
        return "systemic"
    return kind


def _called_chronic(reading: Reading, problem: Problem) -> bool:
    """ "Chronic recurrent tonsillitis": whatever its category, the note calls it chronic."""
    return any("chronic" in reading.forms[max(0, one.first - 2) : one.last] for one in problem.marks)


def _beside(reading: Reading, problem: Problem, name: str) -> list[Mark]:
    return [found for mark in problem.marks for found in reading.beside(mark, name)]


def _has_fever(reading: Reading) -> bool:
    for name in ("fever", "febrile", "chill"):
        if name in reading.forms:
            place = reading.forms.index(name)
            if assertion_at(reading.note, place, place + 1).assertion is Assertion.AFFIRMED:
                return reading.zone_at(place) != PAST
    return False


def _spans(reading: Reading, problems: Iterable[Problem]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(reading.span(one.marks[0]) for one in problems))[:6]


def _high(reading: Reading, problems: list[Problem]) -> LevelElement | None:
    capped = [mark for mark in reading.of("no_threat") if not _is_of_mind(reading, mark)]
    threats = [one for one in problems if one.kind == "threat"]
    if threats and not (capped or _only_denied(reading, threats)) and not _all_mild(reading, threats):
        return LevelElement(
            "problems", "high", "a threat to life or bodily function", _spans(reading, threats)
        )
    said = [
        mark for mark in reading.of("threat") if mark.zone not in {PAST, SEEN} and not is_if(reading, mark)
    ]
    if said and not capped:
        return LevelElement(
            "problems", "high", "a threat to life or bodily function, as the note says", reading.spans(said)
        )
    severe = [mark for mark in reading.of("severe") if mark.zone != PAST and not is_if(reading, mark)]
    if severe and not reading.of("not_severe"):
        text = "an illness with a severe exacerbation or progression"
        return LevelElement("problems", "high", text, reading.spans(severe) + _spans(reading, problems)[:1])
    return None


_OF_MIND = frozenset(("si", "suicidal", "homicidal", "harm"))


def _is_of_mind(reading: Reading, mark: Mark) -> bool:
    """ "No SI", "not suicidal": that speaks of no bodily threat."""
    return bool(_OF_MIND.intersection(reading.forms[mark.first : mark.last]))


def _only_denied(reading: Reading, threats: list[Problem]) -> bool:
    """Whether all that threatens is of the mind, and the note denies it."""
    denied = any(_is_of_mind(reading, mark) for mark in reading.of("no_threat"))
    return denied and all(begins_with(one.code, ["R45", "F", "X", "T14"]) for one in threats)


_IFS = frozenset(("if", "should", "unless", "when", "until", "for", "avoid", "prevent", "return"))
_BEFORE = 3


def is_if(reading: Reading, mark: Mark) -> bool:
    """ "If severe attack call 911", "return for respiratory distress": what may come."""
    first, _ = reading.sentence(mark.first)
    before = reading.forms[first : mark.first]
    return "if" in before or bool(_IFS.intersection(before[-_BEFORE:]))


def _all_mild(reading: Reading, threats: list[Problem]) -> bool:
    """Whether each is said to be mending: a threat that has passed is an illness in recovery."""
    return all(_beside(reading, one, "recovering") or _is_old(reading, one) for one in threats)


def _is_old(reading: Reading, problem: Problem) -> bool:
    """ "Old stroke": one that was had, not one that is."""
    return all(reading.forms[max(0, mark.first - 1) : mark.first] == ["old"] for mark in problem.marks)


def _moderate(reading: Reading, problems: list[Problem]) -> LevelElement | None:
    chronic = [one for one in problems if one.kind == "chronic"]
    states = [(one, state) for one in chronic if (state := problem_state(reading, one, problems))]
    if states:
        spans = _spans(reading, [one for one, _ in states])
        marks = [mark for _, found in states for mark in found]
        text = "a chronic illness that is worse, progressing, new or not at its goal"
        return LevelElement("problems", "moderate", text, spans + reading.spans(marks))
    if len(chronic) >= 2:
        text = "two or more chronic illnesses"
        return LevelElement("problems", "moderate", text, _spans(reading, chronic))
    for kind, text in (
        ("threat", "an acute illness with systemic symptoms"),
        ("systemic", "an acute illness with systemic symptoms"),
        ("complicated", "an acute complicated injury"),
        ("uncertain", "an undiagnosed new problem of uncertain prognosis"),
    ):
        found = [one for one in problems if one.kind == kind]
        if found:
            return LevelElement("problems", "moderate", text, _spans(reading, found))
    return None


def _low(reading: Reading, problems: list[Problem], *, treated: bool) -> LevelElement:
    minor = [one for one in problems if one.kind == "minor"]
    if len(minor) == len(problems) and len(minor) < 2 and _listed_minor(reading) < 2 and not treated:
        text = "one self-limited or minor problem"
        return LevelElement("problems", "straightforward", text, _spans(reading, minor))
    if len(minor) == len(problems) and not treated:
        text = "two or more self-limited or minor problems"
        return LevelElement("problems", "low", text, _spans(reading, minor))
    chronic = [one for one in problems if one.kind == "chronic"]
    text = "one stable chronic illness" if chronic else "an acute, uncomplicated illness or injury"
    return LevelElement("problems", "low", text, _spans(reading, chronic or problems))


def _listed_minor(reading: Reading) -> int:
    """How many entries of a list of problems are treated as minor."""
    names = ("minor", "otc", "drug:either", "low_risk")
    return sum(
        1
        for item in reading.note.items
        if reading.zone_at(item.first) in {DECIDED, TOLD}
        and item.last - item.first > 5
        and any(reading.within(name, item.first, item.last) for name in names)
    )


def _unnamed(reading: Reading) -> LevelElement:
    """A visit whose problem no table names is weighed by what the note says of it."""
    uncertain = [m for m in reading.of("uncertain") if m.zone in {DECIDED, TOLD}]
    threat = [m for m in reading.of("threat") if m.zone not in {PAST, SEEN}]
    if threat and not reading.of("no_threat"):
        text = "a threat to life or bodily function, as the note says"
        return LevelElement("problems", "high", text, reading.spans(threat))
    if reading.of("loss_of_consciousness"):
        text = "an acute complicated injury"
        return LevelElement("problems", "moderate", text, reading.spans(reading.of("loss_of_consciousness")))
    worse = [m for m in reading.of("worse") if m.zone in {DECIDED, TOLD}]
    chronic = reading.of("chronic_words")
    if [m for m in worse if m.zone == DECIDED] or (worse and chronic):
        text = "a chronic illness that is worse or not at its goal"
        return LevelElement("problems", "moderate", text, reading.spans(chronic + worse))
    if uncertain:
        text = "an undiagnosed new problem of uncertain prognosis"
        return LevelElement("problems", "moderate", text, reading.spans(uncertain))
    minor = reading.of("minor")
    if minor and _listed_minor(reading) < 2:
        return LevelElement(
            "problems", "straightforward", "one self-limited or minor problem", reading.spans(minor)
        )
    return LevelElement(
        "problems", "low", "a problem that no table of ours names; taken as uncomplicated", ()
    )


__all__ = ["addressed", "kind_of", "problem_element"]
