"""What brought an anaphylaxis: T78.0 by the food, T63.4 by a sting, T88.6 with the drug."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.medicines.drug_groups import drug_code, drugs_in
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_OPEN = "T78.2XXA"
_WORDS = ("anaphylaxis", "anaphylactic reaction", "anaphylactic shock", "anaphylactic")
_LINKS = ("to", "from", "after", "due to", "caused by", "secondary to", "triggered by", "following")
# Foods by the digit of T78.0.
_FOODS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("1", ("peanut", "peanuts", "peanut butter")),
    (
        "2",
        (
            "shrimp",
            "crab",
            "lobster",
            "shellfish",
            "clam",
            "clams",
            "oyster",
            "oysters",
            "scallop",
            "scallops",
            "prawn",
        ),
    ),
    ("3", ("fish", "salmon", "tuna", "cod", "tilapia", "halibut")),
    (
        "4",
        (
            "strawberry",
            "strawberries",
            "kiwi",
            "banana",
            "peach",
            "mango",
            "fruit",
            "celery",
            "avocado",
            "tomato",
        ),
    ),
    (
        "5",
        (
            "walnut",
            "cashew",
            "cashews",
            "almond",
            "almonds",
            "pistachio",
            "pecan",
            "hazelnut",
            "tree nut",
            "sesame",
            "nut",
        ),
    ),
    ("6", ("food additive", "sulfite", "food dye")),
    ("7", ("milk", "dairy", "cheese", "yogurt", "cow milk", "whey")),
    ("8", ("egg", "eggs")),
    ("9", ("wheat", "soy", "meat", "red meat", "beef", "gluten")),
)
_STINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("T63.441A", ("bee", "honeybee")),
    ("T63.451A", ("hornet",)),
    ("T63.461A", ("wasp", "yellow jacket")),
)
_MORE_STINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("T63.421A", ("fire ant", "ant sting")),
    ("T63.481A", ("insect sting", "stung")),
)


def add_anaphylaxis_cause(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with an anaphylaxis by what its own sentence lays it to."""
    open_one = picks.get(_OPEN)
    if open_one is None or open_one.dropped is not None:
        return picks
    for told in sentences_telling(note, _WORDS, _LINKS):
        place = told.any_of(_WORDS)
        if place is None or not is_told(note, place) or told.any_of(_LINKS) is None:
            continue
        codes = _codes(note, told, place)
        if not codes or any(book.find("ICD-10-CM", code, on) is None for code in codes):
            continue
        out = dict(picks)
        out[_OPEN] = open_one.drop(guideline("Section I.B.2", f"its cause is told: {codes[0]}"))
        for code in codes:
            if not any(pick.code == code for pick in live(out)):
                add_pick(
                    out,
                    code,
                    mention_of(note, code, *place),
                    guideline("Section I.C.19.e", "by what brought it"),
                )
        return out
    return picks


def _codes(note: Note, told: Told, place: tuple[int, int]) -> tuple[str, ...]:
    for digit, words in _FOODS:
        if told.any_of(words):
            return (f"T78.0{digit}XA",)
    for code, words in (*_STINGS, *_MORE_STINGS):
        if told.any_of(words):
            return (code,)
    drugs = drugs_in(note.words.forms, place[1], told.last)
    return ("T88.6XXA", drug_code(drugs[0][2], "5")) if drugs else ()
