"""Medicines taken for long: the Z79 codes that a coded disease asks for (Section I.C.21.c.3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.number_words import ONES
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
_FOR_EVER = (
    *("long term", "longterm", "lifelong", "life long", "for life", "indefinitely", "for years"),
    *("for many years", "long standing", "longstanding", "chronically", "suppressive", "prophylaxis"),
    *("for several years", "every day since", "permanently", "pain contract", "opioid agreement"),
)
_THEN = word_set(
    "january february march april may june july august september october november december the her his then last age"
    " childhood early late spring summer fall winter jan feb mar apr jun jul aug sep sept oct nov dec"
)
# Forms of an opioid that nobody takes for a day.
_FORMS = {"opioid_analgesic": word_set("er xr contin patch extended methadone")}
_DOSING = word_set("daily bid tid nightly weekly qd qhs qam home monthly q2w biweekly")
_UNSURE = word_set(
    "consider discuss discussed offered if versus vs switch trial increase hold stop stopped until new course"
    " burst taper declined refuses once today"
)
_UNDECIDED = word_set("decide decides deciding decision whether undecided")
_AS_NEEDED = word_set("prn occasional occasionally sometimes")
_YEARS = word_set("year years yr yrs")
_LONG_UNITS = _YEARS | word_set("month months mo mos")
_REMEDY = word_set("dextrose d50 gluconate hyperkalemia potassium drip bolus calcium infusion albuterol gtt")
_HANDED = word_set("given received loaded load administered")
_OF_DIABETES = frozenset(("insulin", "oral_antidiabetic", "injectable_antidiabetic"))
_YEAR_BEFORE = word_set("in since until till to from through")
_SHORT_COURSE = re.compile(
    r" (?:x|for) ?[0-9]{1,2} ?(?:d|day|days|dose|doses) | (?:burst|taper|pack|dose pack|then stop) "
)
_ENDING = word_set("was were now since then but which until not")
_AGAIN = word_set("resumed restarted back again")
# "Methotrexate can cause hepatitis" tells of the drug and not of the patient.
_MAY = word_set("can may could might would")
_UNUSED = word_set("filled refilled needed used taken required")
_BY_DOSES = re.compile(
    r" (?:dose (?:[3-9]|[1-9][0-9])"
    r"|(?:third|fourth|fifth|[6-9]th|[1-9][0-9](?:th|st|nd|rd))(?: full)? (?:dose|infusion|injection)"
    r"|q ?[0-9]{1,2} ?(?:w|wk|wks|week|weeks|mo|month|months)"
    r"|every (?:[2-9]|1[0-2]|two|three|four|six|eight|twelve) (?:week|month)s?"
    r"|maintenance|monthly|weekly) "
)
_LISTED_TREATMENT = ("treatment", "current treatment", "current therapy", "therapy", "regimen")
_STOPPED = word_set(
    "finished completed stopped discontinued stop quit held off ceased dropped refused declined declines refuses"
)


def add_status_codes(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """Codes for long-term medicines that a coded disease asks for."""
    out = dict(picks)
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
            if owners
            and _taken_for_long(note, m, candidates)
            and (not only_long or _said_to_be_long(note, m))
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
        _said_to_be_long(note, mention)
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
    sentence = note.sentence_at(mention.first)
    if mention.term.name == "long_steroid" and _SHORT_COURSE.search(
        f" {' '.join(note.words.forms[mention.last : min(sentence.last, mention.last + 5)])} "
    ):
        return False
    if _not_taken(note, mention, sentence.first) or _given_once(note, mention):
        return False
    if _no_longer_taken(note.words.forms, mention, sentence.first, _said_of_it(note, mention, sentence.last)):
        return False
    if mention.section not in _TAKEN_SECTIONS and not _under_treatment(note, mention):
        before = note.words.forms[max(sentence.first, mention.first - 5) : mention.first]
        after = note.words.forms[mention.last : min(sentence.last, mention.last + 10)]
        return bool(
            long
            or _dosed_daily(note, mention, candidates)
            or ("discharged" not in before and _TAKING.intersection(before))
            or "since" in after
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
    return not (starting or discharged or (note.kind == "discharge" and "new" in after))


def _dose_like_a_year(note: Note, mention: Mention) -> bool:
    """Whether what dates a medicine to the past is its dose ("metformin XR 2000")."""
    cue = mention.asserted.cue
    if cue is None or not cue.text.isdecimal() or mention.section not in _TAKEN_SECTIONS:
        return False
    between = note.text[mention.span.end : cue.start].split()
    return len(between) <= 1 and not _YEAR_BEFORE.intersection(between)


def _said_of_it(note: Note, mention: Mention, last: int) -> int:
    """Where what is said of a medicine ends: at a comma that another word than its end follows."""
    commas = note.words.commas
    at = bisect_left(commas, mention.last)
    for comma in commas[at : at + 2]:
        if comma < last and not (_STOPPED | _ENDING).intersection(note.words.forms[comma : comma + 2]):
            return comma
    return last


def _under_treatment(note: Note, mention: Mention) -> bool:
    """Whether the part is headed "Treatment:", which in a letter lists what is taken, before the plan is told."""
    title = note.section_at(mention.first).title
    if mention.section != "plan" or title is None:
        return False
    line = note.text.find("\n", title.end)
    same_line = line < 0 or mention.span.start < line
    return same_line and title.text.lower().strip(" :") in _LISTED_TREATMENT


def _said_to_be_long(note: Note, mention: Mention) -> bool:
    """Whether the words around say that it is taken for years or for ever, and not as needed."""
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 8), min(sentence.last, mention.last + 12)
    forms = note.words.forms[low:high]
    text = f" {' '.join(forms)} "
    if _AS_NEEDED.intersection(forms) or " as needed " in text or " if needed " in text:
        return any(f" {words} " in text for words in _FOR_EVER[:2])
    if mention.term.name in _FORMS and _FORMS[mention.term.name].intersection(forms):
        return True
    if any(f" {words} " in text for words in _FOR_EVER) or _since_then(note, mention, sentence.last):
        return True
    if mention.term.name == "antibiotic_taken":
        return False
    if mention.term.name.startswith("biologic") and _BY_DOSES.search(text):
        return True
    return any(
        (forms[at] in {"for", "x", "over", "past", "least"} or forms[at] in _DOSING)
        and forms[at + 2] in _LONG_UNITS
        and _count(forms[at + 1]) > (0 if forms[at + 2] in _YEARS else 2)
        for at in range(len(forms) - 2)
    )


def _count(form: str) -> int:
    """A number in figures or in words; 0 for any other word."""
    return int(form) if form.isdecimal() else ONES.get(form, 0)


def _since_then(note: Note, mention: Mention, last: int) -> bool:
    """Whether a year, a month or an event behind the medicine says since when it is taken."""
    after = note.words.forms[mention.last : min(last, mention.last + 12)]
    # "Eliquis, started in 2022"
    if any(one == "in" and two.isdecimal() and len(two) == 4 for one, two in pairwise(after[:6])):
        return True
    if "since" not in after[:-1]:
        return False
    then = after[after.index("since") + 1]
    return (then.isdecimal() and len(then) == 4) or then in _THEN


def _not_taken(note: Note, mention: Mention, first: int) -> bool:
    """Whether it is said not to be taken ("he is not on aspirin", "no insulin")."""
    before = note.words.forms[max(first, mention.first - 3) : mention.first]
    after = note.words.forms[mention.last : mention.last + 4]
    opening = note.words.forms[first : first + 1]
    if opening == ["new"] or note.words.forms[max(first, mention.first - 1) : mention.first] == ["then"]:
        return True
    if _UNDECIDED.intersection(note.words.forms[max(first, mention.first - 5) : mention.first]):
        return True
    if "until" in after and "only" in after:
        return True
    return (
        "not" in before
        or before[-1:] in (["no"], ["off"], ["without"], ["never"])
        or before[-2:]
        == [
            "no",
            "longer",
        ]
    )


def _dosed_daily(note: Note, mention: Mention, candidates: Candidates) -> bool:
    """Whether a diagnosis list names it with its daily dose, as something that goes on ("aspirin 81 mg daily")."""
    sentence = note.sentence_at(mention.first)
    after = note.words.forms[mention.last : min(sentence.last, mention.last + 6)]
    before = note.words.forms[max(sentence.first, mention.first - 6) : mention.first]
    begun = any(sentence.first <= cue.first < mention.first for cue in candidates.concept("start"))
    if begun or _UNSURE.intersection((*before, *after)) or mention.section not in diagnosed_in(note):
        return False
    days = any(form in {"x", "for"} for form in after)
    return bool(_DOSING.intersection(after)) and not days


def _given_once(note: Note, mention: Mention) -> bool:
    """Whether it was given as a remedy of the hour: a first dose on arrival, insulin with dextrose or as a drip."""
    sentence = note.sentence_at(mention.first)
    before = note.words.forms[max(sentence.first, mention.first - 6) : mention.first]
    if _HANDED.intersection(before) and not _said_to_be_long(note, mention):
        return True
    if mention.term.name != "insulin":
        return False
    if "sliding" in note.words.forms[mention.last : mention.last + 3]:
        return True
    near = note.words.forms[max(sentence.first, mention.first - 6) : min(sentence.last, mention.last + 6)]
    return bool(_REMEDY.intersection(near))


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


def _is_year(form: str) -> bool:
    return len(form) == 4 and form.isdecimal() and form.startswith(("19", "20"))


def _no_longer_taken(forms: list[str], mention: Mention, first: int, last: int) -> bool:
    """Whether a medicine is said to have been stopped ("metformin was stopped last year", "came off insulin")."""
    if _AGAIN.intersection(forms[mention.last : last]):
        return False
    before = forms[max(first, mention.first - 3) : mention.first]
    after = forms[mention.last : min(last, mention.last + 4)]
    behind = forms[mention.last : last]
    if "took" in before and ("until" in behind or any(_is_year(form) for form in behind[:9])):
        return True
    if before[-3:] in (["ran", "out", "of"], ["run", "out", "of"]):
        return True
    behind = forms[mention.last : min(last, mention.last + 7)]
    if _MAY.intersection(behind[:1]):
        return True
    if "not" in behind and _UNUSED.intersection(behind[behind.index("not") :]):
        return True
    return bool(_STOPPED.intersection(before) or _STOPPED.intersection(after[:3]))
