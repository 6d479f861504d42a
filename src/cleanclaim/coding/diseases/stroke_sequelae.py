"""What an old stroke left: I69 by the kind of stroke, the deficit and the dominant side (Section I.C.9.d)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.leaves import SIDES
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.worked_out import add_pick, body_sentences, folded, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_STROKE = word_set("stroke cva poststroke infarct infarction hemorrhage bleed hemorrhagic sah ich")
_PAST = word_set(
    "residual residua sequela sequelae late old prior previous remote past post following after since ago poststroke"
    " from history chronic lasting persistent leftover due"
)
_LEFT_BEHIND = word_set("residual residua residuals sequela sequelae baseline chronic longstanding")
_PAST_IN_STAY = _PAST - {"following", "from", "due"}
_NONE = word_set("no without")
_POINTING = word_set("that the this his her from following after")
_SURE = word_set("residual residua sequela sequelae late old prior previous remote ago")
# Words that call a deficit older than the stay, and the words between "stroke" and its year.
_OLDER = word_set("baseline chronic longstanding earlier lasting known")
_OF_YEAR = word_set("of in from back around during on since")
_NEW = word_set("acute new today evolving tpa tenecteplase thrombectomy alteplase")
_OLD_CODES = (
    *("G81", "G83.1", "G83.2", "G83.3", "R47", "R13.1", "R26.0", "R27", "R41.3", "R41.4", "R41.84", "R53.1"),
    *("R29.810", "R29.898", "H53.46", "Z86.73", "I60", "I61", "I63"),
)
# The phase of a dysphagia is coded beside the sequela that it is.
_DYSPHAGIA = ("R13.11", "R13.12", "R13.13", "R13.14", "R13.19")
# A stay for rehabilitation treats what the stroke left (Section I.C.9.d.1).
_REHABILITATION = word_set("rehabilitation rehab irf physiatry physiatrist")
_TITLE = 60
_STORY = word_set("opening hpi problem_list exam chief_complaint")
_TOLD = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))
_SIDED = frozenset(("5", "3", "4"))
_MONTHS = word_set(
    "january february march april may june july august september october november december month year"
)


def add_stroke_sequelae(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The picks with the deficits of a past stroke in place of plain deficits and of a history of stroke."""
    kind = _kind_of_stroke(note, setting)
    if kind is None or (setting is Setting.INPATIENT and _struck_now(note, picks)):
        return picks
    out = dict(picks)
    found = list(_deficits(note, kind, diagnosed_in(note)))
    named = [] if found else _strokes_listed(note)
    for code, first, last in found or _deficits(note, kind, _STORY):
        reason = guideline("Section I.C.9.d", "a deficit that a past stroke left", ("stroke", kind))
        add_pick(out, code, mention_of(note, code, first, last), reason)
        if named and out[code].mentions[0].first == first:
            out[code] = evolve(out[code], mentions=(*out[code].mentions, mention_of(note, code, *named[0])))
    made = [pick for pick in live(out) if pick.code.startswith("I69")]
    if not made:
        return picks
    for pick in live(out):
        contained = begins_with(pick.code, _OLD_CODES) and not begins_with(pick.code, _DYSPHAGIA)
        if contained or (pick.code.startswith("I69") and pick.code[5:] == "0" and len(made) > 1):
            out[pick.code] = pick.drop(guideline("Section I.C.9.d", f"contained in {made[0].code}"))
    return out


def _struck_now(note: Note, picks: Picks) -> bool:
    """Whether a stay lists a stroke as its own, so that its deficits are of that and not of an earlier one."""
    forms = note.words.forms
    left = any(form in _LEFT_BEHIND and before not in _NONE for before, form in pairwise(["", *forms]))
    if left or _REHABILITATION.intersection(forms[:_TITLE]):
        return False
    listed = [
        mention
        for pick in live(picks)
        if pick.code.startswith(("I60", "I61", "I63"))
        for mention in pick.mentions
        if mention.section in diagnosed_in(note)
        and mention.affirmed
        and not _is_pointed_at(forms, mention.first)
    ]
    return bool(listed) and not any(_is_old(note, mention.first) for mention in listed)


def _is_pointed_at(forms: list[str], place: int) -> bool:
    """ "Hemiparesis from that stroke" names no stroke anew."""
    return bool(_POINTING.intersection(forms[max(0, place - 1) : place]))


def _is_old(note: Note, place: int) -> bool:
    """Whether the sentence of a stroke dates it, or says that it is past."""
    sentence = note.sentence_at(place)
    words = note.words.forms[sentence.first : sentence.last]
    year = any(len(word) == 4 and word.isdecimal() and word.startswith(("19", "20")) for word in words)
    return year or bool(_PAST_IN_STAY.intersection(words))


def _strokes_listed(note: Note) -> list[tuple[int, int]]:
    """Where a diagnosis list names the stroke itself ("residuals of the stroke"), whose deficits the story tells."""
    return [
        (place, place + 1)
        for section in note.sections
        if section.kind in DIAGNOSTIC
        for place in range(section.first, min(section.last, section.first + 3000))
        if note.words.forms[place] in _STROKE
    ]


def _kind_of_stroke(note: Note, setting: Setting) -> str | None:
    """The fourth character of I69 where the note tells of a stroke that is past, else None."""
    forms = note.words.forms
    table = families()["stroke_kinds"]
    if not _STROKE.intersection(forms):
        return None
    rehab = bool(_REHABILITATION.intersection(forms[:_TITLE]))
    for first, last in body_sentences(note):
        stretch = forms[first:last]
        if not _STROKE.intersection(stretch):
            continue
        for digit, texts in table.items():
            place = next((at for text in texts if (at := _find(forms, folded(text), first, last)) >= 0), -1)
            if place >= 0 and _is_past(stretch, setting, rehab=rehab) and not _denied(note, place):
                return str(digit)
    return None


def _denied(note: Note, place: int) -> bool:
    return assertion_at(note, place, place + 1).assertion not in _TOLD


def _is_past(forms: list[str], setting: Setting, *, rehab: bool) -> bool:
    words = set(forms)
    if words & _SURE or ("s", "p") in pairwise(forms):
        return True
    if words & _NEW:
        return False
    if setting is Setting.INPATIENT and not rehab:
        return bool(words & _OLDER) or _of_a_year(forms) or _in_the_history(forms)
    years = any(form.isdigit() and len(form) == 4 and form.startswith(("19", "20")) for form in forms)
    return bool(words & _PAST) or years or bool(words & _MONTHS)


def _of_a_year(forms: list[str]) -> bool:
    """Whether a stroke is told with its year ("his stroke of 2022", "2019 stroke"), as that of this stay is not."""
    for place, form in enumerate(forms):
        if form not in _STROKE:
            continue
        near = [*forms[max(0, place - 1) : place], *forms[place + 1 : place + 2]]
        if _OF_YEAR.intersection(forms[place + 1 : place + 2]):
            near += forms[place + 2 : place + 4]
        if any(len(one) == 4 and one.isdecimal() and one.startswith(("19", "20")) for one in near):
            return True
    return False


def _in_the_history(forms: list[str]) -> bool:
    """ "History of ischemic stroke with left-sided weakness"."""
    for place, form in enumerate(forms[:-2]):
        if form in {"history", "hx", "h"} and forms[place + 1] in {"of", "o"}:
            return bool(_STROKE.intersection(forms[place + 2 : place + 6]))
    return False


def _deficits(note: Note, kind: str, places: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    forms = note.words.forms
    held = set(forms)
    left_handed = _find(forms, ("left", "handed"), 0, len(forms)) >= 0
    for section in note.sections:
        if section.kind not in places:
            continue
        for digits, texts in families()["stroke_deficits"].items():
            for text in texts:
                words = folded(text)
                if words[0] not in held:
                    continue
                place = _find(forms, words, section.first, min(section.last, section.first + 3000))
                if place < 0 or _is_over(note, place, place + len(words)):
                    continue
                tail = str(digits)
                if tail in _SIDED:
                    tail += _side_digit(_side(forms, place, len(words), section.last), left_handed)
                yield f"I69.{kind}{tail}", place, place + len(words)
                break


def _is_over(note: Note, first: int, last: int) -> bool:
    """Whether a deficit is denied, or said behind it to have gone ("the facial droop has gone")."""
    asserted = assertion_at(note, first, last)
    if asserted.assertion is Assertion.HISTORICAL and asserted.cue is not None:
        return asserted.cue.text.lower().endswith(("gone", "resolved", "cleared", "recovered"))
    return asserted.assertion not in _TOLD


def _side_digit(side: str, left_handed: bool) -> str:
    if side == "right":
        return "3" if left_handed else "1"
    if side == "left":
        return "2" if left_handed else "4"
    return "9"


def _side(forms: list[str], place: int, size: int, last: int) -> str:
    within = SIDES.intersection(forms[place : place + size])
    if within:
        return min(within)
    for distance in range(1, 7):
        for near in (place - distance, place + size + distance - 1):
            handed = forms[near + 1 : near + 2] in (["handed"], ["hander"], ["hand"]) if near >= 0 else True
            if 0 <= near < last and forms[near] in SIDES and not handed:
                return forms[near]
    return ""


def _find(forms: list[str], words: tuple[str, ...], first: int, last: int) -> int:
    stop = last - len(words) + 1
    while first < stop:
        try:
            first = forms.index(words[0], first, stop)
        except ValueError:
            return -1
        if tuple(forms[first : first + len(words)]) == words:
            return first
        first += 1
    return -1
