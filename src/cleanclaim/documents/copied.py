"""Text that a note repeats from an earlier note of the same patient, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cleanclaim.documents.note import Note, Sentence, Span
from cleanclaim.documents.words import MARKS, word_set

# A shorter sentence ("Lungs clear.") is alike in any two notes, unless its neighbours came along with it.
_SHORTEST_COPY = 6
_FEWEST_IN_A_ROW = 3
_FEWEST_WORDS_IN_A_ROW = 12
# Kept by the record system or the same by nature: that they stand in both notes says nothing.
_STANDING = word_set(
    "header time medications allergies family_history social_history psh immunizations instructions"
)
_FORMAL = word_set("signed esigned authenticated attested cosigned dob mrn npi")

_Words = tuple[str, ...]


def copied_forward(note: Note, earlier: Note) -> tuple[Span, ...]:
    """The sentences of a note that stand word for word in an earlier one, in their order; case and marks aside.

    A sentence of six words counts by itself, a shorter one where at least three in a row came along together. Lists
    that the record system keeps (medications, allergies, ...), headers and signatures do not count.
    """
    ours = [one for one in note.sentences if _counts(note, one)]
    said = [_folded(note, one) for one in ours]
    theirs = [_folded(earlier, one) for one in earlier.sentences]
    known = set(theirs)
    copied = {place for place, words in enumerate(said) if len(words) >= _SHORTEST_COPY and words in known}
    for first, last in _runs(said, theirs):
        if last - first >= _FEWEST_IN_A_ROW and sum(map(len, said[first:last])) >= _FEWEST_WORDS_IN_A_ROW:
            copied.update(range(first, last))
    return tuple(
        note.span(note.words.starts[_body(note, ours[place])], ours[place].end) for place in sorted(copied)
    )


def _runs(ours: Sequence[_Words], theirs: Sequence[_Words]) -> Iterator[tuple[int, int]]:
    """Stretches (first, after the last) of our sentences that stand in the same order, side by side, in theirs."""
    places: dict[_Words, list[int]] = defaultdict(list)
    for place, words in enumerate(theirs):
        places[words].append(place)
    first = 0
    while first < len(ours):
        longest = 0
        # A line that stands everywhere ("Normal.") could begin a run in very many places: the first few will do.
        for place in places.get(ours[first], ())[:8]:
            size = 0
            while (
                first + size < len(ours)
                and place + size < len(theirs)
                and ours[first + size] == theirs[place + size]
            ):
                size += 1
            longest = max(longest, size)
        if longest:
            yield first, first + longest
        first += max(1, longest)


def _counts(note: Note, sentence: Sentence) -> bool:
    if note.section_at(sentence.first).kind in _STANDING:
        return False
    return not _FORMAL.intersection(note.words.forms[sentence.first : sentence.last])


def _body(note: Note, sentence: Sentence) -> int:
    """The place of the first word of a sentence after the heading it may open with."""
    first = sentence.first
    title = note.section_at(first).title
    while title is not None and first < sentence.last and note.words.starts[first] < title.end:
        first += 1
    while first < sentence.last - 1 and not any(map(str.isalnum, note.words.forms[first])):
        first += 1
    return first


def _folded(note: Note, sentence: Sentence) -> _Words:
    """The folded words of a sentence without its heading."""
    forms = note.words.forms[_body(note, sentence) : sentence.last]
    return tuple(form for form in forms if form not in MARKS)
