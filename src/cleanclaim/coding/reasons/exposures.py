"""Contact with an infection: Z20 in place of the infection that another person has (Section I.C.21.c.1)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_STORY = frozenset(("opening", "hpi", "chief_complaint"))
_WITHIN = 8
_DENIED = frozenset((Assertion.NEGATED, Assertion.HYPOTHETICAL))

Place = tuple[int, int]


def add_exposures(note: Note, picks: Picks) -> Picks:
    """The picks with Z20 for each contact that is told, without an infection that only stands in its words."""
    table = families()["exposures"]
    sentences = [
        told for told in sentences_told(note) if told.section in DIAGNOSTIC or told.section in _STORY
    ]
    named = _named(sentences, table)
    out = dict(picks)
    for told in sentences if named else ():
        if not told.any_of(named):
            continue
        place, code = _contact(told, table)
        if not code or assertion_at(note, *place).assertion in _DENIED:
            continue
        _drop_of_another(out, told, code, table)
        own = table["infections"][code]["dx"]
        if any(pick.code.startswith(tuple(own)) for pick in live(out)) or any(
            pick.code.startswith(code) for pick in live(out)
        ):
            continue
        reason = guideline("Section I.C.21.c.1", "a contact with the infection, which was not found")
        add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _named(sentences: list[Told], table: dict[str, dict[str, dict[str, list[str]]]]) -> tuple[str, ...]:
    """The infections that the note speaks of at all."""
    words = tuple(word for row in table["infections"].values() for word in row["words"])
    story = next((told.story for told in sentences), None)
    return story.holding(words) if story is not None else ()


def _contact(told: Told, table: dict[str, dict[str, dict[str, list[str]]]]) -> tuple[Place, str]:
    """Where a contact is told, and with what."""
    near = [place for cue in table["cues"]["contact"] for place in told.find_all(cue)]
    ill = [place for cue in table["cues"]["ill"] for place in told.find_all(cue)]
    if ill and not told.any_of(table["cues"]["others"]):
        ill = []
    for first, last in (*near, *ill):
        for code, row in table["infections"].items():
            for words in row["words"]:
                for begin, end in told.find_all(words):
                    if 0 <= begin - last <= _WITHIN or ((first, last) in near and begin <= first <= end + 1):
                        return (min(first, begin), max(last, end)), code
    return (told.first, told.first + 1), ""


def _drop_of_another(
    picks: Picks, told: Told, code: str, table: dict[str, dict[str, dict[str, list[str]]]]
) -> None:
    """An infection named nowhere but in such a sentence is another person's."""
    for pick in live(picks):
        if pick.code.startswith(tuple(table["infections"][code]["dx"])) and all(
            told.first <= mention.first < told.last for mention in pick.mentions
        ):
            picks[pick.code] = pick.drop(
                guideline("Section I.C.21.c.1", "it is the illness of the person met")
            )
