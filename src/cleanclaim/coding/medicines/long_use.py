"""Whether a note says of a medicine that it is taken for long: for years, for ever, or by its dose as a maintenance."""

from __future__ import annotations

import re
from itertools import pairwise

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.number_words import ONES
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

DOSING = word_set("daily bid tid nightly weekly qd qhs qam home monthly q2w biweekly")
"""Words by which a dose is one of every day, week or month."""

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
_AS_NEEDED = word_set("prn occasional occasionally sometimes")
_YEARS = word_set("year years yr yrs")
_LONG_UNITS = _YEARS | word_set("month months mo mos")
_BY_DOSES = re.compile(
    r" (?:dose (?:[3-9]|[1-9][0-9])"
    r"|(?:third|fourth|fifth|[6-9]th|[1-9][0-9](?:th|st|nd|rd))(?: full)? (?:dose|infusion|injection)"
    r"|q ?[0-9]{1,2} ?(?:w|wk|wks|week|weeks|mo|month|months)"
    r"|every (?:[2-9]|1[0-2]|two|three|four|six|eight|twelve) (?:week|month)s?"
    r"|maintenance|monthly|weekly) "
)
# "Now in its eighth month", "4th year", "year 3", "month nineteen".
_NTH = r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[3-9]th|[1-9][0-9]th)"
_BY_COUNT = re.compile(
    rf" (?:(?:second|first|2nd|1st|{_NTH}) (?:straight |consecutive |full )?year|{_NTH} month|year [1-9]\d?"
    r"|month (?:[4-9]|[1-9]\d|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)) "
)


def said_to_be_long(note: Note, mention: Mention) -> bool:
    """Whether the words around say that it is taken for years or for ever, and not as needed."""
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 8), min(sentence.last, mention.last + 12)
    forms = note.words.forms[low:high]
    text = f" {' '.join(forms)} "
    if _AS_NEEDED.intersection(forms) or " as needed " in text or " if needed " in text:
        return any(f" {words} " in text for words in _FOR_EVER[:2])
    if mention.term.name in _FORMS and _FORMS[mention.term.name].intersection(forms):
        return True
    if mention.term.name == "watched_drug":
        return any(f" {words} " in text for words in _FOR_EVER)
    if any(f" {words} " in text for words in _FOR_EVER) or _since_then(note, mention, sentence.last):
        return True
    if mention.term.name == "antibiotic_taken":
        return False
    if _BY_COUNT.search(text):
        return True
    if mention.term.name.startswith("biologic") and _BY_DOSES.search(text):
        return True
    return any(
        (forms[at] in {"for", "x", "over", "past", "least"} or forms[at] in DOSING)
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
