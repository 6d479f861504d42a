"""The problems a visit addressed, and how far they take its decision making."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import evolve, frozen

from cleanclaim.coding.picks import Pick, begins_with
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.visit.status import goal_missed, stepped_up
from cleanclaim.coding.visit.words import DECIDED, FOUND, PAST, SEEN, TOLD, Mark, Reading, problem_table
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Span

# From the heaviest down; what two phrases for one problem disagree on, the heavier decides.
_MOST_MARKS = 40
_KINDS = ("threat", "complicated", "systemic", "uncertain", "chronic", "acute", "minor", "symptom", "none")
_NOT_OF_THE_PATIENT = frozenset((Assertion.NEGATED, Assertion.FAMILY, Assertion.HYPOTHETICAL))
_SCOPE_SENTENCES = 5
_STRUCTURED = frozenset((DECIDED,))


@frozen
class Problem:
    """A condition that the visit addressed: its kind, category, and where the note names it."""

    kind: str
    like: str
    code: str
    marks: tuple[Mark, ...]
    diagnosed: bool = False

    @property
    def first(self) -> int:
        """The place of its first mention."""
        return min(mark.first for mark in self.marks)


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


def addressed(reading: Reading, picks: list[Pick]) -> list[Problem]:
    """The problems that the assessment and plan deal with; in a note without one, those it tells of."""
    coded = list(_from_picks(reading, picks))
    places = {place for one in coded for place in range(one.first, one.marks[0].last)}
    found = _merged(coded, list(_from_phrases(reading, places)))
    found = [one for one in found if one.kind != "none"]
    decided = [kept for one in found if (kept := _only(one, {DECIDED})) is not None]
    weighty = [one for one in decided if one.kind != "symptom"]
    if weighty:
        return weighty
    told = [kept for one in found if (kept := _only(one, {DECIDED, TOLD})) is not None]
    real = [one for one in told if one.kind not in {"symptom", "uncertain"}]
    doubtful = [one for one in told if one.kind == "uncertain"]
    if decided and not real:
        return doubtful or decided
    return real + [one for one in doubtful if not real or _said_uncertain(reading, one)] or told


def _only(problem: Problem, zones: set[str]) -> Problem | None:
    marks = tuple(mark for mark in problem.marks if mark.zone in zones)
    return evolve(problem, marks=marks) if marks else None


def _from_picks(reading: Reading, picks: list[Pick]) -> Iterator[Problem]:
    for pick in picks:
        kind = kind_of(pick.code) or _kind_by_flags(pick)
        for mention in pick.mentions:
            mark = Mark("problem", mention.first, mention.last, reading.zone_at(mention.first), False)
            if mention.asserted.assertion not in _NOT_OF_THE_PATIENT and _counts(reading, mark):
                yield Problem(kind, _family(pick.code[:3]), pick.code, (mark,), True)


def _from_phrases(reading: Reading, coded: set[int]) -> Iterator[Problem]:
    rows = problem_table()["phrases"]
    for name, marks in reading.named("problem:"):
        row = rows[int(name[8:])]
        for mark in marks:
            if mark.denied or mark.zone in {PAST, SEEN, FOUND} or not _counts(reading, mark):
                continue
            if mark.first in coded:
                yield Problem(row["kind"], _family(row["like"]), row["like"], (mark,))
                continue
            said = assertion_at(reading.note, mark.first, mark.last).assertion
            if said not in _NOT_OF_THE_PATIENT and (
                said is not Assertion.HISTORICAL or row["kind"] == "chronic"
            ):
                yield Problem(row["kind"], _family(row["like"]), row["like"], (mark,))


def _counts(reading: Reading, mark: Mark) -> bool:
    """Whether a mention may be a problem of this visit: not past, not feared, not somebody else's to manage."""
    if mark.zone in {PAST, SEEN, FOUND}:
        return False
    first, last = reading.sentence(mark.first)
    if reading.has("not_addressed", first, last):
        return False
    feared = reading.within("worry", max(first, mark.first - 9), mark.first)
    return not (feared or reading.within("worry", mark.last, min(last, mark.last + 2)))


def _merged(coded: list[Problem], said: list[Problem]) -> list[Problem]:
    """One problem for each category; a phrase that stands on a coded mention is that diagnosis."""
    owner = {
        place: one for one in coded for place in range(one.first, one.marks[0].last) if one.kind != "none"
    }
    alias: dict[str, str] = {}
    for one in said:
        place = next((place for place in range(one.first, one.marks[0].last) if place in owner), None)
        if place is not None:
            alias[one.like] = owner[place].like
    found: dict[str, Problem] = {}
    for one in coded + said:
        like = alias.get(one.like, one.like)
        known = found.get(like)
        if known is None:
            found[like] = evolve(one, like=like)
            continue
        heavier = known if _KINDS.index(known.kind) <= _KINDS.index(one.kind) else one
        code = known.code if known.diagnosed else one.code
        found[like] = Problem(
            heavier.kind,
            like,
            code,
            known.marks + one.marks[: max(0, _MOST_MARKS - len(known.marks))],
            known.diagnosed or one.diagnosed,
        )
    return sorted(found.values(), key=lambda one: one.first)


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {one: group[0] for group in problem_table()["same"] for one in group}


def _family(like: str) -> str:
    return _families().get(like[:3], like[:3])


@lru_cache(maxsize=1)
def _ranges() -> list[tuple[str, str, str]]:
    """(low, high, kind), the most exact first."""
    rows = []
    for kind, entries in problem_table()["codes"].items():
        for entry in entries:
            low, _, high = str(entry).partition("-")
            rows.append((low, high or low, kind))
    return sorted(rows, key=lambda row: (-len(row[0]), row[0] != row[1], _width(row)))


def _width(row: tuple[str, str, str]) -> int:
    low, high = row[0], row[1]
    return (ord(high[0]) - ord(low[0])) * 100 + int(high[1:2] + "0") - int(low[1:2] + "0")


@lru_cache(maxsize=20_000)
def kind_of(code: str) -> str:
    """The kind of problem that a diagnosis code is; empty where the table does not say."""
    for low, high, kind in _ranges():
        if low <= code[: len(low)] and code[: len(high)] <= high:
            return kind
    return ""


def _kind_by_flags(pick: Pick) -> str:
    flags = {
        "severe": "threat",
        "systemic": "systemic",
        "new": "uncertain",
        "chronic": "chronic",
        "minor": "minor",
    }
    return next((kind for flag, kind in flags.items() if flag in pick.flags), "acute")


def _said_uncertain(reading: Reading, problem: Problem) -> bool:
    return any(reading.beside(mark, "uncertain") for mark in problem.marks)


def _weighed(reading: Reading, problems: list[Problem]) -> list[Problem]:
    """The problems with their kind as the words around them make it."""
    fever = _has_fever(reading)
    return [evolve(one, kind=_kind_in_context(reading, one, fever)) for one in problems]


def _kind_in_context(reading: Reading, problem: Problem, fever: bool) -> str:
    kind, code = problem.kind, problem.code
    table = problem_table()
    if kind in {"acute", "minor", "symptom", "uncertain"}:
        if code[:1] in {"S", "T"} and (
            reading.of("loss_of_consciousness") or _beside(reading, problem, "complicated_injury")
        ):
            return "complicated"
        if _said_uncertain(reading, problem) and not _beside(reading, problem, "minor"):
            return "uncertain"
        if _beside(reading, problem, "minor") and kind != "uncertain":
            return "minor"
    if kind == "acute" and (
        _beside(reading, problem, "systemic") or (fever and begins_with(code, table["fever_makes_systemic"]))
    ):
        return "systemic"
    return kind


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
    capped = reading.of("no_threat")
    threats = [one for one in problems if one.kind == "threat"]
    if threats and not capped and not _all_mild(reading, threats):
        return LevelElement(
            "problems", "high", "a threat to life or bodily function", _spans(reading, threats)
        )
    said = [mark for mark in reading.of("threat") if mark.zone not in {PAST, SEEN}]
    if said and not capped:
        return LevelElement(
            "problems", "high", "a threat to life or bodily function, as the note says", reading.spans(said)
        )
    severe = [mark for mark in reading.of("severe") if mark.zone != PAST]
    if severe and not reading.of("not_severe"):
        text = "an illness with a severe exacerbation or progression"
        return LevelElement("problems", "high", text, reading.spans(severe) + _spans(reading, problems)[:1])
    return None


def _all_mild(reading: Reading, threats: list[Problem]) -> bool:
    """Whether each is said to be mending: a threat that has passed is an illness in recovery."""
    return all(_beside(reading, one, "recovering") for one in threats)


def _moderate(reading: Reading, problems: list[Problem]) -> LevelElement | None:
    chronic = [one for one in problems if one.kind == "chronic"]
    states = [(one, state) for one in chronic if (state := _state(reading, one, problems))]
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


def _state(reading: Reading, problem: Problem, problems: list[Problem]) -> list[Mark]:
    """The marks that say a chronic illness is worse or not at goal; empty where it is stable."""
    if begins_with(problem.code, problem_table()["worse_codes"]):
        return [problem.marks[0]]
    alone = sum(one.kind == "chronic" for one in problems) == 1 and len(problems) <= 2
    scopes = [_scope(reading, mark, problem, problems) for mark in problem.marks]
    worse = [m for low, high in scopes for m in reading.within("worse", low, high)]
    same = [m for low, high in scopes for m in reading.within("better_or_same", low, high)]
    if worse:
        return [] if _now_same(worse, same) else worse
    missed = [m for low, high in scopes for m in goal_missed(reading, low, high)]
    if missed:
        return missed
    fresh = [m for low, high in scopes for m in reading.within("newly_found", low, high)]
    if fresh:
        return fresh
    if alone and not same:
        whole = [m for m in reading.of("worse") if m.zone not in {PAST, SEEN}]
        missed = goal_missed(reading, 0, len(reading.forms))
        if whole or missed:
            return whole or missed
    if same:
        return []
    return [m for low, high in scopes for m in stepped_up(reading, low, high)] or (
        stepped_up(reading, 0, len(reading.forms)) if alone else []
    )


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
    if worse and chronic:
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
