"""The refiner: from what is written to the code the tabular list and the guidelines call for."""

from __future__ import annotations

import datetime as dt
import re

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.pregnancy import trimester_words, weeks_of_gestation
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.combining import beside
from cleanclaim.coding.injuries.fractures import FRACTURES
from cleanclaim.coding.leaves import SIDES, affirmed_words, resolve
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, merged
from cleanclaim.coding.placing import put_off
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK, phrase, word_set

_SYSTEM = "ICD-10-CM"
_WINDOW = 9
_OTHER_SIDES = {"both": "bilateral", "ou": "bilateral", "od": "right", "os": "left", "au": "bilateral"}
_SHORT_SIDES = {"l": "left", "lt": "left", "r": "right", "rt": "right"}
_OTHER_SIDES |= dict.fromkeys(("bilat", "bilaterally", "ous"), "bilateral")
# Words that stand for several: quarters of the eyelids (and lobes), new vessels of the choroid.
_IN_FULL = {
    "rul": ("right", "upper"),
    "rll": ("right", "lower"),
    "lul": ("left", "upper"),
    "lll": ("left", "lower"),
    "geographic": ("advanced", "atrophic"),
    "foveal": ("subfoveal", "involvement"),
    "fovea": ("subfoveal", "involvement"),
    "cnv": ("choroidal", "neovascularization"),
    "cnvm": ("choroidal", "neovascularization"),
}
_EYES = frozenset(("od", "os", "ou"))
_PAIRED = word_set("knee hip ankle shoulder wrist elbow ear eye finger foot hand")
_HEALING = (("nonunion", "K"), ("malunion", "P"), ("delayed_healing", "G"), ("fracture_follow_up", "D"))
_SIDE_SECTIONS = word_set(
    "opening study procedure indication postop_dx preop_dx chief_complaint hpi exam findings header"
)
_EPISODES = {
    "A": "active treatment",
    "D": "follow-up of a healing injury",
    "S": "a late effect",
    "G": "delayed healing",
    "K": "nonunion",
    "P": "malunion",
}
_NOT_OF_THIS_VISIT = word_set("instructions plan assessment_plan family_history disposition")
_LOOKED_AT = word_set("exam results vitals ed_course procedure")
_MEASURED = word_set("nv neurovascular neuro vascular bp vitals pulse temp spo2 glucose lab labs")
# What a medicine does while it is treated is active, though the visit calls itself a follow-up (Section I.C.19.a).
_ADVERSE = re.compile(r"T(?:3[6-9]|4[0-9]|50)\.[0-9A-Z]{2}5A")
_EPISODE_CHAPTERS = (
    "S",
    "T",
    "V",
    "W",
    "X",
    "Y",
    "M80",
    "M84.3",
    "M84.4",
    "M84.5",
    "M84.6",
    "M48.4",
    "M48.5",
)
# "Second twin breech" counts children and no trimesters.
_ORDINALS = word_set("first second third")
_OF_TWINS = word_set("twin twins triplet triplets")
# A stay for rehabilitation follows an injury that heals; any other stay treats it (Section I.C.19.a).
_REHABILITATION = word_set("rehabilitation rehab irf subacute ltach swing")
_TITLE = 60


def refine_codes(
    note: Note, picks: Picks, candidates: Candidates, setting: Setting, book: CodeBook, on: dt.date
) -> Picks:
    """Each code made exact: header to leaf, side, seventh character."""
    episode = _episode(note, candidates, setting)
    refined: Picks = {}
    for pick in picks.values():
        if pick.dropped is None:
            pick = exact_code(note, pick, book, on)
            pick = _with_episode(pick, _of_bone(note, pick, candidates) or episode, book, on)
        known = refined.get(pick.code)
        refined[pick.code] = merged(known, pick) if known else pick
    return refined


def exact_code(note: Note, pick: Pick, book: CodeBook, on: dt.date) -> Pick:
    """A pick at the full number of characters that the words around its mentions call for (Section I.B.2)."""
    entry = book.find(_SYSTEM, pick.code, on)
    if entry is None or not entry.valid:
        return pick.drop(guideline("Section I.B.2", "the code is not in the set on the date of service"))
    if entry.billable and "header" not in pick.flags and not _open(entry.title):
        return pick
    context = _context(note, pick.mentions) | _trimester(note, surely=pick.code.startswith("O"))
    stated = SIDES.intersection(phrase(entry.title))
    context = (context - SIDES) | stated if stated else context
    code = resolve(book, pick.code, context, on)
    if code is None:
        text = "no code at the full number of characters fits the words; a coder must choose"
        return pick.drop(guideline("Section I.B.2", text))
    if code == pick.code:
        return pick
    sides = ", ".join(sorted(context & SIDES))
    reason = guideline(
        "Section I.B.13" if sides else "Section I.B.2",
        f"made exact from {pick.code} by the words around it",
        ("side", sides or "not stated"),
    )
    return evolve(pick, code=code, inferred=True).explain(reason)


def _open(title: str) -> bool:
    """Whether a title leaves a side, a severity or a stage open that the words around may state."""
    lowered = title.lower()
    return (
        "unspecified severity" in lowered
        or "stage unspecified" in lowered
        or lowered.endswith(", unspecified")
        or _side_open(title)
    )


def _side_open(title: str) -> bool:
    """Whether a title leaves the side of a paired part open; "unspecified open wound of left finger" does not."""
    words = title.lower().replace(",", " ").split()
    if SIDES.intersection(words):
        return False
    return "unspecified" in words and bool(_PAIRED.intersection(words))


def _context(note: Note, mentions: tuple[Mention, ...]) -> frozenset[str]:
    """The words near the mentions, and the side where the note as a whole names only one."""
    near: set[str] = set()
    commas = note.once(_places_of_commas)
    for mention in mentions[:10]:
        sentence = note.sentence_at(mention.first)
        # The number of a list is no word of a title.
        listed = (
            note.words.forms[sentence.first : sentence.first + 1] != []
            and note.words.forms[sentence.first].isdecimal()
        )
        low = max(sentence.first + listed, mention.first - _WINDOW)
        forms = note.words.forms[low : min(sentence.last, mention.last + _WINDOW)]
        own = _own_clause(forms, mention.first - low, commas, low)
        near.update(affirmed_words(own, commas, low))
        if not _EYES.intersection(own):
            near.update(SIDES.intersection(forms))
    if "trimester" not in near:
        near -= _ORDINALS if near & _OF_TWINS else set()
    near.update(side for word, side in _OTHER_SIDES.items() if word in near)
    if not near & SIDES and mentions and _SHORT_SIDES.keys() & near:
        near.update(_nearest_side(note, mentions[0]))
    near.update(full for word, words in _IN_FULL.items() if word in near for full in words)
    if {"left", "right"} <= near and mentions and _compares_sides(note, mentions[0]):
        near -= {"left", "right"}
        near.add("bilateral")
    if {"left", "right"} <= near or not near & SIDES:
        sides = near & SIDES if near & SIDES else note.once(_sides_of_note)
        if len(sides) == 2 and mentions:
            sides = _nearest_side(note, mentions[0])
        near = (near - SIDES) | sides
    return frozenset(near)


def _compares_sides(note: Note, mention: Mention) -> bool:
    """Whether one side is called worse than the other by a sign ("cataract OD > OS"): both have it."""
    sentence = note.sentence_at(mention.first)
    end = min(sentence.last, mention.last + _WINDOW) - 1
    return ">" in note.text[mention.span.start : note.words.ends[max(end, mention.first)]]


def _own_clause(forms: list[str], place: int, commas: frozenset[int], low: int) -> list[str]:
    """The words of a stretch with those of its other clauses ("left otitis media; right effusion") put out.

    A comma parts clauses where either has an eye of its own ("dry AMD OD, wet AMD OS").
    """
    marks = [at for at, form in enumerate(forms) if form == CLAUSE_BREAK]
    if len(_EYES.intersection(forms)) > 1:
        cuts = [at for at in range(len(forms)) if at + low in commas]
        marks += [at for at in cuts if _EYES.intersection(forms[:at]) and _EYES.intersection(forms[at:])]
    first = max((at + (forms[at] == CLAUSE_BREAK) for at in marks if at <= place), default=0)
    last = min((at for at in marks if at > place), default=len(forms))
    return [form if first <= at < last else CLAUSE_BREAK for at, form in enumerate(forms)]


def _places_of_commas(note: Note) -> frozenset[int]:
    return frozenset(note.words.commas) if len(note.words.commas) < 5000 else frozenset()


def _nearest_side(note: Note, mention: Mention) -> set[str]:
    forms = note.words.forms
    for place in range(mention.first, mention.last):
        if side := _side_at(forms, place):
            return {side}
    commas = note.once(_places_of_commas)
    for within in (True, False):
        for distance in range(1, _WINDOW + 1):
            for place in (mention.first - distance, mention.last + distance - 1):
                low, high = (place + 1, mention.first) if place < mention.first else (mention.last, place)
                parted = within and any(at in commas for at in range(low, high + 1))
                if 0 <= place < len(forms) and not parted and (side := _side_at(forms, place)):
                    return {side}
    return set()


def _side_at(forms: list[str], place: int) -> str:
    """The side a word names; a lone letter or "Rt" is one too, where "o" does not follow ("R/O")."""
    form = forms[place]
    lone = _SHORT_SIDES.get(form, "") if forms[place + 1 : place + 2] != ["o"] else ""
    return form if form in SIDES else lone


def _sides_of_note(note: Note) -> set[str]:
    found: set[str] = set()
    for section in note.sections:
        if section.kind in _SIDE_SECTIONS:
            last = min(section.last, section.first + 600)
            forms = note.words.forms[section.first : last]
            found.update(SIDES.intersection(forms))
            for place in (section.first + at for at, form in enumerate(forms) if form in {"l", "r"}):
                if note.text[note.words.starts[place]].isupper() and _before_a_word(note, place):
                    found.add(_side_at(note.words.forms, place))
    found.discard("")
    return found if len(found) == 1 else set()


def _before_a_word(note: Note, place: int) -> bool:
    """Whether a lone letter stands alone before another word ("R 5th metatarsal"), and not in "R/O" or "L&D"."""
    after = note.text[note.words.ends[place] : note.words.ends[place] + 2]
    return len(after) == 2 and after[0] == " " and after[1].isalnum()


def _trimester(note: Note, *, surely: bool) -> frozenset[str]:
    found = weeks_of_gestation(note, surely=surely)
    if found is None:
        return frozenset()
    return trimester_words(found[0])


def _episode(note: Note, candidates: Candidates, setting: Setting) -> tuple[str, Mention | None]:
    for name, character in (("sequela", "S"), ("follow_up", "D")):
        # What a stay treats is treated actively, whatever it follows.
        acute = setting is Setting.INPATIENT and not _REHABILITATION.intersection(note.words.forms[:_TITLE])
        if name == "follow_up" and (note.kind == "discharge" or acute):
            continue
        for mention in candidates.concept(name):
            if mention.section in _NOT_OF_THIS_VISIT or not mention.affirmed or put_off(note, mention):
                continue
            if not _rechecks_otherwise(note, mention):
                return character, mention
    return "A", None


def _rechecks_otherwise(note: Note, mention: Mention) -> bool:
    """Whether something is looked at again within one visit ("post splint, NV recheck intact", "BP recheck 130")."""
    if note.words.forms[mention.first : mention.last] != ["recheck"]:
        return False
    before = note.words.forms[mention.first - 1 : mention.first]
    return mention.section in _LOOKED_AT or bool(_MEASURED.intersection(before))


def _of_bone(note: Note, pick: Pick, candidates: Candidates) -> tuple[str, Mention | None] | None:
    """Nonunion, malunion or delayed healing said beside a fracture."""
    if not begins_with(pick.code, FRACTURES):
        return None
    for name, character in _HEALING:
        for mention in candidates.concept(name):
            said = mention.affirmed or mention.asserted.assertion is Assertion.HISTORICAL
            if said and beside(note, pick, mention):
                return character, mention
    return None


def _with_episode(pick: Pick, episode: tuple[str, Mention | None], book: CodeBook, on: dt.date) -> Pick:
    character, cue = episode
    if len(pick.code) != 8 or not begins_with(pick.code, _EPISODE_CHAPTERS) or pick.dropped is not None:
        return pick
    if character == "D" and _ADVERSE.fullmatch(pick.code):
        return pick
    code = pick.code[:-1] + character
    entry = book.find(_SYSTEM, code, on)
    if entry is None or not entry.billable:
        return pick
    words = _EPISODES[character]
    inputs = (("cue", cue.span.text),) if cue else ()
    reason = guideline("Section I.C.19.a", f"the seventh character {character} says {words}", *inputs)
    return evolve(pick, code=code).explain(reason)
