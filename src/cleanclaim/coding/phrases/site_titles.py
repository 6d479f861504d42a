"""The table of disorders by site (reference/lexicon/sites.yaml), and the code of a title in any order of its words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.documents.lexicon import FOLDING, compiled_once, read_yaml
from cleanclaim.documents.words import MARKS, phrase, word_set

Forms = tuple[str, ...]
_FILE = "sites.yaml"
_MAKERS = ("coding/phrases/site_titles.py", *FOLDING)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_IDLE = word_set("the of a an in on at to by for from due as and or bone s initial encounter")


@frozen
class Saying:
    """A title to look for: ``when`` one of these stands in the line, ``beside`` one of those too, ``no`` none."""

    titles: tuple[str, ...]
    when: tuple[Forms, ...] = ()
    beside: tuple[Forms, ...] = ()
    no: tuple[Forms, ...] = ()


@frozen
class Site:
    """What notes call a site, the tabular's names of it, and what is said of it alone."""

    words: tuple[Forms, ...]
    names: tuple[str, ...]
    say: tuple[Saying, ...]
    both: tuple[Saying, ...]


@frozen(eq=False)
class Kind:
    """A disorder told by site; see the head of the table.

    ``also`` and one of ``beside`` must stand in the line, ``no`` must not; ``taken`` are words that belong to it.
    """

    words: tuple[Forms, ...]
    also: tuple[Forms, ...]
    beside: tuple[Forms, ...]
    no: tuple[Forms, ...]
    categories: tuple[str, ...]
    sites: tuple[Site, ...]
    sided: Site | None
    taken: tuple[Forms, ...]
    tails: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_yaml(_FILE)
    return table


def disorders() -> Iterator[Kind]:
    """Every disorder in the order of the table."""
    return map(disorder, range(len(_table()["kinds"])))


@lru_cache(maxsize=1024)
def disorder(number: int) -> Kind:
    """A disorder by its place in the table; a note meets few of them."""
    table = _table()
    return _kind(table["kinds"][number], table["sites"])


@lru_cache(maxsize=1)
def kinds_by_word() -> dict[str, tuple[tuple[int, Forms], ...]]:
    """First word -> the disorders that begin with it, by number, with all their words."""
    kept: dict[str, tuple[tuple[int, Forms], ...]] = compiled_once("kinds", [_FILE], _MAKERS, _kinds_by_word)
    return kept


def _kinds_by_word() -> dict[str, tuple[tuple[int, Forms], ...]]:
    found: dict[str, list[tuple[int, Forms]]] = {}
    for number, row in enumerate(_table()["kinds"]):
        for words in _folded(row["words"]):
            found.setdefault(words[0], []).append((number, words))
    return {word: tuple(rows) for word, rows in found.items()}


def _kind(row: dict[str, Any], shared: dict[str, Any]) -> Kind:
    say, both = _sayings(row.get("say", ())), _sayings(row.get("both", ()))
    sites = [
        Site(_folded(one["words"]), ("",), _sayings(one["say"]), _sayings(one.get("both", ())))
        for one in row.get("rows", ())
    ]
    for name in (row.get("also_at"), row.get("at")):
        for names, words in shared[name].items() if name else ():
            sites.append(Site(_folded(words), tuple(names.split("|")), say, both))
    return Kind(
        _folded(row["words"]),
        _folded(row.get("also", ())),
        _folded([*row.get("with", ()), *row.get("needs", ())]),
        _folded(row.get("not", ())),
        tuple(row["cats"]),
        tuple(sites),
        Site((), ("",), say, both) if "sides_of" in row else None,
        _folded(row.get("takes", ())),
        tuple(row.get("tails", ("",))),
    )


def _sayings(rows: Any) -> tuple[Saying, ...]:
    found = []
    for row in [rows] if isinstance(rows, (str, dict)) else rows:
        if isinstance(row, str):
            found.append(Saying(tuple(row.split("|"))))
        else:
            say, *tests = (row.get(name, ()) for name in ("say", "if", "with", "not"))
            found.append(Saying(tuple(say.split("|")), *(_folded(words) for words in tests)))
    return tuple(found)


def _folded(words: Iterable[Any]) -> tuple[Forms, ...]:
    """Folded phrases, each once, longer ones first."""
    bare = (tuple(form for form in phrase(str(one)) if form not in {"of", "the", "a"}) for one in words)
    found = dict.fromkeys(forms for forms in bare if forms)
    return tuple(sorted(found, key=len, reverse=True))


def code_of(title: str, categories: tuple[str, ...], book: CodeBook, on: dt.date) -> str | None:
    """The billable code that one of some categories gives to a title, in any order of its words."""
    if title.startswith("="):
        entry = book.find("ICD-10-CM", title[1:], on)
        return title[1:] if entry is not None and entry.billable else None
    wanted = _bag(title)
    for category in categories:
        code = _titles(book, category, on).get(wanted)
        if code is not None:
            return code
    return None


@lru_cache(maxsize=16_384)
def _bag(title: str) -> Forms:
    forms = phrase(_BRACKETS.sub(" ", title.partition(", initial encounter")[0]))
    kept = [form for form in forms if form not in _IDLE and form not in MARKS]
    return tuple(sorted(_leading(kept)))


def _leading(forms: list[str]) -> Iterator[str]:
    """The words, with "with" and "without" joined to the word they lead."""
    lead = ""
    for form in forms:
        if form in {"with", "without"}:
            lead = form
        else:
            yield f"{lead} {form}" if lead else form
            lead = ""


@lru_cache(maxsize=256)
def _titles(book: CodeBook, category: str, on: dt.date) -> dict[Forms, str]:
    found: dict[Forms, str] = {}
    for code, title in terms(book, on).leaves.get(category):
        if len(code) < 8 or code[-1] == "A" or code.startswith("M1A"):
            found.setdefault(_bag(title), code)
    return found
