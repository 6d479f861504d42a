"""Titles of a list that point back to what was found above: "Nodule as above", "The bleeding and the stripe".

The list shows that it was assessed (Section IV.J); the words it points to say what it is. Which short names stand for
which diseases is a table elsewhere (`short_names`); here a title calls the words of the story themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.picks import NOT_ASSESSED, Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, listed_openings, past_heading
from cleanclaim.coding.worked_out import is_said, mention_of
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.word_forms import stem
from cleanclaim.documents.words import MARKS, word_set

_UNTOLD = word_set("family_history ros instructions allergies immunizations header goals plan")
_TOLD_FIRST = word_set("opening hpi chief_complaint indication")
_POINTING = word_set("the this these those said aforementioned")
_BACK = word_set("above described noted detailed discussed mentioned outlined")
_TO_BACK = word_set("as see described noted detailed discussed mentioned outlined per")
_LINKS = word_set("and plus with")
# Where a title's subject ends and what is said of it begins.
_ENDS = word_set(
    "is are was were has have had remain remains on in of at from for due by that which will would should needs need"
    " may might could can likely probably unlikely not looks seem seems appear appears to as see above no"
)
# What the words of a title do not say of a disease.
_SAY_NOTHING = word_set(
    "as see above described noted detailed discussed mentioned outlined per both other old new known main cm mm x left"
    " right bilateral same whole rest remainder patient pt family plan findings finding result results symptoms symptom"
    " problem problems issue issues disease diseases diagnosis diagnoses labs lab imaging exam history course picture"
    " status condition conditions"
)
# Growths, wounds and the like whose bare name says neither where nor what.
_BARE = word_set(
    "nodule mass lump lesion cyst polyp stone fibroid ulcer wound fracture sprain tear rupture laceration burn hernia"
    " abscess aneurysm stricture fistula clot effusion rash growth tumor mole bunion callus corn wart cataract leak"
    " murmur goiter adenoma hemangioma lymphadenopathy adenopathy infarct bleed hematoma tophus contracture"
)
_MOST_WORDS = 9
_SEQUELAE = word_set("sequela sequelae residual residuals deficit deficits")


def add_pointed_back(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks, with those proposed that a title of the list points back to and names no further."""
    pointers = note.once(_pointers)
    if not pointers:
        return picks
    seen = _seen(picks, candidates)
    waiting = [pick for pick in picks.values() if _may_be_meant(pick)] + list(seen.values())
    if not waiting:
        return picks
    out = dict(picks)
    revived: set[str] = set()
    for first, last, nouns in pointers:
        begin = first
        for noun, place in nouns:
            part, begin = (begin, place + 1), place + 1
            named = [pick for pick in live(out) if pick.code not in revived and _said_in(pick, *part)]
            pick = _called(waiting, {**seen, **out}, noun)
            if pick is None or any(not _generic(note, one, noun) for one in named):
                continue
            if pick.is_symptom() and _explained(note, out, revived, last):
                continue
            out[pick.code] = _called_back(note, pick, place)
            revived.add(pick.code)
            for less in named:
                if less.code != pick.code:
                    out[less.code] = less.drop(guideline("Section I.B.2", f"told above as {pick.code}"))
    return out


def _seen(picks: Picks, candidates: Candidates) -> Picks:
    """What only an examination found: no pick as long as nothing takes it up."""
    found: dict[str, list[Mention]] = {}
    for mention in candidates.diagnoses:
        if mention.section == "exam" and mention.affirmed and mention.term.name not in picks:
            found.setdefault(mention.term.name, []).append(mention)
    reason = guideline("Section IV.J", NOT_ASSESSED)
    return {
        code: Pick(code, tuple(mentions), dropped=reason)
        for code, mentions in found.items()
        if code[0] not in "VWXYZ" and mentions[0].term.source == "lexicon"
    }


def _called_back(note: Note, pick: Pick, place: int) -> Pick:
    reason = guideline("Section IV.J", "the list of problems points back to it")
    told = tuple(m for m in pick.mentions if _is_told(m.section, m.asserted.assertion))
    mentions = (mention_of(note, pick.code, place, place + 1), *told)
    return evolve(pick, mentions=mentions, because=(reason,), dropped=None)


def _explained(note: Note, picks: Picks, revived: set[str], place: int) -> bool:
    """Whether the sentence of a title goes on to name a disease: the complaint it opens with is part of that."""
    sentence = note.sentence_at(place - 1)
    return any(
        pick.code not in revived and not pick.is_symptom() and _said_in(pick, sentence.first, sentence.last)
        for pick in live(picks)
    )


def place_sequelae(note: Note, picks: Picks) -> Picks:
    """The picks, with what a stroke left standing where the list says "sequelae as above" (Section I.C.9.d)."""
    left = [pick for pick in live(picks) if pick.code.startswith("I69") and not pick.diagnostic]
    if not left:
        return picks
    places = [place for _, _, nouns in note.once(_pointers) for noun, place in nouns if noun in _SEQUELAE]
    if not places:
        return picks
    out = dict(picks)
    for pick in left:
        listed = mention_of(note, pick.code, places[0], places[0] + 1)
        out[pick.code] = evolve(pick, mentions=(listed, *pick.mentions))
    return out


def _may_be_meant(pick: Pick) -> bool:
    return (
        pick.unassessed
        and pick.code[0] not in "VWXYZ"
        and any(_is_told(m.section, m.asserted.assertion) for m in pick.mentions)
    )


def _is_told(section: str, assertion: Assertion) -> bool:
    return assertion is Assertion.AFFIRMED and section not in _UNTOLD


def _said_in(pick: Pick, first: int, last: int) -> bool:
    return any(first <= mention.first < last and mention.affirmed for mention in pick.mentions)


def _generic(note: Note, pick: Pick, noun: str) -> bool:
    """Whether a pick of the title stands on nothing but the noun that points back ("the bleeding")."""
    return all(
        [stem(form) for form in note.words.forms[m.first : m.last]] == [noun]
        for m in pick.mentions
        if m.section in DIAGNOSTIC
    )


def _called(waiting: list[Pick], picks: Picks, noun: str) -> Pick | None:
    """The one disease the story names with a word; of several the one told first in the story, else none."""
    found: dict[str, tuple[bool, int]] = {}
    for pick in waiting:
        if picks[pick.code].dropped is None:
            continue
        for mention in pick.mentions:
            if _is_told(mention.section, mention.asserted.assertion) and noun in _stems(mention.span.text):
                found.setdefault(pick.code, (mention.section not in _TOLD_FIRST, mention.first))
    if not found:
        return None
    return picks[min(found, key=lambda code: found[code])]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.strip(",.;:()")) for word in text.lower().replace("-", " ").split())


def _pointers(note: Note) -> tuple[tuple[int, int, tuple[tuple[str, int], ...]], ...]:
    """For each title that points back its words, and the nouns it points with, each with its place."""
    found = []
    for first in _titles(note):
        title = tuple(_title(note, first))
        forms = [note.words.forms[place] for place in title]
        if not title:
            continue
        behind = note.words.forms[title[-1] + 1 : title[-1] + 4]
        back = bool(_BACK.intersection(behind)) and bool(_TO_BACK.intersection(behind[:2]))
        if forms[0] in _POINTING or back or _SEQUELAE.intersection(forms[:2]) or _is_bare_label(note, title):
            nouns = tuple(_nouns(note, title))
            if nouns:
                found.append((title[0], title[-1] + 1, nouns))
        found.extend(_joined_with(note, title))
    return tuple(found)


def _joined_with(
    note: Note, title: tuple[int, ...]
) -> Iterator[tuple[int, int, tuple[tuple[str, int], ...]]]:
    """What a title adds and points back with: "Chronic pansinusitis, both sides, with polyps as above"."""
    forms = note.words.forms
    last = note.sentence_at(title[0]).last
    for place in range(title[-1] + 1, min(last, title[-1] + _MOST_WORDS) - 2):
        if (
            forms[place] in _LINKS
            and forms[place + 2] in _TO_BACK
            and _BACK.intersection(forms[place + 3 : place + 4])
        ):
            yield place + 1, place + 2, ((stem(forms[place + 1]), place + 1),)


def _is_bare_label(note: Note, title: tuple[int, ...]) -> bool:
    """Whether a title is the bare name of a growth or a wound, which says neither where nor what ("Nodule: stable")."""
    words, place = note.words, title[-1]
    if len(title) != 1 or stem(words.forms[place]) not in _BARE or place + 1 >= len(words.forms):
        return False
    gap = note.text[words.ends[place] : words.starts[place + 1]]
    after = words.forms[place + 1]
    return (after in MARKS or any(sign in gap for sign in ",(-–—:\n")) and is_said(note, place, place + 1)


def _nouns(note: Note, title: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """The last telling word of each part of a title that "and" joins."""
    forms = note.words.forms
    noun: tuple[str, int] | None = None
    for place in title:
        form = forms[place]
        if form in _LINKS:
            if noun:
                yield noun
            noun = None
        elif form.isalpha() and len(form) > 2 and form not in _SAY_NOTHING and form not in _POINTING:
            noun = (stem(form), place)
    if noun:
        yield noun


def _title(note: Note, first: int) -> Iterator[int]:
    """The places of the words of a title's subject: to the first mark, comma, dash, bracket or verb."""
    words = note.words
    for place in range(first, min(first + _MOST_WORDS, len(words.forms))):
        form = words.forms[place]
        if form in MARKS or form in _ENDS:
            return
        if place > first:
            gap = note.text[words.ends[place - 1] : words.starts[place]]
            if any(sign in gap for sign in ",;:()\n") or " - " in gap or "–" in gap or "—" in gap:
                return
        yield place


def _titles(note: Note) -> list[int]:
    """The first word of each line and entry of the diagnosis lists, past its number."""
    forms = note.words.forms
    numbered = {item.first for item in note.items if item.number is not None}
    found = set()
    for first in listed_openings(note):
        place = past_heading(note, first)
        while place < len(forms) and (forms[place] in MARKS or place in numbered):
            place += 1
        if place < len(forms) and note.section_at(place).kind in DIAGNOSTIC:
            found.add(place)
    return sorted(found)
