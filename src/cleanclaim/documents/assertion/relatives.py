"""Whose illness it is: of a relative who bears it, or of the patient of whom a relative tells."""

from __future__ import annotations

from itertools import pairwise

from cleanclaim.documents.assertion.cues import classed, word_list
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import CLAUSE_BREAK, COLON, word_set

_REACH = 16
_REACH_AFTER = 6
_DASHES = frozenset(("-", "--", "–", "—"))
_AMONG = frozenset(("in", "affecting", "among"))
_OWNING = frozenset(("patient", "pt", "s"))
_SURE = frozenset(("who", "whose"))
_SIDES = frozenset(("with", "w"))
_OWN = frozenset(("herself", "himself", "own"))
_FAR_OWN = 8
_OTHERS = frozenset(("one", "another", "both", "other", "third", "two"))
_NEW_CLAUSE = 4
_SHE = frozenset(("she", "her"))
# Short words for relatives as they are written, since "gm" is gram and "mo" month.
_SHORT = {"gm": "GM", "gf": "GF", "mo": "Mo", "fa": "Fa", "br": "Br", "si": "Si", "m": "M", "f": "F"}
_GRAND = frozenset(("gm", "gf"))
_PARENTS = frozenset(("m", "f"))
_MARKED = frozenset(":-–—=(")
_AGED = frozenset(("old", "yo", "o", "yof", "yom"))
_AGE_REACH = 7
_BEFORE_TRADE = word_set(
    "retired school kindergarten elementary substitute working single stay at home female male"
)
_BEFORE_AGE = word_set("this is a an the healthy pleasant new")
_GONE = frozenset(("died", "passed", "deceased", "lost"))


def bearer_before(note: Note, low: int, first: int) -> Span | None:
    """The relative who bears the condition at ``first``, where its clause makes one its bearer.

    Looks back to ``low`` at most; the span runs from the relative to the word that makes it the bearer.
    """
    forms = note.words.forms
    patients, informants = word_list("patient"), word_list("informants")
    for place in range(first - 1, max(low, first - _REACH) - 1, -1):
        form = forms[place]
        if form == CLAUSE_BREAK and not _of_the_others(forms[place + 1 : min(first, place + _NEW_CLAUSE)]):
            return None
        if _is_relative(note, place):
            return _borne_by(note, low, place, first)
        if form in _OWN and (own := _own_of_relative(note, low, place)) is not None:
            return note.words_span(own, place + 1)
        if form in patients and not _possessor(note, place):
            return None
        if form in informants and not _reported_to(note, place):
            return None
    return None


def _borne_by(note: Note, low: int, relative: int, first: int) -> Span | None:
    if _gapped(note, low, relative, first):
        return note.words_span(relative, relative + 1)
    bears = _bears(note, relative, first)
    if bears is None or _back_after(note, bears, first) or _tells(note, low, relative, bears):
        return None
    return note.words_span(relative, bears)


def _gapped(note: Note, low: int, relative: int, first: int) -> bool:
    """Whether the verb is left out after a second relative: "her sister has lupus and her brother diabetes"."""
    if first != relative + 1 or "and" not in note.words.forms[max(low, relative - 2) : relative]:
        return False
    before = range(max(low, relative - _REACH), relative - 1)
    return any(_is_relative(note, at) for at in before)


def _of_the_others(opening: list[str]) -> bool:
    """Whether a clause goes on about relatives: "two brothers are diabetic; one also has kidney failure"."""
    return not _OTHERS.isdisjoint(opening[:2]) and not word_list("bearing").isdisjoint(opening)


def _own_of_relative(note: Note, low: int, place: int) -> int | None:
    """The relative who tells of an illness of its own: "mother reports that she herself had"."""
    forms = note.words.forms
    she = forms[place - 1] in _SHE
    for back in range(place - 2, max(low, place - _FAR_OWN) - 1, -1):
        if forms[back] in word_list("anchors") or forms[back] == CLAUSE_BREAK:
            return None
        if forms[back] in word_list("relatives"):
            return back if she == (forms[back] in word_list("women")) and not _possessor(note, back) else None
    return None


def _back_after(note: Note, bears: int, first: int) -> bool:
    """Whether the patient comes back between a relative and a condition: "her mother died and her depression"."""
    between = note.words.forms[bears:first]
    if any(form in word_list("young") and before != "s" for before, form in pairwise(["", *between])):
        return True
    gone = note.words.forms[bears - 1] in _GONE
    return gone and any(one == "and" and other in word_list("owners") for one, other in pairwise(between))


def _is_relative(note: Note, place: int) -> bool:
    form = note.words.forms[place]
    if form in word_list("relatives") or _is_short_for_relative(note, place):
        return not _is_the_patient(note, place)
    return form in word_list("owned") and not word_list("owning").isdisjoint(
        note.words.forms[max(0, place - 2) : place]
    )


def _is_the_patient(note: Note, place: int) -> bool:
    """Whether an age and what stands before it call the patient so: "34-year-old teacher", "this 40 yo mother"."""
    forms = note.words.forms
    low = max(0, place - _AGE_REACH)
    aged = next((at for at in range(place - 1, low, -1) if forms[at] in _AGED), None)
    if aged is None or not all(form in _BEFORE_TRADE for form in forms[aged + 1 : place]):
        return False
    if forms[place] in word_list("trades"):
        return True
    number = next((at for at in range(aged, low, -1) if forms[at].isdecimal()), None)
    if number is None:
        return False
    sentence = note.sentence_at(number).first
    return set(forms[sentence:number]) <= _BEFORE_AGE


def _is_short_for_relative(note: Note, place: int) -> bool:
    """Whether a short word names a relative: "Pat GM -", "Mo: HTN"; not "1 gm", nor "3 mo"."""
    form = note.words.forms[place]
    written = _SHORT.get(form)
    if written is None or not note.text.startswith(written, note.words.starts[place]):
        return False
    after = note.text[note.words.ends[place] : note.words.ends[place] + 2].strip()[:1]
    if form in _PARENTS:
        return bool(after) and after in _MARKED and _other_parent(note, place)
    if place and note.words.forms[place - 1].isdecimal():
        return False
    return form in _GRAND or (bool(after) and after in _MARKED) or _opens(note, place)


def _other_parent(note: Note, place: int) -> bool:
    """Whether both parents are told of in letters: "M - HTN; F - CAD"."""
    forms = note.words.forms
    other = "f" if forms[place] == "m" else "m"
    near = range(max(0, place - _REACH), min(len(forms), place + _REACH))
    return any(
        forms[at] == other and note.text[note.words.ends[at] : note.words.ends[at] + 2].strip()[:1] in _MARKED
        for at in near
    )


def bearer_after(note: Note, last: int, high: int) -> Span | None:
    """The relative named after a condition as its bearer: "asthma (sister)", "gout in two uncles"."""
    forms = note.words.forms
    if last >= high:
        return None
    fillers = word_list("fillers")
    gap = note.text[note.words.ends[last - 1] : note.words.starts[last]].strip()
    listed = forms[last] == COLON or gap in _DASHES
    linked = listed or gap == "("
    for place in range(last + (forms[last] == COLON), min(high, last + _REACH_AFTER)):
        form = forms[place]
        if _is_relative(note, place):
            if not linked or _goes_on(note, place + 1, high, listed):
                return None
            return note.words_span(place, place + 1)
        if form in _AMONG:
            linked = True
        elif form == CLAUSE_BREAK or (linked and form not in fillers and form not in _OWNING):
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
    else:
        if relative + 1 < first and _opens(note, relative):
            return relative + 1
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


def _is_parent_of(words: list[str]) -> bool:
    """Whether the patient is the parent: "mother of three with anemia"."""
    return words[1:2] == ["of"] and (
        words[2:3] == ["twin"] or words[2:3] == ["a"] or classed(words[2:3]) == ["<n>"]
    )


def _child_of(before: list[str]) -> bool:
    """Whether the patient is the child: "infant of a diabetic mother"."""
    return any(one in word_list("young") and other == "of" for one, other in pairwise(before))


def _tells(note: Note, low: int, relative: int, bears: int) -> bool:
    """Whether the relative is by the way: "brought by his mother", "lives with her husband"."""
    forms = note.words.forms
    place = relative - 1
    while place >= low and forms[place] in word_list("fillers") and forms[place] not in _SIDES:
        place -= 1
    link = forms[place] if place >= low else ""
    made_by = forms[bears - 1]
    if link in word_list("exposing_links") and not word_list("exposing").isdisjoint(
        forms[max(low, place - 2) : place]
    ):
        return False
    if _is_parent_of(forms[relative : relative + 3]) or _child_of(forms[max(low, relative - 4) : relative]):
        return True
    if link in word_list("by_way"):
        return made_by not in _SURE
    if link in word_list("by_side"):
        return made_by not in _SURE | _SIDES
    return False
