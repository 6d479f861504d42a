"""Which words stand for which code, learned from notes whose codes a coder has tied to their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from cleanclaim.coding.phrases.bags import LONGEST, Bag, Gram, bag, grams, segments
from cleanclaim.documents.words import Words, split

# A phrase that was evidence less often than this share of its occurrences stands for nothing.
_LEAST_SHARE = 0.1


@frozen
class CodedEvidence:
    """A code of a note and the places of its words in ``words`` (first, after the last)."""

    code: str
    first: int
    last: int
    weight: float = 1.0


@frozen(eq=False)
class CodedNote:
    """A note with all its codes and with the words some of them stand on."""

    identifier: str
    words: Words = field(repr=False)
    codes: frozenset[str]
    evidence: tuple[CodedEvidence, ...]
    grams: list[Gram] = field(repr=False)


def coded_note(
    identifier: str, text: str, codes: Iterable[str], evidence: Iterable[CodedEvidence]
) -> CodedNote:
    """A note made ready for learning."""
    words = split(text)
    return CodedNote(identifier, words, frozenset(codes), tuple(evidence), grams(words))


@frozen(eq=False)
class PhraseTable:
    """Bag -> in how many notes it stood free, and per code (as its evidence, and with the code at all)."""

    notes: dict[Bag, int]
    codes: dict[Bag, dict[str, tuple[int, int]]]

    def chance(self, phrase: Bag, code: str) -> float:
        """How likely a note that holds the phrase has the code, drawn a little towards a third."""
        return (self.codes[phrase][code][1] + 0.25) / (self.notes.get(phrase, 0) + 0.8)


def learn_phrases(notes: Sequence[CodedNote]) -> PhraseTable:
    """The table of a set of notes."""
    evidence, tied = _evidence_of(notes)
    counts: Counter[Bag] = Counter()
    for note in notes:
        counts.update({gram.bag for gram in note.grams if gram.bag in evidence})
    known = {phrase for phrase in evidence if len(tied[phrase]) >= _LEAST_SHARE * counts[phrase]}
    free: Counter[Bag] = Counter()
    together: dict[Bag, Counter[str]] = defaultdict(Counter)
    for note in notes:
        for phrase in {gram.bag for gram in segments(note.grams, known)}:
            free[phrase] += 1
            together[phrase].update(note.codes)
    codes = {
        phrase: {code: (times, together[phrase][code]) for code, times in evidence[phrase].items()}
        for phrase in known
    }
    return PhraseTable({phrase: free[phrase] for phrase in known}, codes)


def _evidence_of(notes: Sequence[CodedNote]) -> tuple[dict[Bag, Counter[str]], dict[Bag, set[str]]]:
    evidence: dict[Bag, Counter[str]] = defaultdict(Counter)
    tied: dict[Bag, set[str]] = defaultdict(set)
    for note in notes:
        seen: set[tuple[Bag, str]] = set()
        for one in note.evidence:
            phrase = bag(note.words.forms[one.first : one.last])
            if phrase and len(phrase) <= LONGEST and (phrase, one.code) not in seen:
                seen.add((phrase, one.code))
                evidence[phrase][one.code] += 1
                tied[phrase].add(note.identifier)
    return evidence, tied
