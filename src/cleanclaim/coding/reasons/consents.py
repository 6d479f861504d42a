"""What may go wrong with an operation, as consents list it: none of it is there (Section IV.J).

"We discussed nerve injury, hypocalcemia and bleeding", "extraction (paresthesia, dry socket, jaw fracture risk
signed)": a list of complications beside a word of consent names nothing that the patient has.
"""

from __future__ import annotations

import re

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_CONSENT = word_set(
    "consent consented consents signed discussed explained reviewed covered disclosed risk risks warned understands"
    " accepts rba quoted mentioned outlined"
)
_COMPLICATIONS = word_set(
    "bleeding bleed infection hematoma seroma injury recurrence scar scarring numbness paresthesia stiffness nonunion"
    " dvt vte clot clots anesthesia perforation leak hoarseness hypocalcemia blindness endophthalmitis fistula stroke"
    " death transfusion rupture failure loosening dislocation crps pneumothorax socket hypopigmentation blister"
    " anaphylaxis conversion nerve vessel bowel bladder ureter sepsis thrombosis embolism incontinence impotence"
)
_PLACES = frozenset(
    (
        "assessment",
        "assessment_plan",
        "impression",
        "diagnosis",
        "plan",
        "postop_dx",
        "procedure",
        "opening",
        "hpi",
    )
)
_FEWEST, _HEAD = 2, 3
# A new entry of a list, where a sentence runs over several.
_ENTRY = re.compile(r"\n[ \t]*(?:[-*#•(]|[0-9a-zA-Z]{1,2}[.)])")


def drop_consented(note: Note, picks: Picks) -> Picks:
    """The picks without what only a list of possible complications names."""
    if _CONSENT.isdisjoint(note.words.forms):
        return picks
    out = dict(picks)
    for pick in live(picks):
        if pick.mentions and all(_in_consent(note, mention) for mention in pick.mentions):
            reason = guideline("Section IV.J", "a complication that was talked over, and is not there")
            out[pick.code] = pick.drop(reason)
    return out


def _in_consent(note: Note, mention: Mention) -> bool:
    if mention.section not in _PLACES:
        return False
    first, last, bracket = _stretch(note, mention)
    forms = note.words.forms
    others = [*forms[first : mention.first], *forms[mention.last : last]]
    if bracket:
        return not _CONSENT.isdisjoint(others) and not _COMPLICATIONS.isdisjoint(others)
    if len(_COMPLICATIONS.intersection(others)) < _FEWEST:
        return False
    # Before the list as in "we discussed", or behind it as in "risks explained"; what heads its line is the disease.
    item = note.item_at(first)
    begin = max(first, item.first) if item is not None and item.first <= mention.first else first
    return mention.first - begin >= _HEAD and not (_CONSENT - {"risk"}).isdisjoint(others)


def _stretch(note: Note, mention: Mention) -> tuple[int, int, bool]:
    """The words of the bracket around a mention, else of its sentence; whether it is a bracket."""
    sentence = note.sentence_at(mention.first)
    start, end = note.words.starts[sentence.first], note.words.ends[sentence.last - 1]
    opened = note.text.rfind("(", start, mention.span.start)
    closed = note.text.find(")", mention.span.end, end + 1)
    if opened >= 0 and closed >= 0 and note.text.find(")", opened, mention.span.start) < 0:
        places = [
            place
            for place in range(sentence.first, sentence.last)
            if opened < note.words.starts[place] < closed
        ]
        return places[0], places[-1] + 1, True
    low = max((match.end() for match in _ENTRY.finditer(note.text, start, mention.span.start)), default=start)
    ahead = _ENTRY.search(note.text, mention.span.end, end)
    high = ahead.start() if ahead else end
    starts = note.words.starts
    places = [place for place in range(sentence.first, sentence.last) if low <= starts[place] < high]
    return places[0], places[-1] + 1, False
