"""Slips of the keyboard in the names of diseases and drugs: "Hypothyriod", "osteoarthrits", "warfrin".

A long word that no file of the lexicon knows, among diagnoses or known illnesses, is read as the one word of the
lexicon's diagnoses that a single slip parts it from; one that stands anywhere, as the one name of a drug. Slips are
two letters that changed places, one left out or typed too many, a vowel for another. A consonant for another is no
slip here, since "injection" is no "infection".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cleanclaim.documents.lexicon import FOLDING, compiled_once
from cleanclaim.documents.note import Section
from cleanclaim.documents.remembered import Remembered
from cleanclaim.documents.words import Words, phrase, word_set
from cleanclaim.kernel.resources import reference_folder

_READ = word_set(
    "assessment assessment_plan impression diagnosis discharge_dx principal_dx postop_dx pmh problem_list"
)
_SHORTEST = 7
_MOST_WORDS = 4000
_VOWELS = frozenset("aeiouy")
# "Hypertention": before "ion" these sound alike.
_HISSING = frozenset("stc")
_WORD = re.compile(r"[a-z]{5,}")
_DIAGNOSES = (
    "acute_diagnoses.tsv",
    "bone_birth_diagnoses.tsv",
    "clinic_diagnoses.tsv",
    "diagnoses.tsv",
    "medical_diagnoses.tsv",
)
_DRUGS = "drug_groups.tsv"
_ByShape = dict[str, tuple[str, ...]]
_MAKERS = ("documents/typing_errors.py", *FOLDING)


def mend_typing(text: str, words: Words, sections: Iterable[Section]) -> None:
    """Put the word that was meant in the place of each slip, in the parts of a note that name illnesses."""
    left, known = _MOST_WORDS, _vocabulary()[0]
    for section in sections:
        if left <= 0:
            continue
        meant_here = _MEANT if section.kind in _READ else _MEANT_DRUG
        last = min(section.last, section.first + left)
        left -= last - section.first
        for place in range(section.first, last):
            form = words.forms[place]
            if len(form) >= _SHORTEST - 1 and form not in known and form.isalpha():
                # The word as typed, since folding takes the last letter of "appendicits" for a plural.
                typed = text[words.starts[place] : words.ends[place]].lower()
                meant = meant_here[typed] if len(typed) >= _SHORTEST else typed
                if meant != typed:
                    words.forms[place] = meant


def meant_word(form: str) -> str:
    """The word of a diagnosis that a slip made this one of, or the word itself.

    >>> meant_word("hypothyriod"), meant_word("thrombocytpenia"), meant_word("injection")
    ('hypothyroid', 'thrombocytopenia', 'injection')
    """
    known, diseases, drugs = _vocabulary()
    found = _meant(form, known, diseases)
    return found if found != form else _meant(form, known, drugs)


def meant_drug(form: str) -> str:
    """The drug that a slip made a word of, or the word itself.

    >>> meant_drug("warfrin"), meant_drug("metformn"), meant_drug("slippers")
    ('warfarin', 'metformin', 'slippers')
    """
    known, _, drugs = _vocabulary()
    return _meant(form, known, drugs)


def _meant(form: str, known: frozenset[str], by_shape: dict[str, tuple[str, ...]]) -> str:
    if form in known or not form.isascii():
        return form
    found = {
        word
        for length in range(len(form) - 1, len(form) + 2)
        for word in by_shape.get(form[0] + str(length), ())
        if _one_slip(form, word)
    }
    # A letter is left out more often than one too many is typed.
    longer = {word for word in found if len(word) > len(form)}
    found = longer if len(longer) == 1 else found
    folded = {forms[0] for forms in map(phrase, found) if len(forms) == 1}
    return folded.pop() if len(folded) == 1 else form


_MEANT = Remembered(meant_word)
_MEANT_DRUG = Remembered(meant_drug)


def _one_slip(typed: str, word: str) -> bool:
    """Whether two words differ by one slip."""
    start = next((at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), -1)
    if start < 0:
        start = min(len(typed), len(word))
    mine, its = typed[start:], word[start:]
    if len(typed) == len(word):
        if mine[:2] == its[1::-1] and mine[2:] == its[2:]:
            return True
        alike = {mine[:1], its[:1]}
        return mine[1:] == its[1:] and (alike <= _VOWELS or (alike <= _HISSING and its[1:4] == "ion"))
    return mine[1:] == its if len(typed) > len(word) else mine == its[1:]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], _ByShape, _ByShape]:
    """Every word that the lexicon knows, and the long words of its diagnoses and drugs by first letter and length."""
    names = sorted(path.name for path in (reference_folder() / "lexicon").iterdir())
    known, diseases, drugs = compiled_once("long_words", names, _MAKERS, lambda: _worked_out(names))
    return frozenset(known), diseases, drugs


def _worked_out(names: list[str]) -> tuple[list[str], _ByShape, _ByShape]:
    known: set[str] = set()
    diseases: set[str] = set()
    drugs: set[str] = set()
    for name in names:
        text = (reference_folder() / "lexicon" / name).read_text(encoding="utf-8").lower()
        found = {form for word in set(_WORD.findall(text)) for form in (word, *phrase(word))}
        known |= found
        kept = diseases if name in _DIAGNOSES else drugs if name == _DRUGS else set()
        kept |= {form for form in found if len(form) >= _SHORTEST}
    return sorted(known), _by_shape(diseases), _by_shape(drugs)


def _by_shape(words: set[str]) -> _ByShape:
    by_shape: dict[str, list[str]] = {}
    for word in sorted(words):
        by_shape.setdefault(word[0] + str(len(word)), []).append(word)
    return {shape: tuple(alike) for shape, alike in by_shape.items()}
