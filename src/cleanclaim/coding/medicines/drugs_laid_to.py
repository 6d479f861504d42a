"""A disease laid to a drug in one breath: the drug rightly taken is coded beside it (Section I.C.19.e.5.a).

"Cough due to lisinopril", "bleeding from warfarin", "chemo-induced neutropenia"; and diseases whose very code says
that a drug brought them.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.medicines.drug_groups import drug_code, drugs_in
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import (
    add_pick,
    body_sentences,
    is_said,
    is_secondary_to,
    mention_of,
    problem_stretches,
)
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, MARKS, word_set

_LINKS = (
    *(("due", "to"), ("secondary", "to"), ("2", "2"), ("caused", "by"), ("induced", "by"), ("related", "to")),
    *(("because", "of"), ("attributed", "to"), ("effect", "of"), ("reaction", "to"), ("after", "starting")),
    *(
        ("provoked", "by"),
        ("brought", "on", "by"),
        ("triggered", "by"),
        ("precipitated", "by"),
        ("laid", "to"),
    ),
    *(
        ("blamed", "on"),
        ("ascribed", "to"),
        ("owing", "to"),
        ("thanks", "to"),
        ("consequence", "of"),
        ("result", "of"),
    ),
)
_HEADED = frozenset(
    (("cause", COLON), ("culprit", COLON), ("offender", COLON), ("offending", "drug"), ("culprit", "drug"))
)
_CLOSE_LINKS = word_set("from on after")
# "Bleeding from warfarin" tells harm; "on" does so of bleeding and of blood that is too thin only.
_ON = ("D68.32", "R79.1", "R04", "K92", "I60", "I61", "I62", "R31", "N93", "R58")
# "(c) both provoked by her pill": what the lines above name.
_ANAPHORS = word_set("both it this these all")
_MOVED = word_set("switched changed transitioned away weaned converted moved bridged tapered different")
# What nobody prescribes is not rightly taken: harm by it is a poisoning (Section I.C.19.e.5.b).
_OF_THE_STREET = ("T40.1", "T40.5", "T40.7", "T40.8", "T40.9", "T43.62", "T43.64", "T43.65", "T51")
_FOLLOWERS = word_set("induced related associated")
_QUALIFIED = 10
_FILLERS = word_set(
    "chronic long term use of the same her his recent daily taking therapy high dose oral iv new prior induction"
    " consolidation salvage adjuvant neoadjuvant palliative last first second"
)
_NO_HARM = word_set(
    "overdose poisoning ingestion noncompliance nonadherence underdosing accidental intentional withdrawal abuse"
    " dependence disorder allergy allergic"
)
_NO_DRUG = word_set("deficiency deficient resistance resistant dependence overload level")
_STORY = word_set("opening hpi chief_complaint")
_NONE_OF_A_DRUG = ("Z", "T", "F1", "D84.821", "V", "W", "X", "Y")


def add_drugs_laid_to(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with each drug that a diagnosis line lays a disease to, or that a disease's code asks for."""
    out = dict(picks)
    harmed = [pick for pick in live(out) if not begins_with(pick.code, _NONE_OF_A_DRUG)]
    if not harmed:
        return picks
    forms = note.words.forms
    places = [(m.first, m.last, pick.code) for pick in harmed for m in pick.mentions]
    for first, last in problem_stretches(note):
        drugs = drugs_in(forms, first, last)
        if not drugs or _NO_HARM.intersection(forms[first:last]):
            continue
        for begin, end, stem in drugs:
            if (
                not stem.startswith(_OF_THE_STREET)
                and _did_harm(note, begin, end, first, places)
                and is_said(note, begin, end)
            ):
                _add(note, out, drug_code(stem, "5"), begin, end, book, on)
    _add_of_story(note, out, harmed, book, on)
    return _asked_for(note, out, harmed)


def _add_of_story(note: Note, picks: Picks, harmed: list[Pick], book: CodeBook, on: dt.date) -> None:
    """A drug to which the story lays, in the same words, what the list takes up ("Hot flushes from tamoxifen")."""
    forms = note.words.forms
    names = [
        (tuple(forms[mention.first : mention.last]), pick.code)
        for pick in harmed
        if pick.diagnostic
        for mention in pick.mentions
        if mention.last > mention.first
    ]
    for first, last in body_sentences(note):
        if note.section_at(first).kind not in _STORY or _NO_HARM.intersection(forms[first:last]):
            continue
        for begin, end, stem in drugs_in(forms, first, last):
            named = _laid_to(note, first, begin)
            if named is None or stem.startswith(_OF_THE_STREET) or not is_said(note, begin, end):
                continue
            for name, code in names:
                if tuple(forms[max(first, named - len(name)) : named]) == name:
                    _add(note, picks, drug_code(stem, "5"), begin, end, book, on)
                    told = mention_of(note, code, named - len(name), named)
                    picks[code] = evolve(picks[code], mentions=(*picks[code].mentions, told))


def _laid_to(note: Note, first: int, begin: int) -> int | None:
    """Where the words before a drug end that are laid to it, or None where no link leads to it."""
    forms = note.words.forms
    place = begin
    while place > first and forms[place - 1] in _FILLERS:
        place -= 1
    if forms[max(first, place - 1) : place] == ["from"]:
        return place - 1
    return next((place - len(link) for link in _LINKS if _leads(note, link, first, place)), None)


def _leads(note: Note, link: tuple[str, ...], first: int, place: int) -> bool:
    """Whether a link ends before a place."""
    at = place - len(link)
    return at >= first and tuple(note.words.forms[at:place]) == link and is_secondary_to(note, link, at)


def _did_harm(note: Note, begin: int, end: int, first: int, places: list[tuple[int, int, str]]) -> bool:
    """Whether words lay a disease to a drug; ``places`` are the diseases' first and last words and codes."""
    forms = note.words.forms
    if _NO_DRUG.intersection(forms[end : end + 1]):
        return False
    if forms[end : end + 1] and forms[end] in _FOLLOWERS:
        return any(begin - 4 <= one <= end + 4 or one <= begin < last for one, last, _ in places)
    place = begin
    while place > first and forms[place - 1] in _FILLERS:
        place -= 1
    if tuple(forms[max(0, place - 2) : place]) in _HEADED:
        # "Bleeding ulcer. Cause: ibuprofen": the disease stands in the sentence before.
        return any(place - _QUALIFIED <= one < place for one, _, _ in places)
    for link in _LINKS:
        if _leads(note, link, first, place):
            at = place - len(link)
            if _ANAPHORS.intersection(forms[first : min(at, first + 3)]):
                return True
            return any(first <= one < at and not MARKS & set(forms[one:at]) for one, _, _ in places)
    at = place - 1
    if at > first and forms[at] in _CLOSE_LINKS:
        near = [code for one, last, code in places if one < at and at - 1 <= last <= at + 1]
        if forms[at] == "from" and not near and not _MOVED.intersection(forms[at - 1 : at]):
            near = [
                code
                for one, _, code in places
                if at - _QUALIFIED <= one < at and not MARKS & set(forms[one:at])
            ]
        return any(forms[at] == "from" or begins_with(code, _ON) for code in near)
    return False


def _add(note: Note, picks: Picks, code: str, begin: int, end: int, book: CodeBook, on: dt.date) -> None:
    known = picks.get(code)
    if known is not None and known.dropped is None:
        told = mention_of(note, code, begin, end)
        picks[code] = evolve(known, mentions=(*known.mentions, told))
        return
    entry = billable_entry(book, code, on)
    if entry is None or any(pick.code[:6] == code[:6] for pick in live(picks)):
        return
    reason = guideline("Section I.C.19.e.5.a", "a drug rightly taken that did harm")
    add_pick(picks, code, mention_of(note, code, begin, end), reason)


def _asked_for(note: Note, picks: Picks, harmed: list[Pick]) -> Picks:
    """The drug behind a code that says a drug brought it, where its own words do not name another."""
    table = families()["asks_for_drug"]
    for pick in harmed:
        row = table.get(pick.code)
        if row is None or not pick.mentions or any(one.code.startswith(row["unless"]) for one in live(picks)):
            continue
        words = set(row.get("words", ()))
        if words and not words.intersection(note.words.forms):
            continue
        mention = pick.mentions[0]
        reason = guideline("Section I.C.19.e.5.a", "the drug that the code asks for", ("disease", pick.code))
        add_pick(picks, row["give"], mention_of(note, row["give"], mention.first, mention.last), reason)
    return picks
