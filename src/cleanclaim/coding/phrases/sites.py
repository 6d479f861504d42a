"""A diagnosis line as disorder, site and side: "abrasions of the left knee and right elbow" are two codes.

The tabular list tells injuries and disorders of joints by site and side; notes name the parts in any order and join
several sites to one disorder. Each site is coded by the title that the table makes of its parts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.site_lines import SIDES, Line, Place, lines
from cleanclaim.coding.phrases.site_titles import Kind, Saying, Site, code_of, disorder, kinds_by_word
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

SOURCE = "site"
_IDLE = word_set("the of a an to in at on and or his her sided side closed acute")
_JOINING = word_set("the of a an to and or in at his her joint")
_PARTS = word_set("with due from after secondary radiating into over following w causing versus without")
_DENYING = word_set("no never without denies denied nor neither")
_DENIED_WITHIN = 3
_NOT_DISPLACED = (("nondisplaced",), ("non", "displaced"), ("undisplaced",), ("not", "displaced"))
_SEVERAL = "multiple sites"
_COMMA, _AND, _FURTHEST, _LEVEL = 6, 3, 13, 5

_UNSTATED = ("unspecified", "")
# Told of a disease where no list of diagnoses stands.
_SYMPTOMS = ("M25", "M79", "M24")
# Sites of which a word beside them may name a part.
_GENERAL = [
    [word] for word in ("wrist", "hand", "foot", "ankle", "hip", "shoulder", "femur", "knee", "leg", "tibia")
]

Hits = dict[tuple[int, int, Term], int]


def find_by_site(note: Note, book: CodeBook, on: dt.date) -> Hits:
    """(first, after the last, term) of disorders told by site, and how many words within are not theirs.

    A term may name several codes, parted by "+": one for each site or side.
    """
    found: Hits = {}
    known = kinds_by_word()
    for line in lines(note):
        if not known.keys().isdisjoint(line.forms):
            found.update(_in_line(line, book, on))
    return found


def _in_line(line: Line, book: CodeBook, on: dt.date) -> Iterator[tuple[tuple[int, int, Term], int]]:
    taken: set[int] = set()
    found: list[tuple[list[str], set[int]]] = []
    occurrences = _occurrences(line)
    for number, place in occurrences:
        kind = disorder(number)
        if not taken.isdisjoint(range(*place)) or not _fits(kind, line):
            continue
        told = (one for one in line.places(kind.also) if not _is_denied(line, one))
        also = _nearest(place, told) if kind.also else None
        if kind.also and also is None:
            continue
        own = set(range(*place)) | (set(range(*also)) if also else set())
        own |= {at for words in line.places(kind.taken) for at in range(*words)}
        others = [one for _, one in occurrences if own.isdisjoint(range(*one))]
        anchors = [place, also] if also else [place]
        sited = _sites(kind, line, anchors, others) if kind.sided is None else [(kind.sided, place)]
        codes, used = _codes(kind, line, sited, book, on)
        if codes:
            taken |= own | used
            _add(found, codes, own | used)
    for codes, used in found:
        first, last = min(used), max(used) + 1
        inner = {at for at in range(first, last) if line.forms[at] in _IDLE}
        term = Term("dx", "+".join(dict.fromkeys(codes)), SOURCE)
        yield (line.first + first, line.first + last, term), last - first - len(used | inner)


def _add(found: list[tuple[list[str], set[int]]], codes: list[str], used: set[int]) -> None:
    """Add codes with their places; disorders that share a site ("pain and swelling of the knee") stand together."""
    for known, places in found:
        if min(places) < max(used) + 1 and min(used) < max(places) + 1:
            known += codes
            places |= used
            return
    found.append((list(codes), set(used)))


def _occurrences(line: Line) -> list[tuple[int, Place]]:
    """The disorders of a line in the order of the table, longer phrases before those within them."""
    found: dict[tuple[int, Place], None] = {}
    for at, form in enumerate(line.forms):
        for number, words in kinds_by_word().get(form, ()):
            last = line.end(words, at)
            if last is not None:
                found[(number, (at, last))] = None
    ordered = sorted(found, key=lambda one: (one[0], one[1][0] - one[1][1], one[1]))
    kept: list[tuple[int, Place]] = []
    for number, place in ordered:
        if not any(number == other and at[0] <= place[0] and place[1] <= at[1] for other, at in kept):
            kept.append((number, place))
    return kept


def _fits(kind: Kind, line: Line) -> bool:
    if not line.listed and kind.categories[0] in _SYMPTOMS:
        return False
    return (not kind.beside or line.place(kind.beside) is not None) and line.place(kind.no) is None


def _is_denied(line: Line, place: Place) -> bool:
    """Whether what makes the other half of a disorder is denied ("osteoporosis, spine T -2.7, never any fracture")."""
    return bool(_DENYING.intersection(line.forms[max(0, place[0] - _DENIED_WITHIN) : place[0]]))


def _nearest(place: Place, others: Iterable[Place]) -> Place | None:
    return min(others, key=lambda one: max(one[0] - place[1], place[0] - one[1]), default=None)


def _sites(kind: Kind, line: Line, anchors: list[Place], others: list[Place]) -> list[tuple[Site, Place]]:
    """The site nearest to a disorder, and those that a comma or "and" joins to it."""
    every = _places_of_sites(kind, line)
    # A level of the spine says more than its region.
    ranked = sorted(
        (min(_distance(line, anchor, at) for anchor in anchors) - _LEVEL * _is_level(line, at, kind), number)
        for number, (_, at) in enumerate(every)
    )
    if not ranked:
        return []
    middle = ranked[0][1]
    # That there are many joints is said of the whole line.
    if ranked[0][0] > _FURTHEST * (2 if every[middle][0].names == (_SEVERAL,) else 1):
        return []
    middle = _telling(line, every, middle)
    chosen = [every[middle]]
    for step in (1, -1):
        at = middle + step
        while 0 <= at < len(every) and _are_joined(line, every[at - step][1], every[at][1]):
            if every[at][0] == chosen[0][0] or any(
                _distance(line, other, every[at][1]) <= 1 for other in others
            ):
                break
            chosen.append(every[at])
            at += step
    return sorted(chosen, key=lambda one: one[1])


def _telling(line: Line, every: list[tuple[Site, Place]], middle: int) -> int:
    """The site that tells more where two stand side by side ("subtrochanteric femur fracture")."""
    at = every[middle][1]
    if line.forms[at[0] : at[1]] not in _GENERAL:
        return middle
    for other in (middle - 1, middle + 1):
        if 0 <= other < len(every):
            near = every[other][1]
            beside = near[1] == at[0] or at[1] == near[0]
            comma = at[0] in line.commas or near[0] in line.commas
            if beside and not comma and line.forms[near[0] : near[1]] not in _GENERAL:
                return other
    return middle


def _is_level(line: Line, at: Place, kind: Kind) -> bool:
    return kind.sites[-1].names != ("",) and any(form[-1].isdecimal() for form in line.forms[at[0] : at[1]])


def _places_of_sites(kind: Kind, line: Line) -> list[tuple[Site, Place]]:
    """The sites that a line names, longer names first where they overlap."""
    hits = [(at, number) for number, site in enumerate(kind.sites) for at in line.places(site.words)]
    hits.sort(key=lambda hit: (hit[0][0] - hit[0][1], hit[0][0], hit[1]))
    used: set[int] = set()
    kept = []
    for at, number in hits:
        if used.isdisjoint(range(*at)):
            used.update(range(*at))
            kept.append((kind.sites[number], at))
    return sorted(kept, key=lambda one: one[1])


def _distance(line: Line, place: Place, site: Place) -> int:
    """How many words stand between, those that part counted more."""
    low, high = sorted((place, site))
    between = range(low[1], high[0])
    parted = sum(1 for at in between if line.forms[at] in _PARTS)
    commas = sum(1 for at in range(low[1], high[0] + 1) if at in line.commas)
    joined = sum(1 for at in between if line.forms[at] == "and")
    return max(0, len(between)) + _FURTHEST * parted + _COMMA * commas + _AND * joined


def _are_joined(line: Line, one: Place, other: Place) -> bool:
    low, high = sorted((one, other))
    between = line.forms[low[1] : high[0]]
    listed = "and" in between or any(at in line.commas for at in range(low[1], high[0] + 1))
    return listed and all(form in _JOINING or form in SIDES for form in between)


def _codes(
    kind: Kind, line: Line, sited: list[tuple[Site, Place]], book: CodeBook, on: dt.date
) -> tuple[list[str], set[int]]:
    """The codes of the sites with their sides, and the places of the words they stand on."""
    several = _several(kind, sited)
    if several is not None:
        codes, used = _codes(kind, line, [(several, sited[0][1])], book, on)
        if codes:
            return codes, used | {place for _, at in sited for place in range(*at)}
    codes, used = [], set()
    for site, at in sited:
        side = _side(line, at, [other for _, other in sited if other != at])
        sayings = site.both if side and side[2] == "bilateral" and site.both else site.say
        for saying in sayings:
            words = _met(saying, line)
            found = (
                _titled(kind, site, saying, line, side[2] if side else "", book, on)
                if words is not None
                else []
            )
            if found:
                codes += found
                used |= set(range(*at)) | (words or set()) | (set(range(side[0], side[1])) if side else set())
                break
    return codes, used


def _several(kind: Kind, sited: list[tuple[Site, Place]]) -> Site | None:
    """The tabular's "multiple sites" where a line names several, or says that there are many."""
    named = {site.names for site, _ in sited}
    if len(named) < 2:
        return None
    return next((site for site in kind.sites if site.names == (_SEVERAL,)), None)


def _met(saying: Saying, line: Line) -> set[int] | None:
    """The places of the words a saying asks for, or None where the line does not say it."""
    used: set[int] = set()
    for group in (saying.when, saying.beside):
        place = line.place(group)
        if group and place is None:
            return None
        used |= set(range(*place)) if place else set()
    return None if line.place(saying.no) else used


def _side(line: Line, at: Place, others: list[Place]) -> tuple[int, int, str] | None:
    """The side nearest to a site: before it rather than behind it, and not that of another site."""
    best: tuple[int, tuple[int, int, str]] | None = None
    for side in line.sides:
        if side[1] <= at[0]:
            between = range(side[1], at[0])
            cost = len(between)
        else:
            between = range(at[1], side[0])
            cost = len(between) + 1 + 4 * any(side[1] <= other[0] <= side[1] + 1 for other in others)
        cost += 2 * sum(1 for comma in line.commas if between.start <= comma <= between.stop)
        if best is None or cost < best[0]:
            best = (cost, side)
    if best is None and not line.several.isdisjoint(range(*at)):
        return at[0], at[1], "bilateral"
    return best[1] if best else None


def _titled(
    kind: Kind, site: Site, saying: Saying, line: Line, side: str, book: CodeBook, on: dt.date
) -> list[str]:
    """The codes of a saying with its side; two where the tabular list has none for both sides."""
    found = _first_code(kind, site, saying, line, (side,) if side else (), book, on)
    if found or not side:
        return [found] if found else _open_side(kind, site, saying, line, book, on)
    if side == "bilateral":
        pair = [_first_code(kind, site, saying, line, (one,), book, on) for one in ("right", "left")]
        if all(pair):
            return [code for code in pair if code]
    return _open_side(kind, site, saying, line, book, on)


def _open_side(kind: Kind, site: Site, saying: Saying, line: Line, book: CodeBook, on: dt.date) -> list[str]:
    found = _first_code(kind, site, saying, line, _UNSTATED, book, on)
    return [found] if found else []


def _first_code(
    kind: Kind, site: Site, saying: Saying, line: Line, sides: tuple[str, ...], book: CodeBook, on: dt.date
) -> str | None:
    moved = "nondisplaced" if line.place(_NOT_DISPLACED) else "displaced"
    for title in saying.titles:
        for name in site.names:
            for side in sides:
                if "{stated}" in title and side in _UNSTATED:
                    continue
                for tail in kind.tails:
                    said = f"{title} {tail}" if tail else title
                    said = (
                        said.replace("{site}", name)
                        .replace("{side}", side)
                        .replace("{d}", moved)
                        .replace("{stated}", side)
                    )
                    code = code_of(said, kind.categories, book, on)
                    if code is not None:
                        return code
    return None
