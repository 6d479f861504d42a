"""Whose illness it is: of a relative who bears it, or of the patient of whom a relative tells."""

from __future__ import annotations

from cleanclaim.documents.assertion.cues import word_list
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import CLAUSE_BREAK, COLON

_REACH = 16
_REACH_AFTER = 6
_DASHES = frozenset(("-", "--", "–", "—"))
_AMONG = frozenset(("in", "affecting", "among"))
_SURE = frozenset(("who", "whose"))
_SIDES = frozenset(("with", "w"))


def bearer_before(note: Note, low: int, first: int) -> Span | None:
    """The relative who bears the condition at ``first``, where its clause makes one its bearer.

    Looks back to ``low`` at most; the span runs from the relative to the word that makes it the bearer.
    """
    forms = note.words.forms
    relatives, patients, informants = word_list("relatives"), word_list("patient"), word_list("informants")
    for place in range(first - 1, max(low, first - _REACH) - 1, -1):
        form = forms[place]
        if form == CLAUSE_BREAK:
            return None
        if form in relatives:
            bears = _bears(note, place, first)
            if bears is None:
                return None
            return note.words_span(place, bears) if not _tells(note, low, place, bears) else None
        if form in patients and not _possessor(note, place):
            return None
        if form in informants and not _reported_to(note, place):
            return None
    return None


def bearer_after(note: Note, last: int, high: int) -> Span | None:
    """The relative named after a condition as its bearer: "asthma (sister)", "gout in two uncles"."""
    forms = note.words.forms
    if last >= high:
        return None
    relatives, fillers = word_list("relatives"), word_list("fillers")
    gap = note.text[note.words.ends[last - 1] : note.words.starts[last]].strip()
    listed = forms[last] == COLON or gap in _DASHES
    linked = listed or gap == "("
    for place in range(last + (forms[last] == COLON), min(high, last + _REACH_AFTER)):
        form = forms[place]
        if form in relatives:
            if not linked or _goes_on(note, place + 1, high, listed):
                return None
            return note.words_span(place, place + 1)
        if form in _AMONG:
            linked = True
        elif form == CLAUSE_BREAK or (linked and form not in fillers):
            return None
    return None


def _goes_on(note: Note, place: int, high: int, listed: bool) -> bool:
    """Whether what follows a relative makes it no bearer: an owner, one who tells, or a clause of its own."""
    forms = note.words.forms
    if any(form in word_list("informants") for form in forms[place : min(high, place + 3)]):
        return True
    if forms[place : place + 1] == ["s"]:
        return forms[place + 1 : place + 2] != ["side"]
    if not listed or place >= high:
        return False
    following = forms[place]
    ended = note.text[note.words.ends[place - 1] : note.words.starts[place]].strip()
    return not ended and following not in {"and", "at", CLAUSE_BREAK} and not following.isdecimal()


def back_to_patient(note: Note, low: int, first: int) -> bool:
    """Whether the words from ``low`` up to a condition have named the patient as the one who has it."""
    anchors, relatives = word_list("anchors"), word_list("relatives")
    for place in range(first - 1, low - 1, -1):
        if note.words.forms[place] in relatives:
            return False
        if note.words.forms[place] in anchors:
            return not _possessor(note, place)
    return False


def _possessor(note: Note, place: int) -> bool:
    """Whether the word at a place only owns the next: "the patient's mother"."""
    return note.words.forms[place + 1 : place + 2] == ["s"]


def _bears(note: Note, relative: int, first: int) -> int | None:
    """The place after the word that makes a relative the bearer of what follows; None where none does."""
    forms = note.words.forms
    fillers, bearing = word_list("fillers"), word_list("bearing")
    for place in range(relative + 1, first):
        form = forms[place]
        if form == COLON or form in bearing:
            return place + (form != COLON)
        if form not in fillers and form not in word_list("relatives") and not form.isdecimal():
            break
    gap = note.text[note.words.ends[relative] : note.words.starts[relative + 1]].strip()
    if relative + 1 == first and not gap and _opens(note, relative):
        return relative + 1
    return relative + 1 if gap in _DASHES or gap == "(" else None


def _opens(note: Note, relative: int) -> bool:
    """Whether a relative opens an entry of a list: "Family: mother dementia, father COPD"."""
    before = note.text[max(0, note.words.starts[relative] - 2) : note.words.starts[relative]].strip()
    return not before or before in {",", ";", ":", "."}


def _reported_to(note: Note, place: int) -> bool:
    """Whether a word of telling only reports the illness: "was reported to have"."""
    forms = note.words.forms
    return forms[place] in word_list("informants_but") and forms[place + 1 : place + 2] == ["to"]


def _tells(note: Note, low: int, relative: int, bears: int) -> bool:
    """Whether the relative is by the way: "brought by his mother", "lives with her husband"."""
    forms = note.words.forms
    place = relative - 1
    while place >= low and forms[place] in word_list("fillers") and forms[place] not in _SIDES:
        place -= 1
    link = forms[place] if place >= low else ""
    made_by = forms[bears - 1]
    if link in word_list("by_way"):
        return made_by not in _SURE
    if link in word_list("by_side"):
        return made_by not in _SURE | _SIDES
    return False
