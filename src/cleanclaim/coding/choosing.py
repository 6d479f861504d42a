"""Which mentions may become codes: by assertion, by place in the note, by setting."""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.diseases.ended_in_stay import as_of_stay
from cleanclaim.coding.diseases.short_names import codes_of_titles
from cleanclaim.coding.phrases.admitted_for import with_reason_told
from cleanclaim.coding.phrases.story_order import background_last
from cleanclaim.coding.picks import NOT_ASSESSED, Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in, lists_only_others
from cleanclaim.coding.placing import Leads, circumstance, leads_of, names_a_problem, well_placed
from cleanclaim.coding.section_words import section_words
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.kernel.because import Because

_DISEASES = "ABCDEFGHIJKLMNOST"
_STORY = frozenset(("opening", "hpi", "chief_complaint", "hospital_course", "ed_course"))
_EPISODES = ("F32", "F33", "F41", "F43", "F53", "F50", "J45")
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
    "gone",
)
# What a physician concludes at the end of a stay without naming it in a list (Section II.H).
_CONCLUDED = ("believe", "felt to", "thought to be", "thought to represent", "judged to", "considered to be")
_TAKEN_OUT = ("K80", "N20", "N21", "N13.2", "T15", "T16", "T17", "T18", "T19", "K56.4", "H61.2")
_OUT = ("clear", "remov", "extract", "retriev", "evacuat", "disimpact", "irrigat")
_DONE_TO_INJURIES = ("repair", "reduc", "sutur", "irrigat", "closed", "stapled", "glued")
_PAST = ("Z85", "Z86", "Z87")
_SAYS_PAST = re.compile(r"(?:personal |prior |past )?(?:history|hx|h/o|previous|prior) ?", re.IGNORECASE)
_WATCHED = ("surveillance", "screening", "follow", "for ", "monitor")
_KEPT_WORDS = {
    Assertion.NEGATED: ("Section IV.J", "the note says that it is absent"),
    Assertion.FAMILY: ("Section I.C.21.c.4", "it is said of a relative"),
    Assertion.HISTORICAL: ("Section IV.J", "it is past and no longer treated"),
    Assertion.HYPOTHETICAL: ("Section IV.J", "it is spoken of as something that may happen or is looked for"),
}


def choose(note: Note, mentions: tuple[Mention, ...], setting: Setting) -> Picks:
    """A pick per code, dropped with its reason where no mention may be coded."""
    by_code: dict[str, list[Mention]] = {}
    mentions = as_of_stay(note, mentions, setting)
    for mention in mentions:
        by_code.setdefault(mention.term.name, []).append(mention)
    leads = leads_of(note, mentions)
    listed = diagnosed_in(note) is DIAGNOSTIC and any(
        names_a_problem(note, mention, leads) and _codable(mention, setting) and not circumstance(mention)
        for mention in mentions
    )
    if not listed and _called_by_short_names(note, mentions):
        listed = True
    if not listed and _only_preop(note, mentions, setting):
        listed, leads = True, evolve(leads, preop=True)
    picks: Picks = {}
    for code, found in by_code.items():
        pick = _pick(note, code, found, setting, listed, leads)
        if pick is not None:
            picks[code] = pick
    if setting is Setting.INPATIENT:
        if lists_only_others(note):
            return _with_principal(picks)
        return picks if listed else with_reason_told(note, picks)
    return picks if listed else background_last(note, picks)


def _with_principal(picks: Picks) -> Picks:
    """The picks of a stay that lists its other diagnoses only, with the first acute disease of the story as listed."""
    acute = [
        (mention.first, pick, mention)
        for pick in live(picks)
        if not pick.diagnostic and pick.code[0] in _DISEASES and not {"chronic", "status"} & pick.flags
        for mention in pick.mentions
        if mention.affirmed and not mention.introduces and mention.section in _STORY
    ]
    if not acute:
        return picks
    _, pick, mention = min(acute, key=lambda one: one[0])
    listed = evolve(mention, section="principal_dx")
    return {**picks, pick.code: evolve(pick, mentions=(listed, *pick.mentions))}


def _called_by_short_names(note: Note, mentions: tuple[Mention, ...]) -> bool:
    """Whether the diagnosis list names by a part or a value what the story names ("A: Thyroid, B12.")."""
    codes = note.once(codes_of_titles)
    return bool(codes) and any(m.affirmed and m.term.name.startswith(codes) for m in mentions)


def _only_preop(note: Note, mentions: tuple[Mention, ...], setting: Setting) -> bool:
    """Whether an operative note names the disease before the operation and calls the one after it the same."""
    return note.kind == "operative" and any(
        m.section == "preop_dx" and _codable(m, setting) for m in mentions
    )


def _pick(
    note: Note, code: str, found: list[Mention], setting: Setting, listed: bool, leads: Leads
) -> Pick | None:
    source = found[0].term.source
    good = [m for m in found if _codable(m, setting) and well_placed(note, m, listed, leads)]
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
    if assertion is Assertion.AFFIRMED or _complaint_under_doubt(mention) or _told_as_past(mention):
        return True
    if assertion is Assertion.UNCERTAIN:
        external = bool(mention.term.flags & {"external", "place", "activity"})
        return external or (setting is Setting.INPATIENT and _uncertain_at_the_end(mention))
    if assertion is Assertion.HISTORICAL:
        return _past_but_coded(mention, setting)
    if mention.term.source == "title" and mention.term.name[0] == "Z" and mention.section in DIAGNOSTIC:
        return True
    if assertion is Assertion.FAMILY:
        return "famhist" in mention.term.flags
    if assertion is Assertion.HYPOTHETICAL and _counselled(mention):
        return True
    return assertion is Assertion.HYPOTHETICAL and "encounter" in mention.term.flags


def _uncertain_at_the_end(mention: Mention) -> bool:
    """Whether a doubtful diagnosis is listed, or is what the story of a stay comes to ("I believe this is ...")."""
    cue = mention.asserted.cue
    concluded = cue is not None and any(words in cue.text.lower() for words in _CONCLUDED)
    return mention.section in DIAGNOSTIC or (concluded and mention.section not in {"exam", "results", "ros"})


def _told_as_past(mention: Mention) -> bool:
    """A past illness named as such ("surveillance for history of polyps, none found"): what is watched for or not
    found today is the illness, not that it was."""
    cue = mention.asserted.cue
    if cue is None or not mention.term.name.startswith(_PAST) or not _SAYS_PAST.match(mention.span.text):
        return False
    if mention.asserted.assertion is Assertion.NEGATED:
        return cue.start > mention.span.start
    return mention.asserted.assertion is Assertion.HYPOTHETICAL and cue.text.lower().startswith(_WATCHED)


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
        # A withdrawal that was treated to its end was one of this stay; smoking that ended is none.
        return setting is not Setting.OUTPATIENT and mention.term.name.endswith("3")
    cue = mention.asserted.cue
    # An injury that was repaired at the visit is what the visit was for.
    injury = mention.term.name[0] == "S" and mention.section in DIAGNOSTIC
    if cue and injury and cue.text.lower().startswith(_DONE_TO_INJURIES):
        return True
    if cue and mention.section in DIAGNOSTIC and mention.term.name.startswith(_TAKEN_OUT):
        # A stone or a foreign body that a list calls cleared was taken out at this visit, unless a time is told.
        return cue.text.lower().startswith(_OUT) and not any(char.isdecimal() for char in cue.text)
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
    return guideline("Section IV.J", NOT_ASSESSED, place)


def _cue(mention: Mention) -> tuple[tuple[str, str], ...]:
    cue = mention.asserted.cue
    return (("cue", f"{cue.start}-{cue.end}: {cue.text[:60]}"),) if cue else ()
