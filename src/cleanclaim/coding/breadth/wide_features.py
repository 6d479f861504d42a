"""The readable features of a candidate code of the wide ranking."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from attrs import define, field, frozen

from cleanclaim.coding.breadth.neighbours import Neighbours
from cleanclaim.coding.breadth.phrase_table import CodedNote, PhraseTable
from cleanclaim.coding.breadth.profiles import Profiles
from cleanclaim.coding.breadth.wide_terms import BagTerms
from cleanclaim.coding.phrases.bags import Bag, GapFinder, root, runs, segments

_NEIGHBOUR_SHARE = 0.25
_KNOWN_WELL = 8
_MOST_ALIKE = 30


@frozen(eq=False)
class Knowledge:
    """What the features are computed from."""

    phrases: PhraseTable
    associated: Mapping[Bag, Mapping[str, float]]
    terms: BagTerms
    telling: Mapping[str, tuple[str, ...]]
    known: frozenset[Bag]
    gaps: GapFinder
    neighbours: Neighbours
    profiles: Profiles
    times: Counter[str]
    category_times: Counter[str]


@define
class _Found:
    """What speaks for one code in one note."""

    learned: list[tuple[float, int, int, int, int]] = field(factory=list)
    covered: list[float] = field(factory=list)
    associated: list[float] = field(factory=list)
    sources: set[str] = field(factory=set)
    longest_free: int = 0
    fewest_codes: int = 99
    neighbour: float = 0.0
    where: float = 1.0
    either: float = 0.0

    def total(self) -> float:
        """A rough strength, to compare the codes of one category."""
        return max(self.either, 0.3 * max(self.associated, default=0.0), 0.15 if self.sources else 0.0)


def features(knowledge: Knowledge, note: CodedNote) -> dict[str, list[str]]:
    """Candidate code -> its features, each a short name."""
    found = _collect(knowledge, note)
    by_category: dict[str, list[float]] = defaultdict(list)
    for code, one in found.items():
        missing = math.prod(1 - row[0] for row in one.learned)
        one.either = 1 - missing
        by_category[code[:3]].append(one.total())
    named = {code: _named(knowledge, code, one, by_category[code[:3]]) for code, one in found.items()}
    _add_gaps(knowledge, note, named)
    _add_profiles(knowledge, note, named)
    return named


def _collect(knowledge: Knowledge, note: CodedNote) -> dict[str, _Found]:
    found: dict[str, _Found] = defaultdict(_Found)
    length = max(1, len(note.words.forms))
    phrases, gram_list = knowledge.phrases, note.grams
    free = Counter(gram.bag for gram in segments(gram_list, phrases.codes.keys()))
    free_of_all = Counter(gram.bag for gram in segments(gram_list, knowledge.known))
    where: dict[Bag, float] = {}
    for gram in gram_list:
        where.setdefault(gram.bag, gram.first / length)
    for phrase, times in free.items():
        for code in phrases.codes[phrase]:
            one = found[code]
            chance = phrases.chance(phrase, code)
            one.learned.append(
                (chance, phrases.notes[phrase], len(phrase), times, free_of_all.get(phrase, 0))
            )
            one.where = min(one.where, where[phrase])
    for phrase, place in where.items():
        _collect_phrase(knowledge, found, phrase, place, free, free_of_all)
    for code, share in knowledge.neighbours.codes(note.words).items():
        if share > _NEIGHBOUR_SHARE or code in found:
            found[code].neighbour = share
    return found


def _collect_phrase(
    knowledge: Knowledge,
    found: dict[str, _Found],
    phrase: Bag,
    place: float,
    free: Counter[Bag],
    free_of_all: Counter[Bag],
) -> None:
    phrases = knowledge.phrases
    if phrase in phrases.codes and phrase not in free:
        for code in phrases.codes[phrase]:
            found[code].covered.append(phrases.chance(phrase, code) if phrases.notes[phrase] else 0.2)
    for code, chance in knowledge.associated.get(phrase, {}).items():
        found[code].associated.append(chance)
    codes = knowledge.terms.get(phrase)
    if codes:
        for code, sources in codes.items():
            one = found[code]
            one.sources |= sources
            one.fewest_codes = min(one.fewest_codes, len(codes))
            one.where = min(one.where, place)
            if phrase in free_of_all:
                one.longest_free = max(one.longest_free, len(phrase))


def _named(knowledge: Knowledge, code: str, one: _Found, rivals: list[float]) -> list[str]:
    names = ["any"]
    learned = "learned" if one.learned else "new"
    names.extend(_learned_names(one))
    if one.covered:
        names.append(f"inside {_step(max(one.covered))} {learned}")
    if one.associated:
        names.append(f"goes with {_step(max(one.associated))} {learned}")
        names.append(f"goes with number {min(4, _log(len(one.associated)))} {learned}")
    names.extend(_term_names(knowledge, code, one, learned))
    times = knowledge.times[code]
    names.append(f"times {min(6, _log(times))}")
    category = min(7, _log(knowledge.category_times[code[:3]]))
    names.append(f"category times {category} {min(2, times)}")
    names.append(f"neighbours {min(8, int(one.neighbour * 12))} {learned}")
    names.append(_rival_name(one.total(), rivals))
    names.append(f"length {len(code)}")
    names.append(f"chapter {code[0]}")
    if times >= _KNOWN_WELL:
        names.append(f"code {code}")
    names.append(f"place {int(one.where * 4)}")
    return names


def _learned_names(one: _Found) -> list[str]:
    if not one.learned:
        return ["no learned phrase"]
    best = max(one.learned)
    support, size = min(4, _log(best[1])), min(4, best[2])
    return [
        f"phrase {_step(best[0])}",
        f"phrases together {_step(one.either)}",
        f"phrase {_step(best[0])} seen {support}",
        f"phrase of {size}",
        f"phrase of {size} seen {min(3, support)}",
        f"mentions {min(3, sum(row[3] for row in one.learned))}",
        f"phrases {min(3, len(one.learned))}",
        f"stands free {any(row[4] for row in one.learned)}",
    ]


def _term_names(knowledge: Knowledge, code: str, one: _Found, learned: str) -> list[str]:
    if not one.sources:
        return []
    free = min(4, one.longest_free)
    names = [f"from {source} {learned}" for source in sorted(one.sources)]
    names += [f"term of {free} {learned}", f"term of {min(4, one.fewest_codes)} codes"]
    names.append(f"sources {min(3, len(one.sources))} of {free}")
    if not one.learned:
        names += [f"chapter {code[0]} by term", f"term of {free} times {min(3, _log(knowledge.times[code]))}"]
    return names


def _rival_name(total: float, rivals: list[float]) -> str:
    best = max(rivals)
    if total >= best:
        return f"first of {min(3, len(rivals))}"
    return f"behind of {min(3, len(rivals))} by {_step(0.9 * total / (best + 1e-6))}"


def _add_gaps(knowledge: Knowledge, note: CodedNote, named: dict[str, list[str]]) -> None:
    """What phrases with foreign words between theirs, and single telling words, add."""
    extra: dict[str, set[str]] = defaultdict(set)
    phrases = knowledge.phrases
    for phrase, gap in knowledge.gaps.find(note.words).items():
        width = min(2, gap // 2)
        for code in phrases.codes.get(phrase, ()):
            chance = phrases.chance(phrase, code) if phrases.notes[phrase] else 0.3
            extra[code].add(f"gap phrase {_step(chance)} {width}")
        for code in knowledge.terms.get(phrase, ()):
            extra[code].add(f"gap term {min(4, len(phrase))} {width}")
    for word in {root(form) for run in runs(note.words) for _, form in run}:
        for code in knowledge.telling.get(word, ()):
            extra[code].add("telling word")
    for code, names in extra.items():
        ordered = sorted(names)
        base = named.get(code)
        if base is None:
            times, category = knowledge.times[code], knowledge.category_times[code[:3]]
            named[code] = [
                "any",
                "only apart",
                f"apart times {min(3, times)}",
                f"apart category times {min(7, _log(category))}",
                f"apart chapter {code[0]}",
                f"apart length {len(code)}",
                f"apart number {min(3, len(ordered))}",
                *(f"apart {name}" for name in ordered),
            ]
        else:
            kind = "new" if "no learned phrase" in base else "learned"
            base.extend(f"also {name} {kind}" for name in ordered)


def _add_profiles(knowledge: Knowledge, note: CodedNote, named: dict[str, list[str]]) -> None:
    """How alike the note and each code's profile are, and the most alike codes that nothing else proposed."""
    alike = knowledge.profiles.find(note.words)
    ordered = sorted(alike, key=lambda code: (-alike[code], code))
    ranks = {code: rank for rank, code in enumerate(ordered)}
    for code, base in named.items():
        kind = "new" if "no learned phrase" in base else "learned"
        base.append(f"alike {_eighths(alike.get(code, 0.0))} {kind}")
        base.append(f"alike rank {min(6, _log(ranks.get(code, len(alike)) // 3))}")
    for code in ordered[:_MOST_ALIKE]:
        if code not in named:
            named[code] = [
                "any",
                "only alike",
                f"only alike {_eighths(alike[code])}",
                f"only alike rank {_log(ranks[code] // 3)}",
                f"only alike chapter {code[0]}",
                f"only alike length {len(code)}",
            ]


def _eighths(share: float) -> int:
    """A share in eighths, rounded down; a whole stays a whole whatever the last bit of the sum says."""
    return int(share * 8 + 1e-9)


def _step(chance: float) -> float:
    """A probability on the logit scale, in steps of one half."""
    held = min(max(chance, 0.004), 0.996)
    return round(2 * math.log(held / (1 - held))) / 2


def _log(number: int) -> int:
    return int(math.log2(number + 1))
