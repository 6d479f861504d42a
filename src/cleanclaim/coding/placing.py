"""Whether a mention stands where the note names what was assessed or treated."""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import field, frozen

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.phrases.last_paragraphs import opens_a_late_sentence, opens_a_paragraph
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.reasons.placed_devices import placed_in_report
from cleanclaim.documents.note import Item, Note, Section
from cleanclaim.documents.words import BREAK, COLON, MARKS, word_set

_NEVER = word_set(
    "family_history allergies ros medications vitals technique comparison header exam results study "
    "anesthesia development goals time"
)
_NEVER_IN_RADIOLOGY = frozenset(("findings", "opening", "hpi", "pmh", "procedure"))
# Where an examination is told of that another day had.
_NO_VISIT = word_set("family_history instructions pmh medications plan results vitals ros")
_FOUND_IN = frozenset(("exam", "procedure", "results"))
_LATER = word_set("day days week weeks month months year years next wk wks mo h hr hrs hour hours d")
_LATER_THAN = word_set("after once when if per")
_SINCE = word_set("old after post since postpartum ago out following")
_SHOWED = word_set("showed shows showing revealed found demonstrated detected identified")
_DUE = word_set("due overdue")
# "Pre-op visit for clearance with her PCP" is another's visit.
_WITH_ANOTHER = re.compile(
    r"^(?:\w+ ){0,3}(?:with|by|from|at) (?:his|her|their|the|your|own)? ?"
    r"(?:pcp|primary|cardiolog|anesthesia|pulmon|family doctor|internist)"
)
_WAITING = word_set("declined declines defers deferred wait postpone postponed refuses refused")
_REASONED = frozenset(("chief_complaint",))
_SOCIAL = frozenset(("social_history",))
_DOING_NOW = word_set("placed deployed implanted inserted performed today")
_AHEAD = word_set(
    "preop pre preoperative surgery scheduled planned listed list relisted waitlisted waitlist asked asks discussed"
    " declines declined versus vs offered refused need needs needed planning awaiting upcoming before clearance"
    " candidate considering"
)
_SET_FOR = word_set("scheduled planned set upcoming next booked")
_ORGANS = word_set(
    "kidney kidneys renal heart cardiac cv lung lungs pulm pulmonary chest eye eyes brain neuro head mood psych mind"
    " skin bone bones joint joints hand hands foot feet leg legs arm knee knees hip hips back spine neck shoulder liver"
    " gut gi bowel stomach bladder gu prostate breast thyroid endocrine blood heme vascular ear ears nose throat ent"
    " lows highs low high sleep weight sugar sugars pressure bp lipids cholesterol rhythm right left and"
)
_SOME_DAY = word_set(
    "when if will would prefers prefer leans leaning wants want future eventually someday options option class"
)
_TALKED_OF = word_set(
    "talk discussion discussed referral consult consultation evaluation eval candidate candidacy offered declined"
    " recommended refused deferred counseling"
)


@frozen
class Leads:
    """Item -> the first diagnosis in it; section -> its first item and whether its list has numbers.

    Items, sections and sentences go by their first word; ``first_said`` is the first disease of a sentence.
    """

    first_in: dict[int, Mention]
    lists: dict[int, tuple[int | None, bool]]
    preop: bool = False
    first_said: dict[int, Mention] = field(factory=dict)


def leads_of(note: Note, mentions: tuple[Mention, ...]) -> Leads:
    """The first diagnosis of each item, and what the lists of each section look like."""
    found: dict[int, Mention] = {}
    said: dict[int, Mention] = {}
    for mention in mentions:
        item = note.item_at(mention.first)
        if item is not None:
            found.setdefault(item.first, mention)
        if mention.section in DIAGNOSTIC and mention.term.name[0] not in "RVWXYZ" and mention.affirmed:
            said.setdefault(note.sentence_at(mention.first).first, mention)
    lists: dict[int, tuple[int | None, bool]] = {}
    for item in note.items:
        section = note.section_at(item.first).first
        first, numbered = lists.get(section, (item.first, False))
        lists[section] = (first, numbered or item.number is not None)
    return Leads(found, lists, first_said=said)


# What a stroke of this stay left is coded beside it, wherever its entry tells it (Section I.C.9.d).
_STROKES = ("I60", "I61", "I63")
_DEFICITS = ("R47", "R13.1", "R29.81", "G81", "H53.46", "R41.4", "R27.0", "R48", "G83")


# "Hypertensive heart and kidney disease: chronic systolic heart failure": the title spells out what it holds.
_GOES_ON = re.compile(r"[^\n:;.]{0,60} (?:-|\u2013|\u2014|--|->) ")
_NO_DISEASES = ("R", "V", "W", "X", "Y", "Z", "E83", "E87")
_SPELLS_OUT = re.compile(r"[^.;:\n]{0,40}:\s+")


def _behind_a_dash(note: Note, mention: Mention, lead: Mention | None) -> bool:
    """Whether a dash or a colon parts a mention from the problem named before it ("Gout - no sign of sepsis")."""
    if lead is None or lead.last > mention.first or lead.term.name.startswith(("Z00", "Z01", "Z30")):
        return False
    if lead.term.name.startswith(_STROKES) and mention.term.name.startswith(_DEFICITS):
        return False
    between = note.text[lead.span.end : mention.span.start]
    disease = mention.affirmed and not mention.term.name.startswith(_NO_DISEASES)
    if disease and _SPELLS_OUT.fullmatch(between):
        return False
    return any(dash in between for dash in (" - ", " – ", " — ", " -- ", ": "))


def names_a_problem(note: Note, mention: Mention, leads: Leads) -> bool:
    """Whether a mention in a diagnosis list names the problem, and is not part of what is done about it.

    In a numbered list the first sentence of an item names it; where a list has headings and bullets under
    them, the headings do.
    """
    if mention.section not in DIAGNOSTIC:
        return False
    section = note.section_at(mention.first)
    first_item, numbered = leads.lists.get(section.first, (None, False))
    item = note.item_at(mention.first)
    if numbered and first_item is not None:
        if item is None:
            return mention.first < first_item
        named = item.number is not None and (
            mention.first < _title_end(note, item, leads) or _opens_sentence(note, mention)
        )
        return named and not _behind_a_dash(note, mention, leads.first_in.get(item.first))
    if first_item is None or item is None:
        return not _complaint_of_plan(note, mention, leads)
    if _has_intro(note, section, first_item):
        return mention.first - item.first <= 1 and _lists_all(note, section)
    return mention.first < _title_end(note, item, leads)


def _opens_sentence(note: Note, mention: Mention) -> bool:
    """Whether a disease opens a sentence of an entry and is parted from what is said of it: "CAD, no angina"."""
    sentence = note.sentence_at(mention.first)
    behind = note.text[mention.span.end : mention.span.end + 1]
    return (
        mention.first == sentence.first
        and mention.affirmed
        and not mention.term.name.startswith(_NO_DISEASES)
        and behind in {",", "."}
    )


def _complaint_of_plan(note: Note, mention: Mention, leads: Leads) -> bool:
    """Whether a symptom stands behind a dash after a disease: a warning of the plan ("BPH - drug, dizziness")."""
    lead = leads.first_said.get(note.sentence_at(mention.first).first)
    return (
        mention.term.name[0] == "R"
        and _behind_a_dash(note, mention, lead)
        and not _heads_its_line(note, mention)
    )


def _heads_its_line(note: Note, mention: Mention) -> bool:
    """ "snoring - sleep study": a line that opens with the complaint and goes on behind a dash of its own."""
    start = note.text.rfind("\n", 0, mention.span.start) + 1
    before = note.text[start : mention.span.start]
    return (
        start > 0 and not before.strip(" \t>*-") and _GOES_ON.match(note.text, mention.span.end) is not None
    )


def _title_end(note: Note, item: Item, leads: Leads) -> int:
    """The place after the first sentence of a list entry; a number with its full stop is no sentence.

    An entry that opens with an organ ("1. Kidneys. End-stage renal disease") is named by its second sentence.
    """
    numbered = note.words.forms[item.first + 1 : item.first + 2] == [BREAK]
    first = item.first + 2 if numbered else item.first
    end = note.sentence_at(first).last
    if not numbered and note.words.forms[first].isdecimal():
        first += 1
    label = tuple(note.words.forms[first:end])
    lead = leads.first_in.get(item.first)
    if label and _ORGANS.issuperset(label) and lead is not None and lead.first >= end:
        return note.sentence_at(min(end + 1, item.last - 1)).last
    return end


def _lists_all(note: Note, section: Section) -> bool:
    """Whether no line stands between the items of a section, where a second heading could be."""
    items = [item for item in note.items if section.first <= item.first < section.last]
    return all(
        all(form in MARKS for form in note.words.forms[item.last : following.first])
        for item, following in pairwise(items)
    )


def _has_intro(note: Note, section: Section, first_item: int) -> bool:
    """Whether words stand between a section's heading and its first list item."""
    heading_end = section.title.end if section.title else 0
    between = range(section.first, first_item)
    return any(
        note.words.starts[place] >= heading_end and note.words.forms[place] not in MARKS for place in between
    )


def put_off(note: Note, mention: Mention) -> bool:
    """Whether the words around a mention move it to a later day ("suture removal in 10 days", "due for mammogram")."""
    forms = note.words.forms
    after = forms[mention.last : mention.last + 3]
    if mention.term.name.startswith("Z29") and _LATER_THAN.intersection(after[:1]):
        return True
    aged = mention.term.name.startswith("Z00")  # "Well child check, 12 months"
    said = bool(after) and (after[0] in {"in", "at", "on", "due"} or (after[0].isdecimal() and not aged))
    past = forms[mention.last + 1 : mention.last + 5]
    if said and _LATER.intersection(after) and not _SINCE.intersection(past):
        return True
    sentence = note.sentence_at(mention.first)
    if _DUE.intersection(forms[max(sentence.first, mention.first - 3) : mention.first]):
        return True
    if _WAITING.intersection(forms[max(sentence.first, mention.first - 2) : mention.first]):
        return True
    if mention.term.name.startswith("Z01.81") and _WITH_ANOTHER.search(
        " ".join(forms[mention.last : sentence.last])
    ):
        return True
    return bool(_WAITING.intersection(forms[mention.last : min(sentence.last, mention.last + 5)]))


def _has_shown(note: Note, mention: Mention) -> bool:
    """Whether a screening is told with what it found: it is past, and what it found brings the patient."""
    sentence = note.sentence_at(mention.first)
    behind = note.words.forms[mention.last : min(sentence.last, mention.last + 5)]
    screening = note.kind != "radiology" and mention.term.name.startswith("Z12")
    return screening and bool(_SHOWED.intersection(behind))


def _is_a_label(note: Note, mention: Mention) -> bool:
    """Whether a colon follows, so that the answer is told ("Contraception: IUD"), or what a screening showed."""
    return note.words.forms[mention.last : mention.last + 1] == [COLON] or _has_shown(note, mention)


def _done_now(note: Note, mention: Mention) -> bool:
    """Whether what leaves a status was done at this very encounter: it is then a procedure and no status."""
    if note.kind == "discharge" and mention.section == "procedure":
        return True
    if mention.section not in {"hospital_course", "procedure", "ed_course"}:
        return False
    sentence = note.sentence_at(mention.first)
    return bool(
        _DOING_NOW.intersection(note.words.forms[mention.last : min(sentence.last, mention.last + 6)])
    )


def _planned(note: Note, mention: Mention) -> bool:
    """Whether what would leave a status is still ahead ("clearance before a left total hip")."""
    first = max(note.sentence_at(mention.first).first, mention.first - 5)
    after = note.words.forms[mention.last : mention.last + 4]
    return bool(
        _AHEAD.intersection(note.words.forms[first : mention.first])
        or _SET_FOR.intersection(after)
        or _TALKED_OF.intersection(after[:1])
    )


def _status_told(note: Note, mention: Mention) -> bool:
    """Whether a line about a problem tells the state the patient is in ("1. ESRD. Dialysis MWF"), not what is ahead."""
    if mention.term.name == "Z66":
        return True
    if "status" not in mention.term.flags or mention.term.name.startswith("Z79") or note.kind == "discharge":
        return False
    sentence = note.sentence_at(mention.first)
    said = note.words.forms[sentence.first : sentence.last]
    return not (_AHEAD | _SET_FOR | _TALKED_OF | _SOME_DAY).intersection(said)


def _named_late(note: Note, mention: Mention) -> bool:
    """Whether the findings of a note without a list name what was diagnosed."""
    return opens_a_paragraph(note, mention) or opens_a_late_sentence(note, mention) or _found_injury(mention)


def _found_injury(mention: Mention) -> bool:
    """Whether the findings describe a wound that a list only points to ("simple laceration as above")."""
    return mention.section in _FOUND_IN and mention.term.name[0] == "S" and mention.affirmed


def circumstance(mention: Mention) -> bool:
    """Whether it tells how, where or in which state of life, and no disease."""
    return bool(mention.term.flags & {"external", "place", "activity", "status"})


def well_placed(note: Note, mention: Mention, listed: bool, leads: Leads) -> bool:
    """Whether a mention stands where a diagnosis counts; ``listed`` says that a diagnosis list names any."""
    section = mention.section
    if "encounter" in mention.term.flags and (
        put_off(note, mention) or (section not in DIAGNOSTIC | _REASONED and _is_a_label(note, mention))
    ):
        return False
    if "status" in mention.term.flags and (_planned(note, mention) or placed_in_report(note, mention)):
        return False
    if section in DIAGNOSTIC:
        return names_a_problem(note, mention, leads) or not listed or _status_told(note, mention)
    if (note.kind == "lab" and section == "indication") or (leads.preop and section == "preop_dx"):
        return True
    if mention.term.flags & {"external", "place", "activity"}:
        return section not in {"family_history", "instructions", "medications", "ros"}
    if mention.term.flags & {"encounter"}:
        return section not in _NO_VISIT
    if mention.term.flags & {"status"}:
        told = section not in {"family_history", "instructions"}
        return told and not _done_now(note, mention)
    if not listed and _named_late(note, mention):
        return True
    if section in _NEVER or section in _SOCIAL or section in {"instructions", "immunizations"}:
        return False
    if note.kind == "radiology" and section in _NEVER_IN_RADIOLOGY:
        return False
    if note.kind in {"operative", "discharge"} and section not in {
        "preop_dx",
        "hospital_course",
        "indication",
    }:
        return not listed and section != "findings"
    return not listed
