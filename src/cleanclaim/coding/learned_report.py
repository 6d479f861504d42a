"""What an organisation's coders taught, in words that a coder can check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleanclaim.coding.learning import Learned

_TELLING_WEIGHT = 0.7
_MOST_TRUSTS = 5
_WORDS = {
    "code": "the code {}",
    "category": "codes of category {}",
    "chapter": "codes that begin with {}",
    "system": "{} codes",
    "assertion": "{} findings",
    "mentions": "codes with {} places of evidence (3 stands for more)",
    "words": "codes that stand on {} words (4 stands for more)",
    "unspecified": "unspecified codes",
}


def sentences(learned: Learned) -> Iterator[str]:
    """One sentence for each thing learned; of a note's text only the phrases themselves."""
    yield f"Version {learned.version}, learned from {learned.notes} finished notes of {learned.organisation}."
    if learned.missing:
        yield f"Nothing is changed before {learned.notes + learned.missing} notes; {learned.missing} are missing."
        return
    for one in learned.phrases:
        words = " ".join(one.words)
        yield f'"{words}" now means {one.code}: released in {one.right} of the {one.seen} notes that say it.'
    yield from _turned_down(learned)
    for change in learned.changes:
        share = f"{change.times} of the {change.given} notes that were given it"
        yield f"{change.old} was changed to {change.new} in {share}."
    yield from _trust(learned)
    if not learned.phrases and not learned.rejected:
        yield "Every suggestion was accepted and nothing was missing; only confidence was adjusted."


def _turned_down(learned: Learned) -> Iterator[str]:
    for code, (refused, given) in learned.rejected.items():
        if learned.refuses(code):
            yield f"{code} is no longer proposed: turned down {refused} of {given} times."
        elif learned.doubts(code):
            yield f"{code} is trusted less: turned down {refused} of {given} times."


def _trust(learned: Learned) -> Iterator[str]:
    """The features that move confidence most, either way."""
    for more, direction in ((1, "more"), (-1, "less")):
        strong = sorted(
            (-abs(weight), name)
            for name, weight in learned.weights.items()
            if weight * more >= _TELLING_WEIGHT and name.split(" ")[0] in _WORDS
        )
        if strong:
            named = ", ".join(_in_words(name) for _, name in strong[:_MOST_TRUSTS])
            yield f"Trusted {direction} than others: {named}."


def _in_words(name: str) -> str:
    kind, _, value = name.partition(" ")
    return _WORDS[kind].format(value)
