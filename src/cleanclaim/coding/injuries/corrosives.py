"""The chemical behind a corrosion, listed before it: T54 by what it is (note at T20 to T28, Section I.C.19.e.5.d)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

# Corrosions of skin and eye by the fourth character of the burns' categories.
_CORROSIONS = (
    *(f"T{number}.{digit}" for number in range(20, 26) for digit in "4567"),
    *(
        "T26.5",
        "T26.6",
        "T26.7",
        "T26.8",
        "T26.9",
        "T27.4",
        "T27.5",
        "T27.6",
        "T27.7",
        "T28.5",
        "T28.6",
        "T28.7",
    ),
)
_CHEMICALS = (
    (
        "T54.3X",
        ("lye", "oven cleaner", "drain cleaner", "sodium hydroxide", "potassium hydroxide", "caustic soda"),
    ),
    ("T54.3X", ("alkali", "cement", "wet cement", "lime", "quicklime", "ammonia solution")),
    (
        "T54.2X",
        ("sulfuric acid", "hydrochloric acid", "muriatic acid", "battery acid", "nitric acid", "acid"),
    ),
    ("T54.2X", ("toilet bowl cleaner", "rust remover", "hydrofluoric acid")),
    ("T54.0X", ("phenol", "carbolic acid")),
)
_INTENTS = (
    ("2", ("suicide", "to harm himself", "to harm herself", "on purpose")),
    ("3", ("assaulted", "thrown at", "attacker")),
)


def add_corrosive(note: Note, picks: Picks) -> Picks:
    """The picks with the corrosive substance of a corrosion that is coded."""
    burned = [pick for pick in live(picks) if begins_with(pick.code, _CORROSIONS)]
    if not burned or any(
        begins_with(pick.code, ("T51", "T52", "T53", "T54", "T59", "T65")) for pick in live(picks)
    ):
        return picks
    for stem, words in _CHEMICALS:
        for told in sentences_telling(note, words):
            place = told.any_of(words)
            if place is None or not is_told(note, place):
                continue
            intent = next((digit for digit, acts in _INTENTS if told.any_of(acts)), "1")
            code = f"{stem}{intent}{burned[0].code[-1]}"
            out = dict(picks)
            add_pick(
                out, code, mention_of(note, code, *place), guideline("Section I.C.19.e.5.d", "what burned")
            )
            return out
    return picks
