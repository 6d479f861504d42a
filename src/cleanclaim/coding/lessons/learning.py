"""What an organisation's coders teach: phrases, and how far to trust a suggestion. From ten notes on.

A `Learned` belongs to one organisation and is kept by its caller as a file; nothing here is shared or global.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from cleanclaim.coding.confidence import STEPS, probability_of
from cleanclaim.coding.lessons.features import suggestion_features
from cleanclaim.coding.lessons.learned_report import Lesson, lessons, sentences
from cleanclaim.coding.lessons.lesson_sources import sources_of
from cleanclaim.coding.lexicon import Phrase
from cleanclaim.coding.logistic import Example, Weights, fit, probability
from cleanclaim.coding.records import CodingResult, Suggestion, SuggestionStatus
from cleanclaim.documents.note import Span
from cleanclaim.documents.words import MARKS, phrase, split
from cleanclaim.kernel.errors import InputError

LAYOUT = 2
FEWEST_NOTES = 10
_PSEUDO = 12
_LONGEST_PHRASE = 6
_FEWEST_TIMES = 2
_LEAST_SHARE = 0.6
_REJECTED_TIMES = 3
_REJECTED_BELOW = 0.25


@frozen
class AcceptedCode:
    """A code the coder released, with the words of the note it stands on (none where the coder gave none).

    ``instead_of`` is the suggested code that the coder changed into it; without words of its own it stands on
    that suggestion's.
    """

    code: str
    spans: tuple[Span, ...] = ()
    instead_of: str = ""


@frozen
class Decision:
    """A note that a coder has finished: what was suggested, what was released.

    ``note`` is the name under which its owner finds it again, "" where it has none.
    """

    text: str = field(repr=False)
    result: CodingResult = field(repr=False)
    accepted: tuple[AcceptedCode, ...]
    note: str = ""


@frozen
class LearnedPhrase:
    """Folded words that stand for a code: in how many notes they stood, in how many the code was released."""

    words: Phrase
    code: str
    seen: int
    right: int


@frozen
class LearnedChange:
    """A suggested code that coders change into another: how often, of how many notes that were given it."""

    old: str
    new: str
    times: int
    given: int


@frozen(eq=False)
class Learned:
    """What one organisation taught, in one version. ``weights`` is empty below ten notes.

    ``rejected`` is code -> (turned down, suggested), ``taken`` code -> times suggested, for codes that were never
    turned down. ``sources`` names the notes that each lesson is from, under the keys of `source_key`.
    """

    organisation: str
    version: int
    notes: int
    phrases: tuple[LearnedPhrase, ...]
    rejected: dict[str, tuple[int, int]]
    changes: tuple[LearnedChange, ...]
    weights: Weights = field(repr=False)
    taken: Mapping[str, int] = field(factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)

    @property
    def missing(self) -> int:
        """How many notes are still missing before anything is changed."""
        return max(0, FEWEST_NOTES - self.notes)

    def confidence(self, names: Sequence[str], otherwise: float) -> float:
        """The probability of a suggestion with these features, or ``otherwise`` while too little was taught."""
        return round(probability(self.weights, names), 3) if self.weights else otherwise

    def refuses(self, code: str) -> tuple[int, int] | None:
        """(rejected, suggested) where coders have turned a code down nearly always, else None."""
        rejected, suggested = self.rejected.get(code, (0, 0))
        mostly = rejected >= _REJECTED_TIMES and suggested - rejected <= _REJECTED_BELOW * suggested
        return (rejected, suggested) if mostly and self.notes >= FEWEST_NOTES else None

    def doubts(self, code: str) -> bool:
        """Whether coders have turned a code down often enough to be worth a word."""
        return self.rejected.get(code, (0, 0))[0] >= _REJECTED_TIMES

    def lessons(self) -> tuple[Lesson, ...]:
        """What was learned, one lesson each, with the notes it is from."""
        return tuple(lessons(self))

    def report(self) -> tuple[str, ...]:
        """What was learned, in sentences without any text of a note but the phrases themselves."""
        return tuple(sentences(self))


def learn(organisation: str, decisions: Sequence[Decision], *, version: int = 1) -> Learned:
    """Learn from every decision of an organisation so far; the same decisions give the same result."""
    counts = _counts(decisions)
    examples = [
        (suggestion_features(suggestion), suggestion.code in {one.code for one in decision.accepted})
        for decision in decisions
        for suggestion in _proposed(decision.result)
    ]
    enough = len(decisions) >= FEWEST_NOTES
    learned = Learned(
        organisation,
        version,
        len(decisions),
        tuple(_phrases(decisions)) if enough else (),
        {code: (refused, given) for code, (refused, given) in sorted(counts.items()) if refused},
        tuple(_changes(decisions, {code: given for code, (_, given) in counts.items()})),
        fit([*_before(), *examples]) if enough and examples else {},
        {code: given for code, (refused, given) in sorted(counts.items()) if not refused},
    )
    return evolve(learned, sources=sources_of(learned, decisions))


def _counts(decisions: Sequence[Decision]) -> dict[str, list[int]]:
    """Code -> how often it was turned down, and how often it was suggested."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for decision in decisions:
        right = {one.code for one in decision.accepted}
        for suggestion in decision.result.suggestions:
            proposed = suggestion.status is SuggestionStatus.SUGGESTED
            # What was suppressed and released all the same counts too: coders may take a refusal back.
            if proposed or suggestion.code in right:
                counts[suggestion.code][0] += suggestion.code not in right
                counts[suggestion.code][1] += 1
    return counts


def _proposed(result: CodingResult) -> list[Suggestion]:
    return [one for one in result.suggestions if one.status is SuggestionStatus.SUGGESTED]


def _before() -> Iterator[Example]:
    """What was believed before: each step of the score with its own probability, as some made-up examples."""
    for one in STEPS:
        right = round(probability_of(one) * _PSEUDO)
        for number in range(_PSEUDO):
            yield ("any", f"step {one}"), number < right


def _changes(decisions: Sequence[Decision], given: Mapping[str, int]) -> Iterator[LearnedChange]:
    times = Counter(
        (one.instead_of, one.code) for decision in decisions for one in decision.accepted if one.instead_of
    )
    for (old, new), number in sorted(times.items()):
        if number >= _FEWEST_TIMES:
            yield LearnedChange(old, new, number, max(number, given.get(old, 0)))


def _phrases(decisions: Sequence[Decision]) -> Iterator[LearnedPhrase]:
    """Words that coders tied to a code which was not suggested, where they say it often enough."""
    missed: dict[tuple[Phrase, str], set[int]] = defaultdict(set)
    for number, decision in enumerate(decisions):
        suggested = {one.code for one in _proposed(decision.result)}
        for one in decision.accepted:
            for span in _stands_on(one, decision.result) if one.code not in suggested else ():
                words = phrase(span.text)
                if 0 < len(words) <= _LONGEST_PHRASE:
                    missed[words, one.code].add(number)
    seen, right = _occurrences(decisions, {words for words, _ in missed})
    for (words, code), notes in sorted(missed.items()):
        share = right[words, code] / max(1, seen[words])
        if len(notes) >= _FEWEST_TIMES and share >= _LEAST_SHARE:
            yield LearnedPhrase(words, code, seen[words], right[words, code])


def _stands_on(accepted: AcceptedCode, result: CodingResult) -> tuple[Span, ...]:
    """The words a coder tied to a code, else those of the suggestion that the coder changed into it."""
    if accepted.spans or not accepted.instead_of:
        return accepted.spans
    changed = (one.evidence for one in _proposed(result) if one.code == accepted.instead_of)
    return next(changed, ())


def _occurrences(
    decisions: Sequence[Decision], wanted: set[Phrase]
) -> tuple[Counter[Phrase], Counter[tuple[Phrase, str]]]:
    seen: Counter[Phrase] = Counter()
    right: Counter[tuple[Phrase, str]] = Counter()
    for decision in decisions:
        forms = [form for form in split(decision.text).forms if form not in MARKS]
        here = {
            tuple(forms[first : first + size])
            for size in {len(words) for words in wanted}
            for first in range(len(forms) - size + 1)
        } & wanted
        seen.update(here)
        right.update((words, one.code) for words in here for one in decision.accepted)
    return seen, right


def to_json(learned: Learned) -> str:
    """The file of an organisation's learning."""
    return json.dumps(
        {
            "layout": LAYOUT,
            "organisation": learned.organisation,
            "version": learned.version,
            "notes": learned.notes,
            "phrases": [[" ".join(one.words), one.code, one.seen, one.right] for one in learned.phrases],
            "rejected": {code: list(pair) for code, pair in learned.rejected.items()},
            "changes": [[one.old, one.new, one.times, one.given] for one in learned.changes],
            "weights": {name: round(weight, 5) for name, weight in sorted(learned.weights.items())},
            "taken": dict(learned.taken),
            "sources": {key: list(notes) for key, notes in learned.sources.items()},
        },
        ensure_ascii=False,
        indent=1,
    )


def from_json(text: str, *, organisation: str) -> Learned:
    """Read the file back. Raises InputError when it is damaged, of another layout or of another organisation."""
    try:
        data: dict[str, Any] = json.loads(text)
        if data["layout"] != LAYOUT:
            raise InputError("the learned file is of another layout", fix="learn again from the decisions")
        if data["organisation"] != organisation:
            raise InputError("the learned file is of another organisation", fix="use the organisation's own")
        return Learned(
            data["organisation"],
            int(data["version"]),
            int(data["notes"]),
            tuple(
                LearnedPhrase(tuple(str(words).split(" ")), str(code), int(seen), int(right))
                for words, code, seen, right in data["phrases"]
            ),
            {str(code): (int(pair[0]), int(pair[1])) for code, pair in data["rejected"].items()},
            tuple(
                LearnedChange(str(old), str(new), int(times), int(given))
                for old, new, times, given in data["changes"]
            ),
            {str(name): float(weight) for name, weight in data["weights"].items()},
            # Files written before lessons named their notes lack these two.
            {str(code): int(given) for code, given in data.get("taken", {}).items()},
            {str(key): tuple(map(str, notes)) for key, notes in data.get("sources", {}).items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise InputError(
            "the learned file cannot be read", why=type(error).__name__, fix="learn again from the decisions"
        ) from error


def decide(text: str, result: CodingResult, accepted: Sequence[AcceptedCode], *, note: str = "") -> Decision:
    """A decision with spans that are the note's own words, else InputError."""
    for one in accepted:
        for span in one.spans:
            if text[span.start : span.end] != span.text:
                raise InputError("a span does not hold the words it says", fix="take spans from this note")
    return Decision(text, result, tuple(accepted), note)


__all__ = [
    "AcceptedCode",
    "Decision",
    "Learned",
    "LearnedChange",
    "LearnedPhrase",
    "decide",
    "from_json",
    "learn",
    "to_json",
]
