"""What the course of a delivery tells: why it was a cesarean, labor before its time, anemia after (Section I.C.15)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.note import Note

_AFTER_BIRTH = (
    "postpartum",
    "after delivery",
    "after birth",
    "after the birth",
    "puerperal",
    "post delivery",
)
_BY_ITSELF = (
    *("spontaneous labor", "labor began spontaneously", "spontaneous onset of labor", "went into labor"),
    *("labor began by itself", "labor started spontaneously", "presented in labor", "came in labor"),
    *("arrived in labor", "admitted in labor", "spontaneous preterm labor"),
)
_THIRD_TRIMESTER = 28
_LEAST_WEEKS, _TERM_WEEKS = 20, 37
_OPERATED = ("cesarean", "c section", "csection", "ltcs", "lscs")
_REASONED = ("for", "because of", "due to", "owing to", "on account of", "indication")
_OTHER_TIMES = UNREAD | {"pmh", "plan", "psh", "social_history"}


def why_by_operation(note: Note, picks: Picks) -> Picks:
    """What a cesarean was done for is the principal diagnosis, where a heading says so (Section I.C.15.b.4)."""
    operated = Told(" ".join(("", *note.words.forms, "")), 0, len(note.words.forms), "")
    if operated.any_of(_OPERATED) is None:
        return picks
    told = [
        (mention.first, pick, mention)
        for pick in picks.values()
        if pick.code[0] == "O" and (pick.dropped is None or pick.unassessed)
        for mention in pick.mentions
        if mention.affirmed and (mention.section == "indication" or _operated_for(note, mention))
    ]
    out = dict(picks)
    reason = guideline("Section I.C.15.b.4", "what the cesarean was done for")
    for _, pick, mention in sorted(told, key=lambda one: one[0]):
        listed = evolve(mention, section="principal_dx")
        out[pick.code] = evolve(pick, dropped=None, mentions=(listed, *pick.mentions)).explain(reason)
    return out


def _operated_for(note: Note, mention: Mention) -> bool:
    """Whether a sentence gives it as the reason: "a primary cesarean was done for arrest of dilation"."""
    if mention.section in _OTHER_TIMES:
        return False
    sentence = note.sentence_at(mention.first)
    before = f" {' '.join(note.words.forms[max(sentence.first, mention.first - 14) : mention.first])} "
    at = max(before.rfind(f" {words} ") for words in _OPERATED)
    return at >= 0 and any(before.rfind(f" {words} ") > at for words in _REASONED)


def add_anemia_of_puerperium(note: Note, picks: Picks) -> None:
    """An anemia of blood lost at or after the birth is that of the puerperium (title of O90.81); its kind stays."""
    if any(pick.code.startswith(("O90.81", "O99.0")) for pick in live(picks)):
        return
    for pick in live(picks):
        if not pick.code.startswith(("D62", "D64.9", "D50.0")) or not pick.mentions:
            continue
        mention = pick.mentions[0]
        sentence = note.sentence_at(mention.first)
        told = f" {' '.join(note.words.forms[sentence.first : sentence.last])} "
        lost = any(one.code.startswith("O72") for one in live(picks)) and pick.code == "D62"
        if lost or any(f" {words} " in told for words in _AFTER_BIRTH):
            reason = guideline("Section I.C.15.a.1", "anemia after the birth", ("from", pick.code))
            listed = evolve(pick, code="O90.81", inferred=True, dropped=None).explain(reason)
            picks["O90.81"] = listed
            if pick.code == "D64.9":
                picks[pick.code] = pick.drop(guideline("Section I.C.15.a.1", "contained in O90.81"))
            return


def add_preterm_labor(note: Note, picks: Picks, weeks: tuple[int, int, int] | None) -> None:
    """Labor that began by itself before 37 weeks and ended in the birth is preterm labor (title of O60.1)."""
    if weeks is None or not _LEAST_WEEKS <= weeks[0] < _TERM_WEEKS:
        return
    code = "O60.14X0" if weeks[0] >= _THIRD_TRIMESTER else "O60.12X0"
    for pick in live(picks):
        if pick.code.startswith("O60.0"):
            reason = guideline("Section I.C.15.a.3", "the labor ended in the birth of this stay")
            picks[pick.code] = pick.drop(guideline("Section I.C.15.a.3", f"with the delivery it is {code}"))
            picks.setdefault(code, evolve(pick, code=code, inferred=True).explain(reason))
    if any(pick.code.startswith(("O60", "O42")) for pick in live(picks)):
        return
    for told in sentences_telling(note, _BY_ITSELF):
        place = told.any_of(_BY_ITSELF)
        if place is not None and told.section not in _OTHER_TIMES and is_told(note, place):
            reason = guideline("Section I.C.15.a.3", "labor that began by itself before 37 weeks")
            add_pick(picks, code, mention_of(note, code, *place), reason)
            return
