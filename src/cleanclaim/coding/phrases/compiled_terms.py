"""The phrases of a release and of our lexicon, folded and indexed once and kept as a file beside the compiled book."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import marshal
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.codesets.store import imported_sets
from cleanclaim.codesets.synonyms import disease_synonyms
from cleanclaim.coding.lexicon import (
    CHOICES,
    DIAGNOSES,
    Phrase,
    Term,
    lexicon_path,
    ordinary_words,
    own_phrases,
)
from cleanclaim.coding.phrases.bags import LONGEST, Bag, root
from cleanclaim.coding.phrases.shapes import implied_words, index_shapes
from cleanclaim.coding.phrases.term_file import KeptTerms, read_terms, write_terms
from cleanclaim.documents.kept import cache_folder, write_kept
from cleanclaim.documents.lexicon import FOLDING
from cleanclaim.documents.matcher import automaton_mark
from cleanclaim.documents.words import phrase

LEFT_OUT = frozenset(("the", "an", "of", "s"))
"""Words that count neither in a phrase nor in a note."""

# A file made by other code of these modules is not read.
_MAKERS = (
    *FOLDING,
    *("documents/matcher.py", "coding/lexicon.py", "coding/phrases/bags.py", "coding/phrases/shapes.py"),
    *("coding/phrases/term_file.py", "coding/phrases/compiled_terms.py"),
)
_PACKAGE = Path(__file__).parents[2]
_LEXICON = (*DIAGNOSES, CHOICES, "concepts.tsv", "services.yaml", "ordinary_words.txt")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TRAILERS = (("unspecified",), ("nos",), ("unspecified", "site"), ("initial", "encounter"))
_LONGEST = 8
# Each is some 30 MB: releases of a few half-years, with and without an imported index.
_MOST_FILES = 8
_CIRCUMSTANCES = frozenset(("external", "place", "activity", "encounter", "newborn", "status", "famhist"))
# A drug's poisoning, a cause, a factor of health, diabetes of a kind that is named apart, or how low a sugar fell,
# is never worked out from a title.
_NO_SHAPE = re.compile(r"[VWXYZ].*|T(?:3[6-9]|[45][0-9]|6[0-5]).*|.{7}[B-Z]|E13.*|E16\.A.*")

Found = dict[Phrase, list[Term]]


def compiled(book: CodeBook, on: dt.date) -> KeptTerms:
    """The compiled phrases, from their file where it fits the book, the lexicon and what was imported."""
    path = _cache_path(book, on)
    with contextlib.suppress(OSError, ValueError):
        return read_terms(path.read_bytes())
    made = _compile(book, on)
    with contextlib.suppress(OSError):
        write_kept(path, made, _MOST_FILES)
    return read_terms(made)


def _compile(book: CodeBook, on: dt.date) -> bytes:
    entries = list(book.entries("ICD-10-CM", on))
    found = _phrases(entries)
    billable = [entry for entry in entries if entry.billable]
    leaves: dict[str, list[tuple[str, str]]] = {}
    for entry in billable:
        leaves.setdefault(entry.code[:3], []).append((entry.code, entry.title))
    shaped = index_shapes(
        (entry.code, entry.title) for entry in billable if not _NO_SHAPE.fullmatch(entry.code)
    )
    return write_terms(found, _apart(found), leaves, shaped)


def _phrases(entries: list[CodeEntry]) -> Found:
    """Our own phrases first, then titles and inclusion terms, then what an imported ontology adds."""
    found: Found = {}
    for words, term in own_phrases():
        found.setdefault(_bare(words), []).append(term)
    for words, code, source in _make(entries):
        if words not in found:
            found[words] = [Term("dx", code, source)]
    for words, code in unambiguous(disease_synonyms(imported_sets()), {entry.code for entry in entries}):
        found.setdefault(words, [Term("dx", code, "synonym")])
    return found


def unambiguous(rows: Iterable[tuple[str, str]], codes: set[str]) -> Iterator[tuple[Phrase, str]]:
    """Phrases of two words or more that mean one existing code only; everyday words left out."""
    meanings: dict[Phrase, set[str]] = {}
    for text, code in rows:
        words = _bare(phrase(text))
        if 1 < len(words) <= _LONGEST:
            meanings.setdefault(words, set()).add(code)
    for words, meant in meanings.items():
        code = next(iter(meant))
        if len(meant) == 1 and code in codes and words not in ordinary_words():
            yield words, code


def _apart(found: Found) -> dict[str, list[tuple[Bag, Term]]]:
    """The diagnoses of two words or more by the rarest of their roots."""
    bags: dict[Bag, Term] = {}
    for words, values in found.items():
        if (
            1 < len(words) <= LONGEST
            and "history" not in words
            and values[0].kind == "dx"
            and not values[0].flags & _CIRCUMSTANCES
        ):
            bags.setdefault(tuple(sorted({root(word) for word in words})), values[0])
    counts = Counter(word for bag in bags for word in bag)
    by_rarest: dict[str, list[tuple[Bag, Term]]] = {}
    for bag, term in bags.items():
        if len(bag) > 1:
            rarest = min(bag, key=lambda word: (counts[word], word))
            by_rarest.setdefault(rarest, []).append((bag, term))
    return by_rarest


def _cache_path(book: CodeBook, on: dt.date) -> Path:
    sets = [one for one in book.sets() if one.system == "ICD-10-CM"]
    imported = imported_sets()
    state = imported.state() if imported is not None else ""
    told = (on, sets, state, _lexicon_mark(), marshal.version, automaton_mark())
    key = hashlib.sha256(repr(told).encode()).hexdigest()[:16]
    return cache_folder() / f"terms-{key}"


def _lexicon_mark() -> str:
    """Changes when a file of the lexicon changes, what titles are taken to imply, or how phrases are compiled."""
    mark = hashlib.sha256(repr(sorted(implied_words())).encode())
    for path in (*(lexicon_path(name) for name in _LEXICON), *(_PACKAGE / name for name in _MAKERS)):
        mark.update(path.read_bytes())
    return mark.hexdigest()


def _make(entries: list[CodeEntry]) -> Iterator[tuple[Phrase, str, str]]:
    seen: set[Phrase] = set()
    ordinary = ordinary_words()
    inclusions: list[tuple[str, str]] = []
    for entry in entries:
        if entry.code[0] in "VWXY" or (len(entry.code) == 8 and entry.code[0] in "ST"):
            continue
        inclusions.extend(
            (note.text, entry.code) for note in entry.notes.includes if note.source == entry.code
        )
        for words in _variants(entry.title):
            if words not in seen and words not in ordinary and _usable(words, entry):
                seen.add(words)
                yield words, entry.code, "title"
    for text, code in inclusions:
        for words in _variants(text):
            if words not in seen and words not in ordinary and len(words) > 1:
                seen.add(words)
                yield words, code, "inclusion"


def _bare(words: Phrase) -> Phrase:
    return tuple(word for word in words if word not in LEFT_OUT)


def _usable(words: Phrase, entry: CodeEntry) -> bool:
    if len(words) == 1:
        return len(words[0]) > 4 and entry.code[0] not in "VWXYZ"
    return words[0] != "other" or len(words) > 3


def _variants(title: str) -> Iterator[Phrase]:
    """The title as it stands, without what stands in brackets, and without "unspecified" at its end."""
    for text in {title, _PARENTHESES.sub(" ", title)}:
        words = phrase(text)
        words = _bare(words)
        if not words or len(words) > _LONGEST:
            continue
        yield words
        for trailer in _TRAILERS:
            if len(words) > len(trailer) and words[-len(trailer) :] == trailer:
                yield words[: -len(trailer)]
