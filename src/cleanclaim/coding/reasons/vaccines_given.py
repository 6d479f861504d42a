"""Z23 for a vaccine that the note says was given at this visit, whatever it calls it (Section I.C.21.c.2)."""

from __future__ import annotations

import re
from functools import lru_cache

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import add_pick, body_sentences, folded, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, MARKS, word_set

_CODE = "Z23"
_DELIVERY = frozenset(("opening", "hpi"))
_KINDS_OF_STAY = frozenset(("discharge", "inpatient", "newborn", "operative", "delivery"))
_SECTIONS = word_set("immunizations plan assessment_plan assessment procedure ed_course impression diagnosis")
_REACH = 8
_PAST = word_set("pmh psh social_history problem_list results")
_GIVEN_HERE = word_set("given administered im today deltoid thigh booster boosted updated")
_GIVEN = word_set(
    "given administered today series done due declined discussed deltoid thigh im current completed"
)
# Illnesses with a vaccine, and words that name a vaccine and never an illness.
_PREVENTABLE = (
    *("A33", "A34", "A35", "A36", "A37", "A39", "A80", "A82", "B01", "B02", "B05", "B06", "B15", "B16"),
    *(
        "B19.1",
        "A08.0",
        "R87.81",
        "B97.7",
        "B26",
        "J09",
        "J10",
        "J11",
        "J13",
        "A40.3",
        "B95.3",
        "A49.2",
        "A01",
        "A95",
        "J18",
        "U07.1",
    ),
)
_OF_VACCINES = word_set(
    "vaccine vaccination vaccines shot shots series booster immunization immunizations jab"
)
_DOSE = word_set("1 2 3 4 dose first second third given")
_VACCINES_ONLY = word_set(
    "mmr dtap tdap hib ipv pcv13 pcv15 pcv20 pcv21 vaccine vaccines vaccination immunizations immunization shingrix"
    " gardasil prevnar mmrv menacwy menb flu booster"
)

_ROW = _VACCINES_ONLY | word_set(
    "and or plus influenza covid 19 rsv pneumococcal pneumonia tetanus hepatitis hep a b varicella shingles zoster 1 2"
)
_LONGEST_ROW = 6
_FIRST_WORDS = 3
_PUT_OFF = word_set(
    "deferred refused later next due wait waits hold offered declines october oct november nov september sep sept fall"
    " pharm pharmacy cvs walgreens clinic season"
)
# "Tdap given 28w" was another visit of the pregnancy.
_WEEKS = re.compile(r"\d{1,2}w(?:k|ks)?\d?d?")

Phrases = frozenset[tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> dict[str, Phrases]:
    return {
        name: frozenset(folded(str(text)) for text in texts)
        for name, texts in read_yaml("vaccines.yaml").items()
    }


def add_vaccines_given(note: Note, picks: Picks) -> Picks:
    """The picks with Z23 where a sentence names a vaccine and says that it was given, and nothing puts it elsewhere.

    Sections of the past tell of other days; a birth stay has its own first vaccine.
    """
    out = dict(picks)
    _drop_not_given(note, out)
    born = is_newborn_record(note)
    if (note.kind in _KINDS_OF_STAY and not born) or (_CODE in out and out[_CODE].dropped is None):
        return out
    place = _given(note)
    if place is not None:
        reason = guideline("Section I.C.21.c.2", "a vaccine was given at the visit")
        add_pick(out, _CODE, mention_of(note, _CODE, *place), reason)
    return out


def _drop_not_given(note: Note, picks: Picks) -> None:
    """Take out a vaccine that is told of for another day ("flu shot in October", "Tdap was given last visit")."""
    pick = picks.get(_CODE)
    if pick is None or pick.dropped is not None:
        return
    clauses = [_clause(note, mention.first, mention.last) for mention in pick.mentions]
    if all(_holds(clause, _table()["not_now"]) and "today" not in clause for clause in clauses):
        picks[_CODE] = pick.drop(guideline("Section I.C.21.c.2", "no vaccine was given at this visit"))


def drop_vaccine_names(note: Note, picks: Picks) -> Picks:
    """The picks without illnesses that only name a vaccine ("MMR, varicella and hep A given", "shingles series")."""
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith(_PREVENTABLE) and all(
            _names_vaccine(note, mention.first, mention.last) for mention in pick.mentions
        ):
            text = "the name of a vaccine, and no illness"
            out[pick.code] = pick.drop(guideline("Section I.C.21.c.2", text))
    return out


def _names_vaccine(note: Note, first: int, last: int) -> bool:
    sentence = note.sentence_at(first)
    after = note.words.forms[last : min(sentence.last, last + 2)]
    stretch = note.words.forms[sentence.first : sentence.last]
    if (
        _OF_VACCINES.intersection(after)
        or _row_of_vaccines(note.words.forms[last : last + _LONGEST_ROW])
        or (_DOSE.intersection(after) and {"given", "today"} & set(stretch))
    ):
        return True
    forms = note.words.forms
    beside = forms[max(sentence.first, first - 2) : first] + forms[last : last + 2]
    if _VACCINES_ONLY.intersection(beside):
        return True
    if forms[first:last] == ["flu"] and not _heads_alone(note, first, stretch):
        return True
    others = _VACCINES_ONLY.intersection(forms[sentence.first : first] + forms[last : sentence.last])
    return bool(others) and bool(_GIVEN.intersection(stretch))


def _heads_alone(note: Note, first: int, stretch: list[str]) -> bool:
    """Whether "flu" is the illness: it opens a diagnosis, and nothing there is given or put off."""
    opens = first - note.sentence_at(first).first <= _FIRST_WORDS
    listed = note.section_at(first).kind in DIAGNOSTIC
    return opens and listed and not (_GIVEN | _PUT_OFF).intersection(stretch)


def _row_of_vaccines(after: list[str]) -> bool:
    """Whether a row of names ends in "vaccines" ("influenza and COVID-19 vaccines")."""
    for form in after:
        if form in _OF_VACCINES:
            return True
        if form not in _ROW:
            return False
    return False


def _is_told(note: Note, first: int, last: int) -> bool:
    """Whether it is said of the patient; that "booster" sounds like something to come takes nothing from "given"."""
    found = assertion_at(note, first, last).assertion
    given = {"given", "administered"} & set(_clause(note, first, last))
    return found is Assertion.AFFIRMED or (found is Assertion.HYPOTHETICAL and bool(given))


def _clause(note: Note, first: int, last: int) -> list[str]:
    """The words around a place, up to the next comma or the end of the sentence on either side.

    A label goes on behind its colon ("Flu shot: will get at pharmacy").
    """
    sentence = note.sentence_at(first)
    commas, forms = note.once(_commas), note.words.forms
    low, high = first, last + (forms[last : last + 1] == [COLON])
    while low > sentence.first and first - low < _REACH and low not in commas and forms[low - 1] not in MARKS:
        low -= 1
    while high < sentence.last and high - last < _REACH and high not in commas and forms[high] not in MARKS:
        high += 1
    return forms[low:high]


def _commas(note: Note) -> frozenset[int]:
    return frozenset(note.words.commas)


def _given(note: Note) -> tuple[int, int] | None:
    table = _table()
    heads = {words[0] for words in table["names"]}
    if not heads.intersection(note.words.forms):
        return None
    # What a newborn's record tells of the delivery was given there, before this visit.
    past = _PAST | _DELIVERY if is_newborn_record(note) else _PAST
    sentences = [*body_sentences(note), *_immunizations(note)]
    for first, last in sentences:
        kind = note.section_at(first).kind
        stretch = note.words.forms[first:last]
        if kind in past or not heads.intersection(stretch) or _tells_of_birth(note, first):
            continue
        surely = kind in _SECTIONS or bool(_GIVEN_HERE.intersection(stretch))
        for at in range(first, last) if surely else ():
            size = _at(note.words.forms, at, last, table["names"])
            clause = _clause(note, at, at + size) if size else []
            if not size or _holds(clause, table["not_now"]) or any(map(_WEEKS.fullmatch, clause)):
                continue
            low, high = max(first, at - _REACH), min(last, at + size + _REACH)
            if _holds(note.words.forms[low:high], table["given"]) and _is_told(note, at, at + size):
                return at, at + size
    return None


def _tells_of_birth(note: Note, place: int) -> bool:
    """Whether a part is headed as the story of the birth ("Birth history: ... Hep B #1 given")."""
    title = note.section_at(place).title
    return title is not None and any(word in title.text.lower() for word in ("birth", "nursery", "delivery"))


def _immunizations(note: Note) -> list[tuple[int, int]]:
    return [
        (sentence.first, sentence.last)
        for sentence in note.sentences
        if note.section_at(sentence.first).kind == "immunizations"
    ]


def _at(forms: list[str], place: int, last: int, phrases: Phrases) -> int:
    """How many words of a phrase of a table stand at a place; 0 where none does."""
    sizes = [
        len(words)
        for words in phrases
        if words[0] == forms[place]
        and place + len(words) <= last
        and tuple(forms[place : place + len(words)]) == words
    ]
    return max(sizes, default=0)


def _holds(forms: list[str], phrases: Phrases) -> bool:
    return any(_at(forms, place, len(forms), phrases) for place in range(len(forms)))
