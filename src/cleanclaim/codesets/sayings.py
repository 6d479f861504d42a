"""What people say for what the code set names: lay words, abbreviations, word forms, and the phrases of notes.

A saying stands for other words, all of which a phrase must then hold, or for codes. The tables are data
(`reference/search`), and the phrases by which notes name a diagnosis are those that coding knows
(`reference/lexicon/diagnoses.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from attrs import frozen

from cleanclaim.codesets.words import words_of
from cleanclaim.kernel.resources import reference_folder

LONGEST = 5
"""How many words a saying may have."""

_TABLES = ("lay_words.tsv", "abbreviations.tsv", "word_forms.tsv")


@frozen
class Saying:
    """What some words stand for: ways to say it in other words, and codes, the likeliest first."""

    ways: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()


@frozen
class Sayings:
    """Sayings by their words, sorted; the phrases of notes as (code, words); and the codes of whole queries."""

    by_words: dict[tuple[str, ...], Saying]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]
    whole: dict[tuple[str, ...], tuple[str, ...]]

    def codes_of(self, words: list[str]) -> tuple[str, ...]:
        """The codes that all the words together stand for, in whatever order they come."""
        return self.whole.get(tuple(sorted(set(words))), ())


NONE = Sayings({}, (), {})


@lru_cache(maxsize=1)
def icd10cm_sayings() -> Sayings:
    """The sayings of ICD-10-CM. A file that is not there says nothing."""
    by_words: dict[tuple[str, ...], Saying] = {}
    for name in _TABLES:
        for said, meanings in _rows(reference_folder() / "search" / name):
            words = tuple(sorted(words_of(said)))
            before = by_words.get(words, Saying())
            ways = tuple(tuple(words_of(one)) for one in meanings if not one.startswith("="))
            codes = tuple(one[1:] for one in meanings if one.startswith("="))
            by_words[words] = Saying(before.ways + ways, before.codes + codes)
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, saying in by_words.items():
        _add(whole, words, saying.codes)
    phrases = tuple(_phrases())
    own = tuple((code, words) for words, saying in by_words.items() for code in saying.codes)
    for code, words in phrases:
        _add(whole, words, (code,))
        if len(words) <= LONGEST:
            key = tuple(sorted(words))
            known = by_words.get(key, Saying())
            if code not in known.codes:
                by_words[key] = Saying(known.ways, (*known.codes, code))
    return Sayings(by_words, own + phrases, whole)


def _add(
    whole: dict[tuple[str, ...], tuple[str, ...]], words: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    key = tuple(sorted(set(words)))
    whole[key] = tuple(dict.fromkeys((*whole.get(key, ()), *codes)))


def _phrases() -> Iterator[tuple[str, tuple[str, ...]]]:
    for code, phrases in _rows(reference_folder() / "lexicon" / "diagnoses.tsv"):
        for phrase in phrases:
            words = tuple(words_of(phrase))
            if words:
                yield code, words


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The first column and the second cut at its bars; lines that begin with # are remarks."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        first, _, rest = line.partition("\t")
        if first and not first.startswith("#"):
            yield first, rest.partition("\t")[0].split("|")
