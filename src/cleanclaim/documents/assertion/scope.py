"""How far a cue reaches: within its clause, past no stop, and over no second subject."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from cleanclaim.documents.assertion.checklist import is_answer
from cleanclaim.documents.assertion.cues import Assertion, Cue, classed, cue_matcher, word_list
from cleanclaim.documents.matcher import longest
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK, COLON, MARKS

_WINDOW_BEFORE = 24
_WINDOW_AFTER = 12
_ONSET_BEFORE = 8
_CLAUSE_LOOK = 8
_LONE_DOUBTS = frozenset(("likely", "probable", "suspected", "presumed", "questionable", "considered"))
_JOINTS = frozenset(("and", "or", "nor"))
_INVERTED = frozenset(
    ("did", "do", "does", "has", "had", "was", "were", "should", "if", "whether", "when", "that")
)
_CHANGE_DENIED = frozenset(("neither", "nor", "not", "never", "no"))
_TIMES_OF_ADVICE = frozenset(("in", "visit"))
_ADVICE_LINKS = frozenset(("for", "with", "if", "when", "should"))


@frozen
class Hit:
    """A cue where it stands: places of its first word and after its last."""

    first: int
    last: int
    cue: Cue


@frozen(eq=False)
class Surroundings:
    """A mention (``first`` to ``last``) with the words of its sentence near it (``low`` to ``high``)."""

    note: Note
    first: int
    last: int
    low: int
    high: int
    hits: tuple[Hit, ...]
    breaks: tuple[int, ...]

    @property
    def forms(self) -> list[str]:
        """The folded words of the whole note."""
        return self.note.words.forms

    def commas(self, low: int, high: int) -> list[int]:
        """The places after ``low`` up to ``high`` before which a comma stands."""
        commas = self.note.words.commas
        return list(commas[bisect_left(commas, low) : bisect_left(commas, high + 1)])


def surroundings(note: Note, first: int, last: int) -> Surroundings:
    """What stands near a mention; bounded, so that the time grows with the number of mentions only."""
    sentence = note.sentence_at(first)
    low = max(sentence.first, first - _WINDOW_BEFORE)
    high = min(sentence.last, last + _WINDOW_AFTER)
    hits = tuple(_hits(note, ((low, first), (last, high))))
    bare = Surroundings(note, first, last, low, high, hits, ())
    return Surroundings(note, first, last, low, high, hits, tuple(_clause_breaks(bare)))


def _hits(note: Note, parts: tuple[tuple[int, int], ...]) -> Iterator[Hit]:
    for begin, end in parts:
        words = classed(note.words.forms[begin:end])
        found = ((a, b, values[0]) for a, b, values in cue_matcher().find(words, begin))
        for a, b, cues in longest(found):
            yield from (Hit(a, b, cue) for cue in cues if cue.kind != "pseudo")


def _clause_breaks(near: Surroundings) -> Iterator[int]:
    """The commas that end a clause: a new subject follows, or the main clause after "although ..."."""
    forms = near.forms
    openers, nouns = word_list("subject_openers"), word_list("subject_nouns")
    for comma in near.commas(near.low, near.high):
        if comma >= near.high:
            return
        if (
            forms[comma] in openers
            or (forms[comma] in nouns and _is_clause(near, comma))
            or _ends_concession(near, comma)
        ):
            yield comma


def _is_clause(near: Surroundings, comma: int) -> bool:
    end = min(near.high, comma + _CLAUSE_LOOK)
    return any(form in word_list("finite") for form in near.forms[comma + 1 : end])


def _ends_concession(near: Surroundings, comma: int) -> bool:
    before = near.forms[near.low : comma]
    for place, form in enumerate(before):
        if form in word_list("concessives"):
            at_once = form in word_list("concessive_at_once")
            verb = any(word in word_list("finite") for word in before[place + 1 :])
            return (at_once or verb) and near.forms[comma] not in _JOINTS
    return False


def reaches(near: Surroundings, hit: Hit) -> bool:
    """Whether a cue speaks of the mention."""
    cue = hit.cue
    low, high = (near.last, hit.first) if cue.backward else (hit.last, near.first)
    if not 0 <= high - low <= cue.reach or cue.assertion is None:
        return False
    between = near.forms[low:high]
    if CLAUSE_BREAK in between or _stopped(near, hit, low, high) or _bracketed(near.note, low, high):
        return False
    headed = between[:1] == [COLON] and (not cue.backward or len(between) == 1)
    if COLON in between and not headed:
        return False
    if not _fits_group(near, hit, between):
        return False
    return _looks_back(near, hit, low, high) if cue.backward else _looks_forward(near, hit, low, high)


def _stopped(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    cue = hit.cue
    fears = cue.assertion is Assertion.HYPOTHETICAL
    for stop in near.hits:
        if not (low <= stop.first and stop.last <= high):
            continue
        if stop.cue.kind == "stop":
            return True
        if stop.cue.kind == "subject" and not (fears or cue.opens or near.forms[stop.first - 1] in _INVERTED):
            return True
    if cue.backward:
        return any(low <= at <= high and near.forms[at] not in word_list("anaphors") for at in near.breaks)
    return not fears and not cue.opens and any(low < at <= high for at in near.breaks)


def _fits_group(near: Surroundings, hit: Hit, between: list[str]) -> bool:
    cue = hit.cue
    if cue.through is not None and not all(form in cue.through or form == COLON for form in between):
        return False
    if cue.opens and not _opens_clause(near, hit):
        return False
    if cue.needs is not None and cue.needs.isdisjoint(near.forms[near.low : hit.first]):
        return False
    if cue.when and (_is_lifelong(near) or _tells_onset(near, hit)):
        return False
    return not cue.gap or _is_advice(near, hit, between)


def _opens_clause(near: Surroundings, hit: Hit) -> bool:
    if hit.first == near.low:
        return near.note.sentence_at(near.first).first == near.low
    before = near.forms[hit.first - 1]
    return before in MARKS or before in _JOINTS or bool(near.commas(hit.first, hit.first))


def _is_lifelong(near: Surroundings) -> bool:
    return not word_list("lifelong").isdisjoint(near.forms[near.first : near.last])


def _tells_onset(near: Surroundings, hit: Hit) -> bool:
    """Whether a time is when an illness or its treatment began, not when it was over."""
    low, high = (near.last, hit.first) if hit.cue.backward else (hit.last, near.first)
    if not word_list("onset").isdisjoint(near.forms[low:high]):
        return True
    if _goes_on(near):
        return True
    begun = near.forms[max(near.low, near.first - _ONSET_BEFORE) : near.first]
    return not word_list("started").isdisjoint(begun)


def _goes_on(near: Surroundings) -> bool:
    """Whether the words after a mention say that it lasts: "still", "now on insulin"."""
    after = near.forms[near.last : near.high]
    if not word_list("goes_on").isdisjoint(after):
        return True
    now, by = word_list("goes_on_now"), word_list("goes_on_by")
    return any(one in now and other in by for one, other in pairwise(after))


def _is_advice(near: Surroundings, hit: Hit, between: list[str]) -> bool:
    """Whether a word such as "return" tells the patient when: "return promptly with", not "returns with"."""
    raw = near.note.text[near.note.words.starts[hit.last - 1] : near.note.words.ends[hit.last - 1]]
    if raw[-1:] in {"s", "S"} and near.forms[hit.last - 1] + "s" == raw.lower():
        return False
    for place, form in enumerate(between):
        if form in _ADVICE_LINKS:
            return True
        if form in _TIMES_OF_ADVICE or place >= 5:
            return False
    return False


def _looks_forward(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    between = near.forms[low:high]
    if hit.cue.assertion is Assertion.HISTORICAL:
        return "with" not in between
    if hit.cue.assertion is Assertion.NEGATED:
        return not (
            _of_a_change(near, low, high)
            or _change_follows(near, hit)
            or is_answer(near.note, hit.first, hit.last)
        )
    return True


def _of_a_change(near: Surroundings, low: int, high: int) -> bool:
    """Whether what is denied is a change of the condition: "denies any improvement in his sciatica"."""
    if near.commas(low + 1, high):
        return False
    for place in range(low, high):
        if near.forms[place] in word_list("changes"):
            return place + 1 == high or near.forms[place + 1] in word_list("change_links")
    return False


def _change_follows(near: Surroundings, hit: Hit) -> bool:
    """ "Nor has her sciatica improved"; "neither has responded"."""
    if near.forms[hit.first] not in _CHANGE_DENIED or hit.last - hit.first > 1:
        return False
    end = min(near.high, near.last + 3)
    return not near.commas(near.last, end) and not word_list("change_verbs").isdisjoint(
        near.forms[near.last : end]
    )


def _looks_back(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    forward_between = any(
        other.cue.assertion
        and not other.cue.backward
        and near.last <= other.first
        and other.last <= hit.first
        for other in near.hits
    )
    return not forward_between and _closes(near, hit) and _one_breath(near, hit, low, high)


def _closes(near: Surroundings, hit: Hit) -> bool:
    """Whether a lone doubting word that looks back ends its clause; "cough, likely viral" doubts the cause."""
    if hit.cue.assertion is not Assertion.UNCERTAIN or hit.last - hit.first > 1:
        return True
    forms = near.forms
    if forms[hit.first] not in _LONE_DOUBTS or hit.last >= len(forms) or forms[hit.last] in MARKS:
        return True
    return bool(near.commas(hit.last, hit.last))


def _one_breath(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    """Whether the commas between a mention and a cue after it part items of a row and no second subject."""
    commas = [at for at in near.commas(low, high) if not _within_brackets(near.note, low, at)]
    if not commas:
        return True
    if hit.cue.assertion is Assertion.HYPOTHETICAL:
        return False
    rest = near.forms[commas[-1] : high]
    if rest[:1] and rest[0] in _JOINTS:
        return True
    if not word_list("tests").isdisjoint(rest) or not word_list("patient").isdisjoint(rest):
        return False
    if all(form in word_list("plain") for form in rest):
        return len(commas) <= (3 if hit.cue.assertion is Assertion.HISTORICAL else 1)
    return len(commas) == 1 and len(rest) <= 1


def _within_brackets(note: Note, low: int, place: int) -> bool:
    before = note.text[note.words.ends[low - 1] : note.words.starts[place]]
    return before.count("(") > before.count(")")


def _bracketed(note: Note, low: int, high: int) -> bool:
    """Whether a bracket closes or opens between a cue and a mention, so that only one of them stands inside."""
    between = note.text[note.words.ends[low - 1] if low else 0 : note.words.starts[high]]
    return between.count("(") != between.count(")")
