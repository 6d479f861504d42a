"""The parts of a note, for every word: what is past, seen on examination, found by tests, decided, or told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from cleanclaim.coding.visit.phrases import Hit
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, word_set

PAST, SEEN, FOUND, DECIDED, TOLD = "past", "seen", "found", "decided", "told"
_ZONES = {
    PAST: "pmh psh family_history social_history medications allergies problem_list header development goals "
    "comparison technique immunizations anesthesia",
    SEEN: "exam vitals ros",
    FOUND: "results findings",
    DECIDED: "assessment assessment_plan plan impression diagnosis discharge_dx principal_dx ed_course "
    "disposition procedure",
}
_ZONE_OF = {kind: zone for zone, kinds in _ZONES.items() for kind in kinds.split()}

_TITLE_WORDS = word_set("new np est established visit clinic note pt patient fu consult")
_OPENS, _BARE = 5, 7
_WEIGHING = ("worse", "better_or_same", "uncertain", "minor", "newly_found", "threat", "severe")
# What is done now stands in no history, under whatever heading it is.
_OWN = ("interpretation",)
_READ, _DOCUMENTS, _WE = ("read_verb", "talk"), ("document_word", "clinician"), frozenset(("i", "we"))
_RETURNS = word_set("rtc return recheck followup refer referral referred reassured counseled")
_ORDERS = word_set(
    "prescribed prescribe ordered sent increased raised reduced stopped started switched renewed refilled"
)
_BEFORE = word_set(
    "ago last yesterday previously prior since was were had years months took takes taking home by normal tone"
)
_CHANGES = word_set(
    "continue continued continuing start started begin increase increased decrease refill refilled "
    "prescribe prescribed stop switch add taper resume admit rx plan give hold titrate"
)


def zones_of(
    note: Note, firsts: Sequence[int], hits: dict[str, list[Hit]], diagnoses: Sequence[int] = ()
) -> list[str]:
    """The part of the note for every word; ``firsts`` are the places at which sentences begin.

    ``diagnoses`` are the places at which the coder found one.
    """
    forms = note.words.forms
    zones = [TOLD] * len(forms)
    for section in note.sections:
        zone = _ZONE_OF.get(section.kind, TOLD)
        if zone == PAST and (section.first == 0 and _is_title(forms[: section.last])):
            zone = TOLD
        if section.kind == "medications" and _is_check_of_medicines(forms, section.first):
            zone = TOLD
        if zone != TOLD:
            zones[section.first : section.last] = [zone] * (section.last - section.first)
    _free_lines(note, zones)
    _ended_parts(note, firsts, zones, hits, diagnoses)
    return zones


def _is_title(forms: list[str]) -> bool:
    """Whether a note's first words only look like a heading ("Med onc new pt")."""
    return bool(_TITLE_WORDS.intersection(forms[:6]))


_CHECKS = frozenset(("recheck", "check", "visit", "followup", "refill", "management", "review"))
_TITLE_REACH = 12


def _is_check_of_medicines(forms: list[str], first: int) -> bool:
    """ "74F EST. MED RECHECK.": the title of a visit and no list of medicines."""
    return first < _TITLE_REACH and bool(_CHECKS.intersection(forms[first : first + 3]))


def _ended_parts(
    note: Note,
    firsts: Sequence[int],
    zones: list[str],
    hits: dict[str, list[Hit]],
    diagnoses: Sequence[int],
) -> None:
    """A history, an examination or results end where a later sentence weighs or decides, heading or none.

    A note without a heading for its plan has it in the last part that has one.
    """
    no_plan = DECIDED not in zones
    diagnoses = _named_again(note.words.forms, diagnoses) if no_plan else diagnoses
    weighing = _places(hits, _WEIGHING)
    own = _places(hits, _OWN)
    read = _places(hits, _READ) if _places(hits, _DOCUMENTS) else []
    named = sorted({*_places(hits, tuple(name for name in hits if name.startswith("problem:"))), *diagnoses})
    managed = _places(hits, tuple(name for name in hits if name.startswith(("drug:", "test:"))))
    for section in note.sections:
        if zones[section.first] not in {PAST, SEEN, FOUND}:
            continue
        for first, last in _sentences(firsts, section.first, section.last):
            zone = zones[first]
            if zone not in {PAST, SEEN, FOUND} or first == section.first:
                continue
            if zone == PAST and (_any_between(own, first, last) or _is_ours(note, first, last, read)):
                zones[first : section.last] = [TOLD] * (section.last - first)
                zone = TOLD
            decides = _decides(note.words.forms, first, last, managed) or (
                zone == SEEN and no_plan and _is_new_paragraph(note, first, section.first)
            )
            if decides or _weighs(first, last, zone, weighing, named):
                if zone == PAST and decides:
                    first = _line_start(note, first, section.first)
                until = section.last
                part = DECIDED if no_plan and (decides or zone != PAST) else TOLD
                zones[first:until] = [part] * (until - first)
                break


_EXAMINED = word_set(
    "hear heard feel felt palpate palpated see saw note noted find found could cannot can do did elicit appreciate"
)
_LABEL_WITHIN = 4


def _is_new_paragraph(note: Note, first: int, section: int) -> bool:
    """Whether an examination without a plan behind it ends here: a paragraph of its own without a label, or "I ..."."""
    words = note.words
    gap = note.text[words.ends[first - 1] : words.starts[first]]
    opening = words.forms[first : first + _LABEL_WITHIN]
    if "\n" not in gap or COLON in opening:
        return False
    if opening[:1] and opening[0] in _WE and not _EXAMINED.intersection(opening[1:2]):
        return True
    one_paragraph = "\n\n" not in note.text[words.ends[section] : words.ends[first - 1]]
    return gap.count("\n") > 1 and one_paragraph


def _line_start(note: Note, place: int, after: int) -> int:
    """Where the line of a place begins, if it begins behind the heading's own line."""
    lines = note.words.lines
    start = lines[bisect_right(lines, place, key=_first_of_line) - 1][0]
    return start if start > after else place


def _named_again(forms: list[str], diagnoses: Sequence[int]) -> list[int]:
    """Every place where the first two words of a diagnosis stand that the coder found anywhere."""
    names = {(forms[place], forms[place + 1]) for place in diagnoses if place + 1 < len(forms)}
    if not names:
        return list(diagnoses)
    return [place for place in range(len(forms) - 1) if (forms[place], forms[place + 1]) in names]


def _first_of_line(line: tuple[int, int, int]) -> int:
    return line[0]


def _is_ours(note: Note, first: int, last: int, read: list[int]) -> bool:
    """Whether a sentence on a line of its own says what we did or read: no history does."""
    lines = note.words.lines
    if lines[bisect_right(lines, first, key=_first_of_line) - 1][0] != first:
        return False
    opening = note.words.forms[first : min(last, first + _OPENS)]
    return bool(_WE.intersection(opening)) or _any_between(read, first, last)


def _sentences(starts: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    for index in range(bisect_left(starts, first), bisect_left(starts, last)):
        yield starts[index], min(last, starts[index + 1] if index + 1 < len(starts) else last)


def _places(hits: dict[str, list[Hit]], names: tuple[str, ...]) -> list[int]:
    return sorted(hit[0] for name in names for hit in hits.get(name, ()))


def _any_between(places: list[int], first: int, last: int) -> bool:
    index = bisect_left(places, first)
    return index < len(places) and places[index] < last


def _weighs(first: int, last: int, zone: str, weighing: list[int], named: list[int]) -> bool:
    """Whether a sentence opens with a problem and says how it stands, or names one and nothing more."""
    if zone == PAST or not _any_between(named, first, min(first + _OPENS, last)):
        return False
    return _any_between(weighing, first, last) or last - first <= _BARE


def _decides(forms: list[str], first: int, last: int, managed: list[int]) -> bool:
    """Whether a sentence says what is done now: a verb of deciding before a medicine, a test or a next visit."""
    opening = forms[first : first + _OPENS]
    if _RETURNS.intersection(opening[:2]):
        return True
    ordered = _CHANGES.intersection(opening) or _ORDERS.intersection(forms[first:last])
    return (
        bool(ordered) and _any_between(managed, first, last) and not _BEFORE.intersection(forms[first:last])
    )


def _free_lines(note: Note, zones: list[str]) -> None:
    """A line in a history or an examination that opens with a decision is none of it."""
    forms, lines = note.words.forms, note.words.lines
    opened = {section.first for section in note.sections}
    for index, (first, _, _) in enumerate(lines):
        if zones[first] not in {PAST, SEEN, FOUND} or first in opened:
            continue
        last = lines[index + 1][0] if index + 1 < len(lines) else len(forms)
        if _CHANGES.intersection(forms[first : min(first + 3, last)]):
            zones[first:last] = [TOLD] * (last - first)
