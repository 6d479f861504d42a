"""The stay of a delivery: its outcome, a normal one, and what complicated the birth (Section I.C.15)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.births.delivery_course import (
    add_anemia_of_puerperium,
    add_preterm_labor,
    why_by_operation,
)
from cleanclaim.coding.births.pregnancy import weeks_of_gestation
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note

_BIRTH = (
    *("vaginal delivery", "delivered vaginally", "cesarean", "c section", "nsvd", "svd", "vavd", "delivered"),
    *(
        "delivery of",
        "vacuum delivery",
        "forceps delivery",
        "gave birth",
        "came out",
        "was born",
        "vaginal birth",
    ),
    *("liveborn", "live born", "stillborn"),
    *("spontaneous vaginal", "vaginal vertex", "primary cesarean", "repeat cesarean", "nvd", "vbac"),
)
_CHILD = (
    *(
        "infant",
        "baby",
        "boy",
        "girl",
        "newborn",
        "apgar",
        "live born",
        "liveborn",
        "live f",
        "live m",
        "viable f",
        "viable m",
        "lmi",
        "lfi",
        "vmi",
        "vfi",
        "neonate",
        "son",
        "daughter",
    ),
    *("male", "female", "twin", "stillborn", "stillbirth", "triplet"),
)
# What only a birth of this stay is told with, however far below.
_BORN_HERE = ("apgar", "liveborn", "live born", "viable", "stillborn", "neonate", "well nursery")
_MOTHER = (
    *("gravida", "para", "labor", "postpartum", "induced", "induction", "placenta", "perineum", "perineal"),
    *("vaginal delivery", "repeat cesarean", "primary cesarean", "l d", "nsvd", "svd", "delivery note"),
    *(
        "delivery summary",
        "twin pregnancy",
        "gestation",
        "pregnancy",
        "diamniotic",
        "monoamniotic",
        "l and d",
    ),
    *("prenatal", "trial of labor", "g1p0", "g2p1", "g3p2"),
)
_VAGINAL = ("vaginal delivery", "delivered vaginally", "nsvd", "svd", "spontaneous vaginal", "vaginal birth")
_HELPED = ("cesarean", "c section", "vacuum", "forceps", "breech extraction")
_STILL = ("stillborn", "stillbirth", "fetal demise", "intrauterine demise", "born dead", "no sign of life")
_LIVING = (
    *(
        "live born",
        "liveborn",
        "live male",
        "live female",
        "viable",
        "apgar",
        "living",
        "healthy",
        "vigorous",
    ),
    *("live infant", "live baby", "live", "crying", "boy", "girl", "infant", "baby"),
)
_NOW_TOO = (
    "repeat cesarean",
    "repeat c section",
    "repeat low transverse",
    "viable",
    "liveborn",
    "live born",
    "apgar",
)
_SECTIONS = frozenset(("pmh", "plan", "results", "psh", "social_history", "comparison"))
_PAST = ("history of", "prior", "previous", "last pregnancy", "first child", "in 20")
_NOT_ASKED = "no coded disease asks for this status"
_OF_BIRTH = ("O70", "O71.4", "O71.8", "O72", "O66.0", "O69", "O76", "O77.0", "O62", "O63", "O75.2")
_TRIMESTER = re.compile(r",? (?:first|second|third|unspecified) trimester")
_COMPACT = re.compile(r"([0-9]{2})w[0-6]d?")
_TERM_WEEKS = 37
_LEAST_WEEKS, _MOST_WEEKS = 20, 42
_CHILD_WITHIN = 6
_OPENING = 400


def add_delivery(note: Note, picks: Picks, setting: Setting, book: CodeBook, on: dt.date) -> Picks:
    """The picks of a mother's delivery stay with outcome and childbirth codes; other notes as they are."""
    expecting = any(pick.code[0] == "O" for pick in live(picks))
    birth = _birth(note, expecting) if setting is Setting.INPATIENT and not is_newborn_record(note) else None
    if birth is None:
        return picks
    picks = _without_early_vomiting(picks)
    out = _in_childbirth(_told_of_birth(why_by_operation(note, picks)), book, on)
    told = "".join(one.text for one in sentences_told(note, _SECTIONS))
    story = Told(told, 0, len(note.words.forms), "")
    if not any(pick.code.startswith("Z37") for pick in live(out)):
        code = _outcome(story)
        add_pick(
            out,
            code,
            mention_of(note, code, *birth),
            guideline("Section I.C.21.c.11", "the outcome of delivery"),
        )
    _born_head_first(out, story)
    add_anemia_of_puerperium(note, out)
    weeks = weeks_of_gestation(note) or _weeks_said(note)
    complicated = [pick for pick in live(out) if pick.code[0] == "O" and pick.code not in {"O80", "O82"}]
    normal = story.any_of(_VAGINAL) and not story.any_of(_HELPED)
    if not complicated and normal and (weeks is None or weeks[0] >= _TERM_WEEKS):
        add_pick(
            out,
            "O80",
            mention_of(note, "O80", *birth),
            guideline("Section I.C.15.n", "a normal delivery at term"),
        )
    _weeks(note, out, weeks)
    add_preterm_labor(note, out, weeks)
    return out


def _without_early_vomiting(picks: Picks) -> Picks:
    """A vomiting of the first weeks that only the story of the pregnancy tells is none of the birth."""
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith("O21") and not pick.diagnostic:
            out[pick.code] = pick.drop(
                guideline("Section III", "told of the early pregnancy, and over by now")
            )
    return out


def _told_of_birth(picks: Picks) -> Picks:
    """What went with the birth is coded wherever the note of the stay tells it; "OA" is how the head lay."""
    out = dict(picks)
    for pick in picks.values():
        said = [m for m in pick.mentions if _of_this_birth(m)]
        if pick.code == "O99.820" and pick.dropped is not None and pick.dropped.text == _NOT_ASKED and said:
            reason = guideline("Section I.C.15.a", "a carrier of group B streptococcus in childbirth")
            out[pick.code] = evolve(pick, dropped=None, mentions=tuple(said)).explain(reason)
            continue
        if pick.dropped is not None and pick.code.startswith(_OF_BIRTH) and said:
            reason = guideline("Section I.C.15.n", "told of the birth of this stay")
            out[pick.code] = evolve(pick, dropped=None, mentions=tuple(said)).explain(reason)
        elif (
            pick.dropped is None and pick.code == "M19.90" and all(m.span.text == "OA" for m in pick.mentions)
        ):
            out[pick.code] = pick.drop(guideline("Section III.B", "occiput anterior"))
    return out


def _of_this_birth(mention: Mention) -> bool:
    """Whether it is told of this stay; what was repaired is not past."""
    cue = mention.asserted.cue
    repaired = cue is not None and cue.text.lower().startswith("repair")
    told = mention.section not in UNREAD and mention.section not in _SECTIONS
    return told and (mention.affirmed or (repaired and mention.asserted.assertion is Assertion.HISTORICAL))


def _born_head_first(picks: Picks, story: Told) -> None:
    """A malpresentation is none where the child came head first: it was of another pregnancy or turned."""
    if story.any_of(("vertex", "cephalic", "head first")) and not story.any_of(("breech extraction",)):
        for pick in live(picks):
            if pick.code.startswith(("O32.1", "O64.1")):
                picks[pick.code] = pick.drop(guideline("Section III.B", "the child came head first"))


def _weeks_said(note: Note) -> tuple[int, int, int] | None:
    """Weeks that a delivery note gives without a word of pregnancy ("at 38 weeks induced")."""
    forms = note.words.forms
    for place in range(1, min(len(forms), _OPENING)):
        compact = _COMPACT.fullmatch(forms[place])
        if compact and _LEAST_WEEKS <= int(compact[1]) <= _MOST_WEEKS:
            return int(compact[1]), place, place + 1
        number = forms[place - 1]
        counted = number.isascii() and number.isdigit() and len(number) == 2
        if forms[place] in {"week", "wk"} and counted and _LEAST_WEEKS <= int(number) <= _MOST_WEEKS:
            return int(number), place - 1, place + 1
    return None


def _weeks(note: Note, picks: Picks, weeks: tuple[int, int, int] | None) -> None:
    if weeks is None or any(pick.code.startswith("Z3A") for pick in live(picks)):
        return
    code = f"Z3A.{min(weeks[0], 42):02d}" if weeks[0] >= 8 else "Z3A.01"
    reason = guideline("Section I.C.21.c.11", "weeks of gestation go with a code of pregnancy")
    add_pick(picks, code, mention_of(note, code, weeks[1], weeks[2]), reason)


def _birth(note: Note, expecting: bool) -> tuple[int, int] | None:
    """Where this stay's birth is told, of a note that speaks of the mother."""
    sentences = list(sentences_told(note, _SECTIONS))
    if not expecting and not any(
        one.any_of(_MOTHER) or "g1p" in one.text or "g2p" in one.text for one in sentences
    ):
        return None
    for number, told in enumerate(sentences):
        place = told.any_of(_BIRTH)
        # The child may be told of in a sentence behind.
        child = any(one.any_of(_CHILD) for one in sentences[number : number + _CHILD_WITHIN]) or any(
            one.any_of(_BORN_HERE) for one in sentences[number:]
        )
        if place and child and not _is_past(told) and is_told(note, place):
            return place
    return None


def _is_past(told: Told) -> bool:
    """Whether a sentence tells of an earlier birth; "cesarean for a previous cesarean" tells of this one."""
    return told.any_of(_PAST) is not None and told.any_of(_NOW_TOO) is None


def _outcome(story: Told) -> str:
    still, living = story.any_of(_STILL), story.any_of(_LIVING)
    if story.any_of(("triplet",)):
        return "Z37.51"
    if story.any_of(
        (
            "twin a",
            "twin b",
            "both twin",
            "twin delivery",
            "twin infant",
            "twin boy",
            "twin girl",
            "both infant",
            "two live",
            "two living",
            "both twins",
            "twin 1",
            "twin 2",
            "first twin",
            "second twin",
            "both babies",
            "both boys",
            "both girls",
        )
    ):
        return "Z37.3" if still and living else "Z37.4" if still else "Z37.2"
    return "Z37.1" if still and not story.any_of(("no stillbirth",)) else "Z37.0"


def _in_childbirth(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Codes by trimester become those of childbirth; supervision ends with it."""
    out = dict(picks)
    leaves = terms(book, on).leaves
    for pick in live(picks):
        if pick.code[0] != "O":
            if pick.code.startswith(("Z34", "Z39")):
                out[pick.code] = pick.drop(
                    guideline("Section I.C.15.b.1", "the pregnancy ended with this stay")
                )
            continue
        if pick.code.startswith("O09"):
            out[pick.code] = pick.drop(
                guideline("Section I.C.15.b.2", "supervision is coded before delivery only")
            )
            continue
        entry = book.find("ICD-10-CM", pick.code, on)
        code = _sibling(entry.title, leaves.get(pick.code[:3])) if entry else None
        # The heart rate of a child that is being born (title of O76).
        code = "O76" if pick.code.startswith("O36.83") else code
        if code and code != pick.code:
            reason = guideline(
                "Section I.C.15.a.3", "the delivery took place in this stay", ("from", pick.code)
            )
            out[pick.code] = pick.drop(guideline("Section I.C.15.a.3", f"with the delivery it is {code}"))
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _sibling(title: str, leaves: Sequence[tuple[str, str]]) -> str | None:
    """The code of the same title in childbirth."""
    if "childbirth" in title:
        return None
    wanted = _bare(title)
    return next((code for code, other in leaves if "childbirth" in other and _bare(other) == wanted), None)


def _bare(title: str) -> str:
    """A title without what says when: the trimester, "complicating pregnancy", "in childbirth"."""
    text = _TRIMESTER.sub("", title.lower())
    for words in ("complicating pregnancy", "complicating childbirth", "in pregnancy", "in childbirth"):
        text = text.replace(words, "")
    return " ".join(text.replace(",", " ").split())
