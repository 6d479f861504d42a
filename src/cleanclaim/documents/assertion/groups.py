"""What a group of cues asks for: to open its clause, to tell a time, to be linked, to stand beside."""

from __future__ import annotations

import re
from itertools import pairwise

from cleanclaim.documents.assertion.cues import Assertion, word_list
from cleanclaim.documents.assertion.near import JOINTS, Hit, Surroundings
from cleanclaim.documents.words import COLON, MARKS

_ONSET_BEFORE = 8
_LINK_WITHIN = 5
_ADVISED = frozenset(("return", "call", "contact", "phone", "seek", "dial", "notify", "report", "come", "go"))
_NAMED_AFTER_COLON = frozenset(
    ("screening", "screen", "side", "adverse", "risk", "complication", "benefit", "r", "rba")
)
_TAKES = frozenset(("take", "use"))
_COMPARED = re.compile(r"\s?[<>≥≤]")
_BEFORE_TOO = frozenset(("taught", "earlier_pregnancy"))
_URGING = frozenset(("to", "please", "must"))
_TIMES_OF_ADVICE = frozenset(("in", "visit", "today"))


def fits_group(near: Surroundings, hit: Hit, between: list[str]) -> bool:
    cue = hit.cue
    if cue.through is not None and not _passes(near, hit, cue.through, between):
        return False
    mentioned = near.forms[near.first : near.last]
    if cue.unless is not None and holds_one(mentioned, cue.unless):
        return False
    if cue.only is not None and cue.only.isdisjoint(mentioned):
        return False
    if (cue.opens and not opens_clause(near, hit)) or (cue.closes and not ends_clause(near, hit)):
        return False
    if cue.sign is not None and not _has_sign(near, cue.sign):
        return False
    if cue.without is not None and _says_one(near, hit, cue.without):
        return False
    if cue.needs is not None and cue.needs.isdisjoint(near.forms[near.low : hit.first]):
        return False
    if cue.when and _tells_onset(near, hit):
        return False
    if cue.assertion is Assertion.HYPOTHETICAL and _told_in_person(near, hit):
        return False
    return cue.gap is None or _is_linked(near, hit, cue.gap, between)


def holds_one(mentioned: list[str], lasting: frozenset[str]) -> bool:
    """Whether a condition is one that lasts; "gestational diabetes" and "C. difficile colitis" pass."""
    return not lasting.isdisjoint(mentioned) and word_list("passing").isdisjoint(mentioned)


def _has_sign(near: Surroundings, kind: str) -> bool:
    if kind == "threshold" and _COMPARED.match(near.note.text, near.note.words.ends[near.last - 1]):
        return True
    signs = near.signs_of(kind)
    if kind == "or":
        return any(sign.first == near.last or sign.last in {near.first, near.first - 1} for sign in signs)
    return any(kind in _BEFORE_TOO or sign.first >= near.last for sign in signs)


def _says_one(near: Surroundings, hit: Hit, words: frozenset[str]) -> bool:
    """Whether one of the words stands before a cue; "takes" is told and "take" is an order."""
    written = near.note.text
    for place in range(near.low, hit.first):
        form = near.forms[place]
        if form in words:
            return True
        if form in _TAKES and written[near.note.words.ends[place] - 1] in "sS":
            return True
    return False


def _told_in_person(near: Surroundings, hit: Hit) -> bool:
    """Whether a verb of advice is told of the patient: "returns for recurrent otitis"."""
    end = near.note.words.ends[hit.first]
    return near.forms[hit.first] in _ADVISED and near.note.text[end - 1] in "sS"


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
    if goes_on(near):
        return True
    begun = near.forms[max(near.low, near.first - _ONSET_BEFORE) : near.first]
    if not word_list("started").isdisjoint(begun):
        return True
    lasting = holds_one(near.forms[near.first : near.last], word_list("enduring"))
    return lasting and not word_list("onset").isdisjoint(begun)


def goes_on(near: Surroundings) -> bool:
    """Whether the words after a mention say that it lasts: "still", "now on insulin"."""
    after = near.forms[near.last : near.high]
    if not word_list("goes_on").isdisjoint(after):
        return True
    now, by = word_list("goes_on_now"), word_list("goes_on_by")
    return any(
        one in now and other in by and after[place + 2 : place + 3] != ["normal"]
        for place, (one, other) in enumerate(pairwise(after))
    )


def _after(near: Surroundings, hit: Hit) -> str:
    end = near.note.words.ends[hit.last - 1]
    return near.note.text[end : end + 2].strip()


def _is_linked(near: Surroundings, hit: Hit, links: frozenset[str], between: list[str]) -> bool:
    """Whether a linking word follows soon: "return promptly with"; not "returns with", nor "return in 3 months"."""
    if not hit.cue.opens and _after(near, hit).startswith("("):
        return True
    for form in between[: _LINK_WITHIN if hit.cue.opens else None]:
        if form in links or (form == COLON and near.forms[hit.first] in _NAMED_AFTER_COLON):
            return True
        if form in _TIMES_OF_ADVICE:
            return False
    return False
