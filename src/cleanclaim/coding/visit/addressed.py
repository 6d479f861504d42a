"""Which problems a visit addressed: its coded diagnoses and the phrases that name one, each category once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve, frozen

from cleanclaim.coding.picks import Pick
from cleanclaim.coding.visit.tables import problem_table
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, FOUND, PAST, SEEN, TOLD
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.word_forms import stem
from cleanclaim.documents.words import COLON, word_set

_MOST_MARKS = 40
# From the heaviest down; what two phrases for one problem disagree on, the heavier decides.
_KINDS = ("threat", "complicated", "systemic", "uncertain", "chronic", "acute", "minor", "symptom", "none")
_STANDING = word_set(
    "on with fine controlled good steady stable keeps kept sits sitting runs running under high up above"
)
_NOT_OF_THE_PATIENT = frozenset((Assertion.NEGATED, Assertion.FAMILY, Assertion.HYPOTHETICAL))


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


def addressed(reading: Reading, picks: list[Pick]) -> list[Problem]:
    """The problems that the assessment and plan deal with; in a note without one, those it tells of."""
    coded = list(_from_picks(reading, picks))
    places = {place for one in coded for place in range(one.first, one.marks[0].last)}
    said = [*_from_phrases(reading, places), *_implied(reading), *_lesions(reading)]
    found = _merged(coded, said)
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
    return real + [one for one in doubtful if not real or said_uncertain(reading, one)] or told


def _only(problem: Problem, zones: set[str]) -> Problem | None:
    marks = tuple(mark for mark in problem.marks if mark.zone in zones)
    return evolve(problem, marks=marks) if marks else None


def _from_picks(reading: Reading, picks: list[Pick]) -> Iterator[Problem]:
    for pick in picks:
        kind = kind_of(pick.code) or _kind_by_flags(pick)
        for mention in pick.mentions:
            mark = Mark("problem", mention.first, mention.last, reading.zone_at(mention.first), False)
            if reading.has("no_problem", max(0, mark.first - 1), mark.last):
                continue
            if kind in _HEAVY and _is_only_considered(reading, mark):
                continue
            if mention.asserted.assertion not in _NOT_OF_THE_PATIENT and _counts(reading, mark):
                yield Problem(kind, _family(pick.code[:3]), pick.code, (mark,), True)


def _from_phrases(reading: Reading, coded: set[int]) -> Iterator[Problem]:
    rows = problem_table()["phrases"]
    found = [(mark, rows[int(name[8:])]) for name, marks in reading.named("problem:") for mark in marks]
    found.sort(key=lambda one: (one[0].first, -one[0].last))
    reached = -1
    for mark, row in found:
        if mark.last <= reached:
            continue
        reached = mark.last
        if (
            _is_a_word(reading, mark)
            or mark.denied
            or mark.zone in {PAST, SEEN, FOUND}
            or not _counts(reading, mark)
        ):
            continue
        if row["kind"] in _HEAVY and _is_only_considered(reading, mark):
            continue
        if mark.first in coded:
            yield Problem(row["kind"], _family(row["like"]), row["like"], (mark,))
            continue
        said = assertion_at(reading.note, mark.first, mark.last).assertion
        if said is Assertion.HYPOTHETICAL and _is_title_of_visit(reading, mark):
            said = Assertion.AFFIRMED
        if said is Assertion.UNCERTAIN and row["like"][:1] == "C":
            continue
        if said not in _NOT_OF_THE_PATIENT and (said is not Assertion.HISTORICAL or row["kind"] == "chronic"):
            yield Problem(row["kind"], _family(row["like"]), row["like"], (mark,))


_HEAVY = frozenset(("threat", "systemic", "complicated"))


def _is_only_considered(reading: Reading, mark: Mark) -> bool:
    """ "First thought of heart attack", "considered cauda equina: unlikely": weighed and put aside."""
    first, last = reading.sentence(mark.first)
    if reading.has("considered_only", first, last):
        return True
    words = reading.forms[first : mark.first]
    aside = bool(_PUT_ASIDE.intersection(reading.forms[first:last]))
    return aside and bool(_WEIGHED.intersection(words))


_WEIGHED = frozenset(("considered", "consider", "thought", "feared", "worried", "excluded"))
_PUT_ASIDE = frozenset(("unlikely", "excluded", "ruled", "not", "no", "negative", "but", "against"))
_LESIONS = word_set(
    "nodule lesion mass lump growth node spot mole plaque papule tumor swelling opacity shadow polyp cyst"
)


def _lesions(reading: Reading) -> Iterator[Problem]:
    """A lesion of unknown nature, whatever it is called ("pearly nodule, suspicious for carcinoma")."""
    for mark in reading.of("uncertain"):
        if mark.zone in {PAST, SEEN, FOUND} or not _counts(reading, mark):
            continue
        first, last = reading.sentence(mark.first)
        if _LESIONS.intersection(reading.forms[first:last]):
            yield Problem("uncertain", "R22", "R22", (mark,))
            return


_TITLE = 8


def _is_title_of_visit(reading: Reading, mark: Mark) -> bool:
    """ "Cardiology follow up:" heads a visit, and not what is to come."""
    section = reading.note.section_at(mark.first)
    return section.kind == "instructions" and section.first < _TITLE


@lru_cache(maxsize=1)
def _in_capitals() -> frozenset[str]:
    return frozenset(problem_table()["capitals"])


def _is_a_word(reading: Reading, mark: Mark) -> bool:
    """Whether an abbreviation that is an everyday word stands in small letters ("moleskin pad")."""
    if mark.last - mark.first > 1 or reading.forms[mark.first] not in _in_capitals():
        return False
    words = reading.note.words
    return not reading.note.text[words.starts[mark.first] : words.ends[mark.first]].isupper()


def _implied(reading: Reading) -> Iterator[Problem]:
    """What a medicine treats under the name of an organ or a measure ("his pressure is fine on valsartan")."""
    forms = reading.forms
    wanted = _implied_words()
    if wanted.keys().isdisjoint(forms):
        return
    for place, form in enumerate(forms):
        like = wanted.get(form)
        if like is None:
            continue
        mark = Mark("problem", place, place + 1, reading.zone_at(place), False)
        first, last = reading.sentence(place)
        treated = reading.within("drug:prescription", first, last)
        told = forms[place + 1 : place + 2] == [COLON] or _STANDING.intersection(forms[first:last])
        if forms[place + 1 : place + 2] == [COLON] and not treated:
            treated = reading.within(
                "drug:prescription", place, reading.sentence(min(last, len(forms) - 1))[1]
            )
        if treated and told and _counts(reading, mark):
            yield Problem("chronic", like, like, (mark,))


@lru_cache(maxsize=1)
def _implied_words() -> dict[str, str]:
    return {stem(word): row["like"] for row in problem_table()["implied"] for word in row["words"]}


def _counts(reading: Reading, mark: Mark) -> bool:
    """Whether a mention may be a problem of this visit: not past, not feared, not somebody else's to manage."""
    if mark.zone in {PAST, SEEN, FOUND}:
        return False
    first, last = reading.sentence(mark.first)
    if reading.has("not_addressed", first, last):
        return False
    feared = reading.within("worry", max(first, mark.first - 9), mark.first)
    return not (feared or reading.has("worry_after", mark.last, min(last, mark.last + 1)))


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


def said_uncertain(reading: Reading, problem: Problem) -> bool:
    """Whether the words beside the problem say that its nature is not known."""
    return any(reading.beside(mark, "uncertain") for mark in problem.marks)
