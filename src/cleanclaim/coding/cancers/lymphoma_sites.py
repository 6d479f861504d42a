"""A lymphoma by the nodes it sits in: the fifth character of C81 to C85 (Section I.B.2)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import Told, sentences_telling
from cleanclaim.coding.worked_out import add_pick
from cleanclaim.documents.note import Note

_LYMPHOMAS = ("C81", "C82", "C83", "C84", "C85")
_WORDS = ("lymphoma", "dlbcl", "hodgkin", "hodgkins")
_SITES = (
    (
        "8",
        (
            "multiple sites",
            "multiple nodal",
            "both sides of the diaphragm",
            "above and below the diaphragm",
            "widespread nodes",
        ),
    ),
    (
        "1",
        (
            "neck nodes",
            "cervical nodes",
            "cervical node",
            "neck node",
            "nodes of the neck",
            "supraclavicular node",
        ),
    ),
    (
        "1",
        (
            "supraclavicular nodes",
            "head and neck nodes",
            "nodes of head",
            "lymph nodes of the neck",
            "cervical lymph nodes",
        ),
    ),
    ("2", ("mediastinal", "mediastinum", "intrathoracic", "hilar nodes", "chest nodes", "thoracic nodes")),
    (
        "3",
        (
            "abdominal nodes",
            "intra abdominal",
            "retroperitoneal",
            "mesenteric",
            "para aortic",
            "paraaortic",
            "abdominal lymph nodes",
        ),
    ),
    ("4", ("axillary", "axilla", "nodes of the arm", "upper limb nodes")),
    ("5", ("inguinal", "groin nodes", "groin node", "nodes of the groin", "lower limb nodes")),
    ("6", ("pelvic nodes", "intrapelvic", "iliac nodes", "pelvic lymph nodes")),
    ("7", ("of the spleen", "splenic")),
)
_SEVERAL = "8"


def add_lymphoma_site(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with each lymphoma without a site by the nodes that its own sentence names."""
    unsited = [pick for pick in live(picks) if begins_with(pick.code, _LYMPHOMAS) and pick.code[-1] == "0"]
    if not unsited:
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _WORDS):
        for pick in unsited:
            here = next((m for m in pick.mentions if told.first <= m.first < told.last), None)
            digit = _site(told) if here is not None else ""
            code = f"{pick.code[:-1]}{digit}"
            entry = billable_entry(book, code, on) if digit else None
            if here is None or entry is None or out[pick.code].dropped is not None:
                continue
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"the nodes are named: {code}"))
            add_pick(out, code, here, guideline("Section I.B.2", "by the nodes that are named"))
    return out


def _site(told: Told) -> str:
    found = {digit for digit, words in _SITES if told.any_of(words)}
    if len(found) > 1:
        return _SEVERAL
    return next(iter(found), "")
