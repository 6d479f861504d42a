"""Devices that the very procedure of a report put in: what was done is no status yet (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.coding.candidates import Mention
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_PLACED = ("Z95.5", "Z98.61", "Z95.0", "Z95.810", "Z95.818")
_REPORTS = word_set("catheterization cath pci angioplasty angiogram implant implantation ablation eps")
_REPORT = word_set("report procedure operative note")
_TITLE = 12
_BEFORE = word_set("prior previous old history known patent existing existent remote since hx chronic")


def placed_in_report(note: Note, mention: Mention) -> bool:
    """Whether a report of the procedure itself names the device, and not as one of an earlier day."""
    if not mention.term.name.startswith(_PLACED):
        return False
    title = note.words.forms[:_TITLE]
    if not (_REPORTS.intersection(title) and _REPORT.intersection(title)):
        return False
    sentence = note.sentence_at(mention.first)
    near = note.words.forms[max(sentence.first, mention.first - 6) : min(sentence.last, mention.last + 6)]
    year = any(form.isdecimal() and len(form) == 4 and form.startswith(("19", "20")) for form in near)
    return not year and _BEFORE.isdisjoint(near)
