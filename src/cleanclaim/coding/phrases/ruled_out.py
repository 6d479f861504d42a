"""What is ruled out beside an illness and not with it: "TIA (stroke ruled out)", "COPD, exacerbation ruled out"."""

from __future__ import annotations

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_MOST_OF_BRACKET = 120
_DENYING = frozenset(
    ("ruled", "excluded", "negative", "neg", "no", "not", "without", "r/o", "out", "unlikely")
)
_ENDING = frozenset(("ruled", "excluded"))
_MOST_OF_TURN = 4
# In a row of illnesses all are ruled out.
_JOINING = frozenset(("and", "or", "nor", "&"))
_TURNS = word_set(
    "exacerbation flare decompensation rupture perforation obstruction bleeding bleed recurrence progression torsion"
    " abscess complication complications superinfection rejection crisis infection involvement malignancy ischemia"
    " strangulation incarceration hemorrhage spread thrombosis"
)
_RULED_OUT = (
    "ruled out",
    "excluded",
    "not present",
    "not seen",
    "not found",
    "not felt",
    "not evident",
    "not suspected",
)


def runs_into_a_denial(note: Note, first: int, last: int, whole_ends: set[int]) -> bool:
    """Whether the words of a phrase run from an illness named by itself into what is denied behind it.

    ``whole_ends`` are the places at which phrases end that stand as they are written.
    """
    words = note.words
    for place in range(first + 1, last):
        if place not in whole_ends:
            continue
        gap = note.text[words.ends[place - 1] : words.starts[place]]
        if "(" in gap:
            inside = note.text[words.starts[place] : words.starts[place] + _MOST_OF_BRACKET].partition(")")[0]
            return not _DENYING.isdisjoint(inside.lower().replace(",", " ").split())
        if "," in gap and not _ENDING.isdisjoint(words.forms[last : last + 1]):
            return True
    return False


def is_a_turn(between: str, cue: str) -> bool:
    """Whether the text between an illness and "ruled out" names a turn of it, and not the illness once more."""
    parted = between.lstrip()[:1] in {",", "(", ";"} or between.startswith((" - ", " with "))
    words = between.lower().strip(" ,(;-").replace(",", " ").split()
    return (
        parted
        and len(words) <= _MOST_OF_TURN
        and any(said in cue.lower() for said in _RULED_OUT)
        and not _TURNS.isdisjoint(words)
        and _JOINING.isdisjoint(words)
    )
