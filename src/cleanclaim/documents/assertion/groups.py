"""What a group of cues asks for: to open its clause, to tell a time, to be linked, to stand beside."""

from __future__ import annotations

from itertools import pairwise

from cleanclaim.documents.assertion.cues import word_list
from cleanclaim.documents.assertion.near import JOINTS, Hit, Surroundings
from cleanclaim.documents.words import COLON, MARKS

_ONSET_BEFORE = 8
_LINK_WITHIN = 5
_URGING = frozenset(("to", "please", "must"))
_TIMES_OF_ADVICE = frozenset(("in", "visit"))


def fits_group(near: Surroundings, hit: Hit, between: list[str]) -> bool:
    cue = hit.cue
    if cue.through is not None and not _passes(near, hit, cue.through, between):
        return False
    if cue.unless is not None and not cue.unless.isdisjoint(near.forms[near.first : near.last]):
        return False
    if (cue.opens and not opens_clause(near, hit)) or (cue.closes and not ends_clause(near, hit)):
        return False
    if cue.needs is not None and cue.needs.isdisjoint(near.forms[near.low : hit.first]):
        return False
    if cue.when and _tells_onset(near, hit):
        return False
    return cue.gap is None or _is_linked(near, hit, cue.gap, between)


def _passes(near: Surroundings, hit: Hit, through: frozenset[str], between: list[str]) -> bool:
    """Whether only words of a list stand between cue and mention, or a row of items: "not dizzy, weak, or faint"."""
    if all(form in through or form == COLON for form in between):
        return True
    if hit.cue.backward:
        return False
    commas = near.commas(hit.last + 1, near.first)
    rest = near.forms[commas[-1] if commas else near.first : near.first]
    row = near.forms[hit.last : min(near.high, near.last + 3)]
    return bool(commas) and all(form in through for form in rest) and not {"or", "nor"}.isdisjoint(row)


def opens_clause(near: Surroundings, hit: Hit) -> bool:
    if hit.first == near.low:
        return near.note.sentence_at(near.first).first == near.low
    before = near.forms[hit.first - 1]
    return before in MARKS or before in JOINTS or before in _URGING or bool(near.commas(hit.first, hit.first))


def ends_clause(near: Surroundings, hit: Hit) -> bool:
    forms = near.forms
    if hit.last >= len(forms) or forms[hit.last] in MARKS or near.commas(hit.last, hit.last):
        return True
    return near.note.text.startswith(")", near.note.words.ends[hit.last - 1])


def _tells_onset(near: Surroundings, hit: Hit) -> bool:
    """Whether a time is when an illness or its treatment began, not when it was over."""
    low, high = (near.last, hit.first) if hit.cue.backward else (hit.last, near.first)
    if not word_list("onset").isdisjoint(near.forms[low:high]):
        return True
    if _goes_on(near):
        return True
    begun = near.forms[max(near.low, near.first - _ONSET_BEFORE) : near.first]
    return not word_list("started").isdisjoint(begun)


def _goes_on(near: Surroundings) -> bool:
    """Whether the words after a mention say that it lasts: "still", "now on insulin"."""
    after = near.forms[near.last : near.high]
    if not word_list("goes_on").isdisjoint(after):
        return True
    now, by = word_list("goes_on_now"), word_list("goes_on_by")
    return any(one in now and other in by for one, other in pairwise(after))


def _is_linked(near: Surroundings, hit: Hit, links: frozenset[str], between: list[str]) -> bool:
    """Whether a linking word follows soon: "return promptly with"; not "returns with", nor "return in 3 months"."""
    end = near.note.words.ends[hit.first]
    if hit.cue.opens and near.note.text[end - 1] in {"s", "S"} and not near.forms[hit.first].endswith("s"):
        return False
    for form in between[:_LINK_WITHIN]:
        if form in links:
            return True
        if form in _TIMES_OF_ADVICE:
            return False
    return False
