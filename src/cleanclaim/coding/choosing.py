"""Which mentions may become codes: by assertion, by place in the note, by setting."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve, field, frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import DIAGNOSTIC, Mention
from cleanclaim.coding.phrases.last_paragraphs import opens_a_late_sentence, opens_a_paragraph
from cleanclaim.coding.phrases.story_order import background_last
from cleanclaim.coding.picks import Pick, Picks, guideline
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.section_words import section_words
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Item, Note, Section
from cleanclaim.documents.words import BREAK, COLON, MARKS, word_set
from cleanclaim.kernel.because import Because

_NEVER = word_set(
    "family_history allergies ros medications vitals technique comparison header exam results study "
    "anesthesia development goals time"
)
_NEVER_IN_RADIOLOGY = frozenset(("findings", "opening", "hpi", "pmh", "procedure"))
_EPISODES = ("F32", "F33", "F41", "F43", "F53", "F50", "J45")
_FOUND_IN = frozenset(("exam", "procedure", "results"))
_LATER = word_set("day days week weeks month months year years next wk wks mo h hr hrs hour hours d")
_LATER_THAN = word_set("after once when if per")
_SINCE = word_set("old after post since postpartum ago out following")
_SHOWED = word_set("showed shows showing revealed found demonstrated detected identified")
_DUE = word_set("due overdue")
_WAITING = word_set("declined declines defers deferred wait postpone postponed refuses refused")
_REASONED = frozenset(("chief_complaint",))
_SOCIAL = frozenset(("social_history",))
_DOING_NOW = word_set("placed deployed implanted inserted performed today")
_AHEAD = word_set(
    "preop pre preoperative surgery scheduled planned listed list relisted waitlisted waitlist asked asks discussed"
    " declines declined versus vs offered refused need needs needed planning awaiting upcoming before clearance"
    " candidate considering"
)
_LOOKED_INTO = (
    "worked up",
    "work up",
    "workup",
    "work-up",
    "evaluat",
    "investigat",
    "undifferentiated",
    "etiology",
    "cause",
)
# What a story tells of as over is not there any more, lasting as such illnesses are.
_OVER = (
    "resolved",
    "is behind",
    "are behind",
    "now behind",
    "all behind",
    "went away",
    "outgrew",
    "outgrown",
    "cured",
)
_SET_FOR = word_set("scheduled planned set upcoming next booked")
_TALKED_OF = word_set(
    "talk discussion discussed referral consult consultation evaluation eval candidate candidacy offered declined"
    " recommended refused deferred counseling"
)
# What was treated to its end at the hospital is coded with the stay or the emergency visit.
_ENDED_IN_STAY = (
    "resol",
    "repair",
    "reduc",
    "drain",
    "evacuat",
    "correct",
    "stopped",
    "convert",
    "clear",
    "treated",
    "recover",
)
_DONE_TO_INJURIES = ("repair", "reduc", "sutur", "irrigat", "closed", "stapled", "glued")
_KEPT_WORDS = {
    Assertion.NEGATED: ("Section IV.J", "the note says that it is absent"),
    Assertion.FAMILY: ("Section I.C.21.c.4", "it is said of a relative"),
    Assertion.HISTORICAL: ("Section IV.J", "it is past and no longer treated"),
    Assertion.HYPOTHETICAL: ("Section IV.J", "it is spoken of as something that may happen or is looked for"),
}


@frozen
class _Leads:
    """Item -> the first diagnosis in it; section -> its first item and whether its list has numbers.

    Items, sections and sentences go by their first word; ``first_said`` is the first disease of a sentence.
    """

    first_in: dict[int, Mention]
    lists: dict[int, tuple[int | None, bool]]
    preop: bool = False
    first_said: dict[int, Mention] = field(factory=dict)


def choose(note: Note, mentions: tuple[Mention, ...], setting: Setting) -> Picks:
    """A pick per code, dropped with its reason where no mention may be coded."""
    by_code: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_code.setdefault(mention.term.name, []).append(mention)
    leads = _leads(note, mentions)
    listed = diagnosed_in(note) is DIAGNOSTIC and any(
        _names_a_problem(note, mention, leads) and _codable(mention, setting) and not _circumstance(mention)
        for mention in mentions
    )
    if not listed and _only_preop(note, mentions, setting):
        listed, leads = True, evolve(leads, preop=True)
    picks: Picks = {}
    for code, found in by_code.items():
        pick = _pick(note, code, found, setting, listed, leads)
        if pick is not None:
            picks[code] = pick
    return picks if listed or setting is Setting.INPATIENT else background_last(note, picks)


def _only_preop(note: Note, mentions: tuple[Mention, ...], setting: Setting) -> bool:
    """Whether an operative note names the disease before the operation and calls the one after it the same."""
    return note.kind == "operative" and any(
        m.section == "preop_dx" and _codable(m, setting) for m in mentions
    )


def _pick(
    note: Note, code: str, found: list[Mention], setting: Setting, listed: bool, leads: _Leads
) -> Pick | None:
    source = found[0].term.source
    good = [m for m in found if _codable(m, setting) and _well_placed(note, m, listed, leads)]
    if good:
        assertion = good[0].asserted.assertion
        if any(_is_certain(m, setting) for m in good):
            good = [m for m in good if _is_certain(m, setting)]
            assertion = Assertion.AFFIRMED
        elif any(mention.term.flags & {"chronic", "status", "external"} for mention in good):
            assertion = Assertion.AFFIRMED if assertion is not Assertion.UNCERTAIN else assertion
        because = _why_accepted(good[0], assertion, setting)
        return Pick(code, tuple(good), because, assertion, source=source)
    told = [m for m in found if m.section not in {"ros", "exam"} or not m.affirmed]
    if source not in {"lexicon", "site"} or not told:
        return None
    return Pick(code, tuple(told[:5]), (), told[0].asserted.assertion, source=source).drop(
        _why_not(told[0], setting)
    )


def _codable(mention: Mention, setting: Setting) -> bool:
    assertion = mention.asserted.assertion
    if assertion is Assertion.AFFIRMED or _complaint_under_doubt(mention):
        return True
    if assertion is Assertion.UNCERTAIN:
        external = bool(mention.term.flags & {"external", "place", "activity"})
        return external or (setting is Setting.INPATIENT and mention.section in DIAGNOSTIC)
    if assertion is Assertion.HISTORICAL:
        return _past_but_coded(mention, setting)
    if mention.term.source == "title" and mention.term.name[0] == "Z" and mention.section in DIAGNOSTIC:
        return True
    if assertion is Assertion.FAMILY:
        return "famhist" in mention.term.flags
    if assertion is Assertion.HYPOTHETICAL and _counselled(mention):
        return True
    return assertion is Assertion.HYPOTHETICAL and "encounter" in mention.term.flags


def _complaint_under_doubt(mention: Mention) -> bool:
    """A symptom behind a heading such as "Working impression": the disease is in doubt there, not the complaint."""
    cue = mention.asserted.cue
    return (
        mention.asserted.assertion is Assertion.UNCERTAIN
        and mention.term.name.startswith("R")
        and cue is not None
        and (
            cue.text.lower().endswith(("impression", "diagnosis", "diagnoses", "assessment"))
            or any(word in cue.text.lower() for word in _LOOKED_INTO)
        )
    )


def _counselled(mention: Mention) -> bool:
    """A lasting illness that is counselled for ("dietary counseling for obesity") is there."""
    cue = mention.asserted.cue
    return cue is not None and "counsel" in cue.text.lower() and "chronic" in mention.term.flags


def _resolved_in_stay(mention: Mention, setting: Setting) -> bool:
    return mention.asserted.assertion is Assertion.HISTORICAL and _codable(mention, setting)


def _is_certain(mention: Mention, setting: Setting) -> bool:
    return mention.affirmed or _resolved_in_stay(mention, setting) or _complaint_under_doubt(mention)


def _past_but_coded(mention: Mention, setting: Setting) -> bool:
    """A chronic illness stays; what was treated and resolved during a stay is coded with the stay."""
    if mention.term.name.startswith("F17"):
        return False
    cue = mention.asserted.cue
    # An injury that was repaired at the visit is what the visit was for.
    injury = mention.term.name[0] == "S" and mention.section in DIAGNOSTIC
    if cue and injury and cue.text.lower().startswith(_DONE_TO_INJURIES):
        return True
    in_hospital = setting is not Setting.OUTPATIENT and mention.section in DIAGNOSTIC
    if cue and mention.section not in DIAGNOSTIC and _is_over(mention, cue.text.lower()):
        return False
    if cue and mention.section in DIAGNOSTIC and cue.text.lower() in {"cleared", "clear"}:
        # Margins are cleared at the very operation that treats a cancer of the skin.
        return mention.term.name.startswith(("C43", "C44", "C4A", "D03", "D04"))
    if in_hospital and cue and any(ending in cue.text.lower() for ending in _ENDED_IN_STAY):
        return True
    if cue and mention.section not in DIAGNOSTIC and cue.text.lower().startswith(_OVER):
        return bool(mention.term.flags & {"status", "external", "encounter"})
    return bool(mention.term.flags & {"chronic", "status", "external", "encounter"})


def _is_over(mention: Mention, cue: str) -> bool:
    """Whether a lasting illness is told of childhood only, or an episode of the mind of a year gone by."""
    if cue.startswith("as a") or any(
        word in cue for word in ("child", "outgr", "little", "infancy", "since")
    ):
        return True
    return mention.term.name.startswith(_EPISODES) and any(char.isdecimal() for char in cue)


def _leads(note: Note, mentions: tuple[Mention, ...]) -> _Leads:
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
    return _Leads(found, lists, first_said=said)


def _behind_a_dash(note: Note, mention: Mention, lead: Mention | None) -> bool:
    """Whether a dash or a colon parts a mention from the problem named before it ("Gout - no sign of sepsis")."""
    if lead is None or lead.last > mention.first or lead.term.name.startswith(("Z00", "Z01", "Z30")):
        return False
    between = note.text[lead.span.end : mention.span.start]
    return any(dash in between for dash in (" - ", " – ", " — ", " -- ", ": "))


def _names_a_problem(note: Note, mention: Mention, leads: _Leads) -> bool:
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
        named = item.number is not None and mention.first < _title_end(note, item)
        return named and not _behind_a_dash(note, mention, leads.first_in.get(item.first))
    if first_item is None or item is None:
        return not _complaint_of_plan(note, mention, leads)
    if _has_intro(note, section, first_item):
        return mention.first - item.first <= 1 and _lists_all(note, section)
    return mention.first < _title_end(note, item)


def _complaint_of_plan(note: Note, mention: Mention, leads: _Leads) -> bool:
    """Whether a symptom stands behind a dash after a disease: a warning of the plan ("BPH - drug, dizziness")."""
    lead = leads.first_said.get(note.sentence_at(mention.first).first)
    return mention.term.name[0] == "R" and _behind_a_dash(note, mention, lead)


def _title_end(note: Note, item: Item) -> int:
    """The place after the first sentence of a list entry; a number with its full stop is no sentence."""
    numbered = note.words.forms[item.first + 1 : item.first + 2] == [BREAK]
    return note.sentence_at(item.first + 2 if numbered else item.first).last


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


def _named_late(note: Note, mention: Mention) -> bool:
    """Whether the findings of a note without a list name what was diagnosed."""
    return opens_a_paragraph(note, mention) or opens_a_late_sentence(note, mention) or _found_injury(mention)


def _found_injury(mention: Mention) -> bool:
    """Whether the findings describe a wound that a list only points to ("simple laceration as above")."""
    return mention.section in _FOUND_IN and mention.term.name[0] == "S" and mention.affirmed


def _circumstance(mention: Mention) -> bool:
    return bool(mention.term.flags & {"external", "place", "activity", "status"})


def _well_placed(note: Note, mention: Mention, listed: bool, leads: _Leads) -> bool:
    section = mention.section
    if "encounter" in mention.term.flags and (
        put_off(note, mention) or (section not in DIAGNOSTIC | _REASONED and _is_a_label(note, mention))
    ):
        return False
    if "status" in mention.term.flags and _planned(note, mention):
        return False
    if section in DIAGNOSTIC:
        return _names_a_problem(note, mention, leads) or not listed or mention.term.name == "Z66"
    if (note.kind == "lab" and section == "indication") or (leads.preop and section == "preop_dx"):
        return True
    if mention.term.flags & {"external", "place", "activity"}:
        return section not in {"family_history", "instructions", "medications", "ros"}
    if mention.term.flags & {"encounter"}:
        return section not in {"family_history", "instructions", "pmh", "medications", "plan"}
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


def _why_accepted(mention: Mention, assertion: Assertion, setting: Setting) -> tuple[Because, ...]:
    place = section_words(mention.section)
    if assertion is Assertion.UNCERTAIN and setting is Setting.INPATIENT:
        text = "an uncertain diagnosis at discharge is coded as if it existed in an inpatient stay"
        return (guideline("Section II.H", text, ("section", place), *_cue(mention)),)
    where = "Section III" if setting is Setting.INPATIENT else "Section IV.G"
    return (guideline(where, f"documented in the {place} of the note", ("section", place)),)


def _why_not(mention: Mention, setting: Setting) -> Because:
    place = ("section", section_words(mention.section))
    assertion = mention.asserted.assertion
    if assertion is Assertion.UNCERTAIN:
        if setting is Setting.INPATIENT:
            return guideline("Section II.H", "uncertain, and not among the discharge diagnoses", place)
        text = "an uncertain diagnosis is not coded outside an inpatient stay"
        return guideline("Section IV.H", text, place, *_cue(mention))
    if assertion in _KEPT_WORDS:
        where, text = _KEPT_WORDS[assertion]
        return guideline(where, text, place, *_cue(mention))
    text = "mentioned, but not among the diagnoses that were assessed or treated"
    return guideline("Section IV.J", text, place)


def _cue(mention: Mention) -> tuple[tuple[str, str], ...]:
    cue = mention.asserted.cue
    return (("cue", f"{cue.start}-{cue.end}: {cue.text[:60]}"),) if cue else ()
