"""A diagnosis on its way to being coded: the mentions behind it and what was decided so far."""

from __future__ import annotations

from attrs import evolve, frozen

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import flags_by_code, rules
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.assertion import Assertion
from cleanclaim.kernel.because import Because, Citation

_AFTER_ALL = 1 << 40
NOT_ASSESSED = "mentioned, but not among the diagnoses that were assessed or treated"
"""Why a disease is left out that is told of and taken up by no diagnosis list."""


@frozen
class Pick:
    """One code with its mentions. ``dropped`` is the reason why it is not proposed, None while it is.

    ``inferred`` says that a side, a stage or a combination was worked out and not written in one phrase.
    """

    code: str
    mentions: tuple[Mention, ...]
    because: tuple[Because, ...] = ()
    assertion: Assertion = Assertion.AFFIRMED
    inferred: bool = False
    dropped: Because | None = None
    source: str = "lexicon"

    @property
    def first(self) -> int:
        """The place that orders it: its first mention in a diagnosis list, else its first at all.

        What only the sentence about who the patient is names comes after what is taken up for itself.
        """
        listed = [m for m in self.mentions if m.section in DIAGNOSTIC or m.section == "indication"]
        taken_up = [m.first for m in listed if not m.introduces]
        if listed and not taken_up:
            return _AFTER_ALL + min(mention.first for mention in listed)
        if self.mentions and not listed and all(mention.introduces for mention in self.mentions):
            return _AFTER_ALL + min(mention.first for mention in self.mentions)
        return min(taken_up or [mention.first for mention in self.mentions], default=2 * _AFTER_ALL)

    @property
    def diagnostic(self) -> bool:
        """Whether a diagnosis list names it."""
        return any(mention.section in DIAGNOSTIC for mention in self.mentions)

    @property
    def flags(self) -> frozenset[str]:
        """What the lexicon knows of it."""
        own = frozenset(flag for mention in self.mentions for flag in mention.term.flags)
        return own | flags_by_code().get(self.code, frozenset())

    @property
    def unassessed(self) -> bool:
        """Whether it is left out for nothing but that no diagnosis list takes it up."""
        return self.dropped is not None and self.dropped.text == NOT_ASSESSED

    def is_symptom(self) -> bool:
        """Whether it is a sign or symptom rather than a disease; one put together is what its own code says."""
        flags = flags_by_code().get(self.code, frozenset()) if self.inferred else self.flags
        return "symptom" in flags or self.code.startswith("R")

    def drop(self, reason: Because) -> Pick:
        """The same pick, not proposed, with the reason."""
        return evolve(self, dropped=reason)

    def explain(self, reason: Because) -> Pick:
        """The same pick with one more reason."""
        return evolve(self, because=(*self.because, reason))


Picks = dict[str, Pick]


def guideline(where: str, text: str, *inputs: tuple[str, str]) -> Because:
    """A reason that rests on a section of the Official Guidelines."""
    source = rules()["guidelines"]
    return Because(text, Citation(source["source"], source["checked_release"], where), inputs)


def begins_with(code: str, prefixes: list[str] | tuple[str, ...]) -> bool:
    """Whether a code lies under one of the prefixes."""
    return code.startswith(tuple(prefixes))


def live(picks: Picks) -> list[Pick]:
    """The picks that are still proposed."""
    return [pick for pick in picks.values() if pick.dropped is None]


def put_instead(picks: Picks, pick: Pick, code: str, dropped: Because, reason: Because) -> None:
    """Propose a code in the place of a pick, which is left out with its own reason; one that is there already stays."""
    picks[pick.code] = pick.drop(dropped)
    if code not in picks or picks[code].dropped is not None:
        picks[code] = evolve(pick, code=code, inferred=True).explain(reason)


def merged(one: Pick, other: Pick) -> Pick:
    """Two picks of one code as one; what is proposed wins over what is not."""
    if one.dropped is not None and other.dropped is None:
        one, other = other, one
    if other.dropped is not None:
        return one
    mentions = tuple(sorted((*one.mentions, *other.mentions), key=lambda mention: mention.first))
    return evolve(one, mentions=mentions, because=(*one.because, *other.because)[:4])
