"""The compiled phrases as bytes: what every note needs is read at once, the rest when a note asks for it.

A line with the checksum and the length of the first part, then the first part (marshalled: the matcher's frame, terms,
places), then the rows of `Shelf`, each entry JSON at the place the first part names.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import orjson
from attrs import frozen

from cleanclaim.coding.lexicon import Phrase, Term
from cleanclaim.coding.phrases.bags import Bag
from cleanclaim.coding.phrases.shapes import Shape, read_shape
from cleanclaim.documents.matcher import PhraseMatcher

R = TypeVar("R")

_SHELVES = ("apart", "leaves", "shapes")


class Shelf(Generic[R]):
    """Rows by key, taken from their text when first asked for."""

    def __init__(
        self, places: Mapping[str, Sequence[int]], text: memoryview, read: Callable[[Any], R]
    ) -> None:
        self._places, self._text, self._read = places, text, read
        self._kept: dict[str, tuple[R, ...]] = {}

    def get(self, key: str, otherwise: Sequence[R] = ()) -> Sequence[R]:
        """The rows of a key, or ``otherwise`` where it has none."""
        rows = self._kept.get(key)
        if rows is None:
            place = self._places.get(key)
            if place is None:
                return otherwise
            found = orjson.loads(self._text[place[0] : place[1]])
            rows = self._kept[key] = tuple(self._read(row) for row in found)
        return rows


@frozen(eq=False)
class KeptTerms:
    """What `read_terms` answers: the matcher, and the shelves `cleanclaim.coding.phrases.terms.Terms` tells of."""

    matcher: PhraseMatcher[Term]
    apart: Shelf[tuple[Bag, Term]]
    leaves: Shelf[tuple[str, str]]
    shapes: Shelf[Shape]


class _TermsOf(dict[int, tuple[Term, ...]]):
    """Number of a phrase -> its terms; of the tens of thousands a note meets a few dozen."""

    def __init__(self, numbers: list[list[int]], term: Callable[[int], Term]) -> None:
        super().__init__()
        self._numbers, self._term = numbers, term

    def __missing__(self, phrase: int) -> tuple[Term, ...]:
        found = self[phrase] = tuple(self._term(number) for number in self._numbers[phrase])
        return found


class _Terms(dict[int, Term]):
    """Number -> term."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, number: int) -> Term:
        kind, name, source, flags = self._rows[number]
        term = self[number] = Term(kind, name, source, flags)
        return term


def write_terms(
    phrases: Mapping[Phrase, Sequence[Term]],
    apart: Mapping[str, Sequence[tuple[Bag, Term]]],
    leaves: Mapping[str, Sequence[tuple[str, str]]],
    shapes: Mapping[str, Sequence[str]],
) -> bytes:
    """The compiled phrases as bytes: folded words with their terms; root -> bags; category -> (code, title);
    root -> written shapes."""
    phrases = {words: values for words, values in phrases.items() if words}
    numbers: dict[Term, int] = {}
    of_phrases = [[numbers.setdefault(one, len(numbers)) for one in values] for values in phrases.values()]
    by_number = {
        word: [(" ".join(bag), numbers.setdefault(term, len(numbers))) for bag, term in rows]
        for word, rows in apart.items()
    }
    places: dict[str, dict[str, tuple[int, int]]] = {}
    shelved: list[bytes] = []
    size = 0
    for name, shelf in zip(_SHELVES, (by_number, leaves, shapes), strict=True):
        places[name] = {}
        for word, rows in shelf.items():
            shelved.append(orjson.dumps(rows))
            places[name][word] = (size, size + len(shelved[-1]))
            size += len(shelved[-1])
    at_once = marshal.dumps(
        {
            "frame": PhraseMatcher((words, None) for words in phrases).frame(),
            "of_phrases": of_phrases,
            "terms": [(one.kind, one.name, one.source, one.flags) for one in numbers],
            "places": places,
        }
    )
    rest = b"".join((at_once, *shelved))
    return b"%d %d\n%b" % (zlib.crc32(rest), len(at_once), rest)


def read_terms(data: bytes) -> KeptTerms:
    """The phrases from the bytes that `write_terms` made.

    Raises:
        ValueError: the bytes are not what was written.
    """
    head, _, _ = data[:64].partition(b"\n")
    rest = memoryview(data)[len(head) + 1 :]
    checksum, length = (int(part) for part in head.split(b" "))
    if zlib.crc32(rest) != checksum:
        raise ValueError("the file is damaged")
    # Our own file, whole by its checksum: the lexicon holds no code.
    kept, shelved = marshal.loads(rest[:length]), rest[length:]  # noqa: S302
    terms = _Terms(kept["terms"])
    places = kept["places"]
    return KeptTerms(
        PhraseMatcher.of_frame(kept["frame"], _TermsOf(kept["of_phrases"], terms.__getitem__)),
        Shelf(places["apart"], shelved, lambda row: (tuple(row[0].split(" ")), terms[row[1]])),
        Shelf(places["leaves"], shelved, lambda row: (row[0], row[1])),
        Shelf(places["shapes"], shelved, read_shape),
    )
