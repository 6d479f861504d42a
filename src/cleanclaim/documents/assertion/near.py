"""A mention with the cues and the ends of clauses near it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.documents.assertion.cues import Cue, classed, cue_matcher, names_of_relatives, word_list
from cleanclaim.documents.matcher import longest
from cleanclaim.documents.note import Note
from cleanclaim.documents.remembered import Remembered

JOINTS = frozenset(("and", "or", "nor"))
_WINDOW_BEFORE = 24
_WINDOW_AFTER = 12
_CLAUSE_LOOK = 8
# The cues of a sentence of no more words than this are looked for once, for all its mentions.
_KEPT_SENTENCE = 200
_ENDINGS = ("ectomy", "plasty", "otomy", "ostomy", "desis", "rrhaphy", "pexy")
_Found = tuple[int, int, tuple[Cue, ...]]


@frozen
class Hit:
    """A cue where it stands: places of its first word and after its last."""

    first: int
    last: int
    cue: Cue


@frozen(eq=False)
class CueWords:
    """The cues and signs of a sentence, or of the part of a long one that stands near a mention.

    ``relatives`` and ``operations`` say whether any word of it may name one.
    """

    cues: list[_Found]
    signs: list[Hit]
    relatives: bool
    operations: bool


@frozen(eq=False)
class Surroundings:
    """A mention (``first`` to ``last``) with the words of its sentence near it (``low`` to ``high``)."""

    note: Note
    first: int
    last: int
    low: int
    high: int
    hits: tuple[Hit, ...]
    signs: tuple[Hit, ...]
    breaks: tuple[int, ...]
    words: CueWords

    def signs_of(self, *kinds: str) -> list[Hit]:
        """The signs of these kinds before or after the mention, in order."""
        return [sign for sign in self.signs if sign.cue.kind in kinds]

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
    if sentence.last - sentence.first > _KEPT_SENTENCE:
        words = _cue_words(note, low, high)
    else:
        known = note.once(_known_sentences)
        words = known.get(sentence.first) or known.setdefault(
            sentence.first, _cue_words(note, sentence.first, sentence.last)
        )
    hits: list[Hit] = []
    signs: list[Hit] = []
    for begin, end in ((low, first), (last, high)) if words.cues or words.signs else ():
        kept = _kept([one for one in words.cues if begin <= one[0] and one[1] <= end], begin == low)
        near = [one for one in words.signs if begin <= one.first and one.last <= end]
        if near:
            feigned = [hit for hit in kept if hit.cue.kind == "pseudo"]
            signs += (sign for sign in near if not _is_feigned(sign, feigned))
        hits += (hit for hit in kept if hit.cue.kind != "pseudo")
    breaks = tuple(_clause_breaks(note, low, high)) if hits else ()
    return Surroundings(note, first, last, low, high, tuple(hits), tuple(signs), breaks, words)


def _known_sentences(_note: Note) -> dict[int, CueWords]:
    """The sentences of a note whose cues were looked for, by their first word."""
    return {}


def _cue_words(note: Note, begin: int, end: int) -> CueWords:
    forms = note.words.forms[begin:end]
    cues: list[_Found] = []
    signs: list[Hit] = []
    for a, b, values in cue_matcher().find(classed(forms), begin):
        told = values[0]
        if not told[0].is_sign:
            cues.append((a, b, told))
        signs += (Hit(a, b, cue) for cue in told if cue.is_sign)
    said = set(forms)
    return CueWords(
        cues,
        signs,
        relatives=not said.isdisjoint(names_of_relatives()),
        operations=any(map(_OPERATIONS.__getitem__, said)),
    )


def is_operation(form: str) -> bool:
    """Whether a word names an operation, or that something was taken out."""
    return _OPERATIONS[form]


def _names_operation(form: str) -> bool:
    return form.endswith(_ENDINGS) or form in word_list("operations") or form in word_list("taken_out")


_OPERATIONS = Remembered(_names_operation)


def _kept(found: list[_Found], before: bool) -> list[Hit]:
    """The cues that no longer phrase hides; ``before`` says that they stand before the mention."""
    kept = longest(found)
    if before:
        kept += _not_hidden(found, kept)
    return [Hit(a, b, cue) for a, b, cues in kept for cue in cues if not cue.is_sign]


def _is_feigned(sign: Hit, feigned: list[Hit]) -> bool:
    """Whether a longer phrase says that an end or a time is none: "not resolved", "in the past year"."""
    return sign.cue.kind in {"over", "past"} and any(
        hit.first <= sign.first and sign.last <= hit.last and hit.last - hit.first > sign.last - sign.first
        for hit in feigned
    )


def _not_hidden(found: list[_Found], kept: list[_Found]) -> list[_Found]:
    """Before a mention, what looks forward though a longer cue that looks back begins with it.

    "was negative for ischemia", "this is likely gout".
    """
    hiding = [(a, b) for a, b, cues in kept if all(cue.backward for cue in cues)]
    if not hiding:
        return []
    ahead = (hit for hit in found if any(cue.assertion and not cue.backward for cue in hit[2]))
    return longest(hit for hit in ahead if any(a <= hit[0] < b <= hit[1] for a, b in hiding))


def _clause_breaks(note: Note, low: int, high: int) -> Iterator[int]:
    """The commas that end a clause: a new subject follows, or the main clause after "although ..."."""
    forms, commas = note.words.forms, note.words.commas
    openers, nouns = word_list("subject_openers"), word_list("subject_nouns")
    for comma in commas[bisect_left(commas, low) : bisect_left(commas, high)]:
        if (
            forms[comma] in openers
            or (forms[comma] in nouns and _is_clause(forms[comma + 1 : min(high, comma + _CLAUSE_LOOK)]))
            or _ends_concession(forms[low:comma], forms[comma])
        ):
            yield comma


def _is_clause(words: list[str]) -> bool:
    return not word_list("finite").isdisjoint(words)


def _ends_concession(before: list[str], following: str) -> bool:
    if word_list("concessives").isdisjoint(before) or following in JOINTS:
        return False
    place = next(at for at, form in enumerate(before) if form in word_list("concessives"))
    return before[place] in word_list("concessive_at_once") or _is_clause(before[place + 1 :])
