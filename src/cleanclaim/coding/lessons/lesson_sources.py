"""Which finished notes a lesson is from, so that a coder can open them and see for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cleanclaim.coding.records import SuggestionStatus
from cleanclaim.documents.words import MARKS, split

if TYPE_CHECKING:
    from cleanclaim.coding.lessons.learning import Decision, Learned

NOTES = "notes"
# The newest of them are enough to see what coders meant.
_MOST_NOTES_OF_A_LESSON = 40


def source_key(kind: str, *parts: str) -> str:
    """The key of a lesson among the sources: its kind ("phrase", "rejected", "taken", "change") and its parts."""
    return " ".join((kind, *parts))


def sources_of(learned: Learned, decisions: Sequence[Decision]) -> Mapping[str, tuple[str, ...]]:
    """Key of a lesson -> the names of its notes in the order they were finished; under `NOTES` all of them."""
    found: dict[str, list[str]] = defaultdict(list)
    named = [decision for decision in decisions if decision.note]
    for decision in named:
        for key in dict.fromkeys((*_of_suggestions(decision), *_of_changes(decision))):
            found[key].append(decision.note)
    for decision, said in _said(named, {one.words for one in learned.phrases}):
        for one in learned.phrases:
            if one.words in said:
                found[source_key("phrase", *one.words, one.code)].append(decision.note)
    wanted = (key for key in sorted(found) if _is_told(learned, key))
    kept = {key: tuple(dict.fromkeys(found[key]))[-_MOST_NOTES_OF_A_LESSON:] for key in wanted}
    everything = tuple(dict.fromkeys(decision.note for decision in named))
    return {NOTES: everything, **kept} if everything else {}


def _of_suggestions(decision: Decision) -> Iterable[str]:
    right = {one.code for one in decision.accepted}
    for suggestion in decision.result.suggestions:
        if suggestion.status is SuggestionStatus.SUGGESTED:
            yield source_key("taken" if suggestion.code in right else "rejected", suggestion.code)


def _of_changes(decision: Decision) -> Iterable[str]:
    return (source_key("change", one.instead_of, one.code) for one in decision.accepted if one.instead_of)


def _is_told(learned: Learned, key: str) -> bool:
    """Whether a lesson of this key is kept: what was taken and turned down both belongs to the turned down."""
    kind, _, rest = key.partition(" ")
    told = {
        "taken": rest in learned.taken,
        "rejected": rest in learned.rejected,
        "change": any(rest == f"{one.old} {one.new}" for one in learned.changes),
    }
    return told.get(kind, True)


def _said(
    decisions: Sequence[Decision], wanted: set[tuple[str, ...]]
) -> Iterator[tuple[Decision, set[tuple[str, ...]]]]:
    """Each note with those of the wanted phrases that it says."""
    sizes = {len(words) for words in wanted}
    for decision in decisions if wanted else ():
        forms = [form for form in split(decision.text).forms if form not in MARKS]
        places = range(len(forms))
        yield decision, {tuple(forms[at : at + size]) for size in sizes for at in places} & wanted
