"""What began and ended within a stay belongs to the stay, though its story tells it as over (Sections II and III).

"Metabolic encephalopathy cleared by the third hospital day" was treated here; "pneumonia in May, resolved" was not.
"""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.candidates import Mention
from cleanclaim.documents.assertion import Asserted, Assertion
from cleanclaim.documents.note import Note

_ENDED = (
    "resol",
    "clear",
    "gone",
    "went",
    "correct",
    "settled",
    "subsided",
    "abated",
    "recover",
    "lifted",
    "until",
)
_DISEASES = "ABCDEFGHIJKLMNOPRST"
_MOST = 400
# When within the stay: "by the third hospital day", "on arrival", "over 48 hours", "before discharge".
_WITHIN = re.compile(
    r"\b(?:on|at|by|before|until|since) (?:the )?(?:arrival|admission|presentation|discharge|transfer)\b"
    r"|\bby (?:the )?(?:week [a-z0-9]+|[a-z]+ week)\b"
    r"|\bhospital day\b|\bh\.?d\.? ?#?\d|\bp\.?o\.?d\.? ?#?\d|\bovernight\b|\bin the (?:icu|unit|ed|pacu|ward)\b"
    r"|\b(?:by|on|within|after|over|in|for|x) (?:the )?(?:[a-z0-9-]+ ){0,2}"
    r"(?:days?|hours?|hrs?|morning|night|evening)\b"
    r"|\b\d{1,3} ?(?:days?|h|hours?|hrs?|d)\b"
)
_EARLIER = re.compile(r"\b(?:ago|years?|months?|last|previous|prior|history|h/o|hx|(?:19|20)\d\d)\b")
_ENDS_LINE = re.compile(r"[^.;:,\n]{0,60}[ ,(–-]{1,3}")
_NOT_HERE = frozenset(
    ("pmh", "psh", "family_history", "social_history", "ros", "problem_list", "instructions")
)


def as_of_stay(note: Note, mentions: tuple[Mention, ...], setting: Setting) -> tuple[Mention, ...]:
    """The mentions of a stay, where what ended within it is affirmed; a newborn has no past before it."""
    if setting is not Setting.INPATIENT:
        return mentions
    newborn = is_newborn_record(note)
    return tuple(
        evolve(mention, asserted=Asserted(Assertion.AFFIRMED))
        if _ended_here(note, mention, newborn)
        else mention
        for mention in mentions
    )


def _ended_here(note: Note, mention: Mention, newborn: bool) -> bool:
    cue = mention.asserted.cue
    if mention.asserted.assertion is not Assertion.HISTORICAL or cue is None:
        return False
    if mention.term.name[0] not in _DISEASES or mention.section in _NOT_HERE:
        return False
    if newborn:
        return mention.term.name[0] != "O"
    if not cue.text.lower().startswith(_ENDED) or cue.start < mention.span.end:
        return False
    sentence = note.sentence_at(mention.first)
    start, end = note.words.starts[sentence.first], note.words.ends[sentence.last - 1]
    told = note.text[max(start, mention.span.start - _MOST) : min(end, cue.end + _MOST)].lower()
    if _EARLIER.search(told) is not None:
        return False
    # "Severe sepsis due to UTI, resolved" in a line of its own.
    between = note.text[mention.span.end : cue.start].lower()
    line = cue.text.lower().startswith("resol") and _ENDS_LINE.fullmatch(between) is not None
    return line or _WITHIN.search(told) is not None
