"""The patient's sex as a note states it, for codes whose titles name one."""

from __future__ import annotations

import re

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_MEN = word_set("man gentleman male boy mr widower")
_WOMEN = word_set("woman lady female girl mrs ms widow")
_HE = word_set("he his him himself")
_SHE = word_set("she her hers herself")
# "71 M", "34/F", "56 y/o M", "age/sex: 71 M", "27M".
_LETTER = re.compile(
    r"\b[0-9]{1,3}[ /-]{0,2}(?:(?i:y/?o|yo|y|yr|yrs|years? old|year-old)\.?[ /-]{0,2})?([MF])\b"
)
_OPENING_WORDS = 80
_OPENING_LETTERS = 800
_SURELY = 3


def patients_sex(note: Note) -> str:
    """ "male", "female", or nothing where the note does not say: by a word or letter beside the age, else by the
    pronouns, which may also be those of a relative and must be three to one.

    >>> from cleanclaim.documents.reading import read_note
    >>> patients_sex(read_note("71 M here for his gout.")), patients_sex(read_note("Gout of the left toe."))
    ('male', '')
    """
    return note.once(_sex)


def _sex(note: Note) -> str:
    letter = _LETTER.search(note.text, 0, _OPENING_LETTERS)
    if letter:
        return "male" if letter[1] == "M" else "female"
    for form in note.words.forms[:_OPENING_WORDS]:
        if form in _MEN:
            return "male"
        if form in _WOMEN:
            return "female"
    forms = note.words.forms
    men, women = (sum(form in words for form in forms) for words in (_HE, _SHE))
    if men >= _SURELY * max(1, women):
        return "male"
    return "female" if women >= _SURELY * max(1, men) else ""
