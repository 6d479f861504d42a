"""Medicines taken for long: the Z79 codes that a coded disease asks for (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.medicines.long_use import DOSING, said_to_be_long
from cleanclaim.coding.medicines.not_taken import is_not_taken
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_TAKEN_SECTIONS = word_set(
    "medications hpi pmh opening chief_complaint problem_list discharge_dx principal_dx diagnosis"
)
_TAKING = word_set(
    "continue continued continuing on take taking increase increased takes resume same home uses use using maintained"
)
_BEGUN = word_set("started begun initiated")
_CONTINUED = word_set("continued unchanged")
_UNSURE = word_set(
    "consider discuss discussed offered if versus vs switch trial increase hold stop stopped until new course"
    " burst taper declined refuses once today"
)
_OF_DIABETES = frozenset(("insulin", "oral_antidiabetic", "injectable_antidiabetic"))
_YEAR_BEFORE = word_set("in since until till to from through")
_LISTED_TREATMENT = ("treatment", "current treatment", "current therapy", "therapy", "regimen")


def add_status_codes(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """Codes for long-term medicines that a coded disease asks for."""
    out = dict(picks)
    if is_newborn_record(note):
        return picks  # what a mother takes, or what was given after birth
    for rule in rules()["status_from_medicines"]:
        named = candidates.concept(rule["concept"])
        if not named or (rule["give"] in out and out[rule["give"]].dropped is None):
            continue
        owners = [pick for pick in live(out) if begins_with(pick.code, rule["dx"])]
        only_long = rule.get("long") or not owners
        if not owners:
            owners = [] if rule.get("long") or rule["concept"] in _OF_DIABETES else live(out)
        mentions = tuple(
            m
            for m in named
            if owners and _taken_for_long(note, m, candidates) and (not only_long or said_to_be_long(note, m))
        )
        if mentions:
            reason = guideline(
                rule["where"],
                "a medicine taken for long is coded beside the disease it treats",
                ("disease", owners[0].code),
            )
            out[rule["give"]] = Pick(rule["give"], mentions[:3], (reason,), inferred=True)
    return out


def _taken_for_long(note: Note, mention: Mention, candidates: Candidates) -> bool:
    long = (
        said_to_be_long(note, mention)
        and "took" not in note.words.forms[max(0, mention.first - 3) : mention.first]
    )
    told = (
        mention.affirmed
        or _beyond_a_comma(note, mention)
        or _taken_all_the_same(note, mention)
        or (long and mention.asserted.assertion is Assertion.HISTORICAL)
        or _dose_like_a_year(note, mention)
    )
    if not told or mention.section in {"family_history", "allergies", "instructions", "ros"}:
        return False
    if is_not_taken(note, mention):
        return False
    sentence = note.sentence_at(mention.first)
    if mention.section not in _TAKEN_SECTIONS and not _under_treatment(note, mention):
        before = note.words.forms[max(sentence.first, mention.first - 5) : mention.first]
        after = note.words.forms[mention.last : min(sentence.last, mention.last + 10)]
        return bool(
            long
            or _dosed_daily(note, mention, candidates)
            or ("discharged" not in before and _TAKING.intersection(before))
            or "since" in after
            or _CONTINUED.intersection(after[:1])
        )
    starting = any(
        sentence.first <= cue.first < mention.first
        and mention.first - cue.last <= 4
        and not _began_before(note, cue)
        for cue in candidates.concept("start")
    )
    after = note.words.forms[mention.last : min(sentence.last, mention.last + 10)]
    discharged = "discharged" in note.words.forms[max(sentence.first, mention.first - 8) : mention.first]
    if long:
        return True
    starting = starting or bool(_BEGUN.intersection(after[:1]))
    return not (starting or discharged or (note.kind == "discharge" and "new" in after))


def _dose_like_a_year(note: Note, mention: Mention) -> bool:
    """Whether what dates a medicine to the past is its dose ("metformin XR 2000")."""
    cue = mention.asserted.cue
    if cue is None or not cue.text.isdecimal() or mention.section not in _TAKEN_SECTIONS:
        return False
    between = note.text[mention.span.end : cue.start].split()
    return len(between) <= 1 and not _YEAR_BEFORE.intersection(between)


def _under_treatment(note: Note, mention: Mention) -> bool:
    """Whether the part is headed "Treatment:", which in a letter lists what is taken, before the plan is told."""
    title = note.section_at(mention.first).title
    if mention.section != "plan" or title is None:
        return False
    line = note.text.find("\n", title.end)
    same_line = line < 0 or mention.span.start < line
    return same_line and title.text.lower().strip(" :*") in _LISTED_TREATMENT


def _dosed_daily(note: Note, mention: Mention, candidates: Candidates) -> bool:
    """Whether a diagnosis list names it with its daily dose, as something that goes on ("aspirin 81 mg daily")."""
    sentence = note.sentence_at(mention.first)
    after = note.words.forms[mention.last : min(sentence.last, mention.last + 6)]
    before = note.words.forms[max(sentence.first, mention.first - 6) : mention.first]
    begun = any(sentence.first <= cue.first < mention.first for cue in candidates.concept("start"))
    if begun or _UNSURE.intersection((*before, *after)) or mention.section not in diagnosed_in(note):
        return False
    days = any(form in {"x", "for"} for form in after)
    low_dose = mention.term.name == "aspirin" and "81" in (
        *after[:3],
        *note.words.forms[mention.first : mention.last],
    )
    return (low_dose or bool(DOSING.intersection(after))) and not days


def _beyond_a_comma(note: Note, mention: Mention) -> bool:
    """Whether what denies stands before a comma ("without complication, on metformin"): it denies no medicine."""
    cue = mention.asserted.cue
    if cue is None or mention.asserted.assertion is not Assertion.NEGATED:
        return False
    denied = cue.text.lower().startswith(("without", "w/o"))
    return denied and "," in note.text[cue.end : mention.span.start]


def _taken_all_the_same(note: Note, mention: Mention) -> bool:
    """Whether what is denied is an effect of the medicine ("no bleeding on apixaban")."""
    cue = mention.asserted.cue
    before = note.words.forms[max(0, mention.first - 3) : mention.first]
    if (
        cue is None
        or mention.asserted.assertion is not Assertion.NEGATED
        or before[-1:] not in (["on"], ["with"], ["of"], ["from"])
    ):
        return False
    return cue.end < note.words.starts[mention.first - 1] - 1 and not {
        "not",
        "longer",
        "never",
        "been",
    }.intersection(before)


def _began_before(note: Note, cue: Mention) -> bool:
    """Whether a story tells that a medicine was started before this visit ("started rivaroxaban that day")."""
    sentence = note.sentence_at(cue.first)
    today = {"today", "now", "will", "plan"}.intersection(note.words.forms[sentence.first : sentence.last])
    return cue.section in {"hpi", "opening", "pmh"} and cue.span.text.lower().endswith("ed") and not today
