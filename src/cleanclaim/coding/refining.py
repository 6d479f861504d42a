"""The refiner: from what is written to the code the tabular list and the guidelines call for."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.pregnancy import trimester_words, weeks_of_gestation
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.choosing import put_off
from cleanclaim.coding.injuries.fractures import FRACTURES
from cleanclaim.coding.leaves import SIDES, affirmed_words, resolve
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK, phrase, word_set

_SYSTEM = "ICD-10-CM"
_WINDOW = 9
_OTHER_SIDES = {"both": "bilateral", "ou": "bilateral", "od": "right", "os": "left", "au": "bilateral"}
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
            pick = _exact(note, pick, book, on)
            pick = _with_episode(pick, _of_bone(note, pick, candidates) or episode, book, on)
        known = refined.get(pick.code)
        refined[pick.code] = _merged(known, pick) if known else pick
    return refined


def _merged(one: Pick, other: Pick) -> Pick:
    if one.dropped is not None and other.dropped is None:
        one, other = other, one
    if other.dropped is not None:
        return one
    mentions = tuple(sorted((*one.mentions, *other.mentions), key=lambda mention: mention.first))
    return evolve(one, mentions=mentions, because=(*one.because, *other.because)[:4])


def _exact(note: Note, pick: Pick, book: CodeBook, on: dt.date) -> Pick:
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
    if not near & SIDES and mentions and {"l", "r"} & near:
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
    """The side a word names; a lone letter is one too, where "o" does not follow ("R/O")."""
    form = forms[place]
    lone = {"l": "left", "r": "right"}.get(form, "") if forms[place + 1 : place + 2] != ["o"] else ""
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
            if mention.section not in _NOT_OF_THIS_VISIT and mention.affirmed and not put_off(note, mention):
                return character, mention
    return "A", None


def _of_bone(note: Note, pick: Pick, candidates: Candidates) -> tuple[str, Mention | None] | None:
    """Nonunion, malunion or delayed healing said beside a fracture."""
    if not begins_with(pick.code, FRACTURES):
        return None
    for name, character in _HEALING:
        for mention in candidates.concept(name):
            said = mention.affirmed or mention.asserted.assertion is Assertion.HISTORICAL
            if said and _beside(note, pick, mention):
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


def combine(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """Combination codes (Section I.B.9): two documented conditions that the tabular list makes one code."""
    number = -1
    while (following := _next_combination(picks, number)) is not None:
        number = following
        rule = _combinations()[number][0]
        for pick in [pick for pick in live(picks) if number in _combinations_of(pick.code)]:
            if not (rule.get("keep") and _has(picks, rule["give"])):
                picks = _combined(note, picks, pick, rule, candidates)
    return picks


def _next_combination(picks: Picks, number: int) -> int | None:
    """The first rule behind a number that speaks of a code proposed; one rule may propose what a later one joins."""
    behind = (one for pick in live(picks) for one in _combinations_of(pick.code) if one > number)
    return min(behind, default=None)


@lru_cache(maxsize=16_384)
def _combinations_of(code: str) -> tuple[int, ...]:
    """The rules, by number, that may join a code with another."""
    return tuple(
        number
        for number, (_, exact, beginnings) in enumerate(_combinations())
        if code in exact or code.startswith(beginnings)
    )


@lru_cache(maxsize=1)
def _combinations() -> tuple[tuple[dict[str, Any], frozenset[str], tuple[str, ...]], ...]:
    """Each rule with the codes it speaks of, and with the beginnings of codes that it writes with a star."""
    return tuple(
        (
            rule,
            frozenset(base for base in rule["base"] if base[-1] != "*"),
            tuple(base[:-1] for base in rule["base"] if base[-1] == "*"),
        )
        for rule in rules()["combinations"]
    )


def _has(picks: Picks, code: str) -> bool:
    return code in picks and picks[code].dropped is None


def _combined(note: Note, picks: Picks, base: Pick, rule: dict[str, Any], candidates: Candidates) -> Picks:
    partners = _partners(note, picks, base, rule["with"], rule["scope"], candidates)
    also = _partners(note, picks, base, rule.get("also", []), "note", candidates) if "also" in rule else [()]
    if not partners or not also:
        return picks
    mentions = tuple(mention for group in (*partners, *also) for mention in group[:2])
    reason = guideline(rule["where"], rule["text"], ("from", base.code), ("with", ", ".join(rule["with"])))
    own = _in_the_same_breath(note, base, mentions) if rule.get("keep") else base.mentions
    made = evolve(
        base, code=rule["give"], mentions=own + mentions, inferred=True, because=base.because
    ).explain(reason)
    out = dict(picks)
    if not rule.get("keep"):
        text = f"contained in the combination code {rule['give']}"
        out[base.code] = base.drop(guideline(rule["where"], text))
    for code in rule["drop"]:
        if code in out and out[code].dropped is None:
            out[code] = out[code].drop(guideline(rule["where"], f"contained in {rule['give']}"))
    known = out.get(made.code)
    out[made.code] = _merged(known, made) if known else made
    return out


def _in_the_same_breath(note: Note, base: Pick, partners: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions of the first condition that stand in a sentence with the second."""
    sentences = {note.sentence_at(partner.first).first for partner in partners}
    return tuple(one for one in base.mentions if note.sentence_at(one.first).first in sentences)


def _partners(
    note: Note, picks: Picks, base: Pick, names: list[str], scope: str, candidates: Candidates
) -> list[tuple[Mention, ...]]:
    found: list[tuple[Mention, ...]] = []
    for name in names:
        if name.startswith("@"):
            mentions = candidates.concept(name[1:])
        else:
            mentions = (
                tuple(
                    mention for pick in live(picks) if pick.code.startswith(name) for mention in pick.mentions
                )
                if scope == "note"
                else tuple(m for m in candidates.diagnoses if m.term.name.startswith(name))
            )
        good = tuple(m for m in mentions if m.affirmed and (scope == "note" or _beside(note, base, m)))
        if good:
            found.append(good)
    return found


def _beside(note: Note, base: Pick, mention: Mention) -> bool:
    """Whether a mention stands in the same list item or sentence as the condition."""
    for own in base.mentions:
        item = note.item_at(own.first)
        if item is not None and item.number is not None and item.first <= mention.first < item.last:
            return True
        sentence = note.sentence_at(own.first)
        if sentence.first <= mention.first < sentence.last:
            return True
        if item is not None and item.first <= mention.first < item.last:
            return True
    return False
