"""Whether an operation that is named was done in this very stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cleanclaim.coding.procedures.hospital_operations import Operation, Words
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase, word_set

DONE_SECTIONS = word_set(
    "procedure postop_dx hospital_course opening operative_detail discharge_dx principal_dx findings technique"
    " ed_course"
)
_BEFORE = 8
# No sentence of a report is longer; the time stays bounded on a text that never ends one.
_SENTENCE = 150
_AFTER = 7


def _phrases(text: str) -> Words:
    return tuple(phrase(one) for one in text.split(","))


_NOT_DONE_BEFORE = _phrases(
    "history of,h o,prior,previous,previously,old,remote,status post,s p,hx of,planned,plan for,plan is for,scheduled,"
    "will,to undergo,going for,await,awaiting,pending,consider,considered,considering,discussed,candidate for,"
    "declined,refused,refusing,deferred,offered,recommend,recommended,possible,consent,consented,"
    "post,desire,attempt at,unsuccessful attempt,attempted,avoided,known,"
    "instead of,"
    "rather than,in lieu of,without,not,no,never,unable,avoid,avoiding,return for,need for,risk of,if,may need,"
    "might need,evaluate for,evaluation for,evaluated for,since,home"
)
_NOT_DONE_AFTER = _phrases(
    "declined,refused,deferred,cancelled,canceled,postponed,was considered,considered,was discussed,discussed,"
    "recommended,planned,scheduled,was offered,not performed,not done,was not,was aborted,aborted,"
    "was attempted,attempted,unsuccessful,scar,not indicated,at age,in place,"
    "was abandoned,"
    "remote,previously,not needed,not required,as an outpatient,as outpatient,will be,if,is pending,next week"
)
_ELSEWHERE = _phrases(
    "year ago,month ago,as a child,in childhood,outside hospital,osh,before transfer,prior to transfer,"
    "last pregnancy,prior pregnancy,previous pregnancy,last year,last month,at age,remote past,in the past,decade ago"
)
_AFTER_IT = _phrases("pod,postoperative day,post operative day,post op day,postop day,hospital day")
_RESULTS = _phrases("negative,normal,unremarkable,within normal limit")
_JUST_HAD = _phrases("status post,s p")


def done_in_stay(note: Note, first: int, last: int, operation: Operation, on: dt.date) -> bool:
    """Whether the words from ``first`` to ``last`` tell of an operation of the stay that ends ``on``.

    What is denied, doubted, planned, declined, of an earlier year or of another hospital was not done here.
    """
    section = note.section_at(first).kind
    if section not in DONE_SECTIONS or section in operation.not_in:
        return False
    sentence = note.sentence_at(first)
    forms = note.words.forms
    whole = forms[max(sentence.first, first - _SENTENCE) : min(sentence.last, last + _SENTENCE)]
    if holds(whole, (*operation.unless, *_ELSEWHERE)) or _of_another_year(whole, on):
        return False
    verbs = operation.done_by if section != "procedure" else ()
    if any(words and not holds(whole, words) for words in (operation.needs, verbs)):
        return False
    if holds(whole, _AFTER_IT) and holds(forms[max(sentence.first, first - 4) : first], _JUST_HAD):
        return True
    if not _is_asserted(note, first, last):
        return False
    before = _nearest_clause(forms[max(sentence.first, first - _BEFORE) : first])
    after = forms[last : min(sentence.last, last + _AFTER)]
    return not holds(before, _NOT_DONE_BEFORE) and not holds(_first_clause(after), _NOT_DONE_AFTER)


def _is_asserted(note: Note, first: int, last: int) -> bool:
    """Whether it is said to have happened.

    "Was repaired" behind a tear makes it past, and the repair done; "negative" behind an endoscopy is its result.
    """
    asserted = assertion_at(note, first, last)
    behind = asserted.cue is not None and asserted.cue.start >= note.words.ends[last - 1]
    if asserted.assertion is Assertion.HISTORICAL:
        return behind
    if asserted.assertion is Assertion.NEGATED and asserted.cue is not None:
        return behind and holds(phrase(asserted.cue.text), _RESULTS)
    return asserted.assertion is Assertion.AFFIRMED


def holds(forms: Sequence[str], phrases: Words) -> bool:
    """Whether one of the phrases stands in the words."""
    text = f" {' '.join(forms)} "
    return any(f" {' '.join(words)} " in text for words in phrases)


def _of_another_year(forms: Sequence[str], on: dt.date) -> bool:
    """Whether the sentence names a year, and none that the stay can lie in."""
    years = {int(form) for form in forms if len(form) == 4 and form.isdecimal() and form[:2] in {"19", "20"}}
    return bool(years) and years.isdisjoint({on.year, on.year - 1} if on.month == 1 else {on.year})


def _nearest_clause(forms: Sequence[str]) -> Sequence[str]:
    """What stands behind the last mark: a cue does not reach over a semicolon or colon."""
    ends = [place for place, form in enumerate(forms) if form in {";", ":", "but"}]
    return forms[ends[-1] + 1 :] if ends else forms


def _first_clause(forms: Sequence[str]) -> Sequence[str]:
    return next((forms[:place] for place, form in enumerate(forms) if form in {";", ":", "but"}), forms)
