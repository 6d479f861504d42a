"""The trimester of a code of pregnancy, and whether a normal pregnancy is the first (Section I.C.15.a.3 and b.1)."""

from __future__ import annotations

import datetime as dt
import re

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.multiples import add_chorionicity
from cleanclaim.coding.births.pregnancy import trimester_words, weeks_of_gestation
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note

_OPEN = "unspecified trimester"
_TRIMESTERS = ("first", "second", "third")
_GRAVIDA = re.compile(r"g([0-9]{1,2})(?:p[0-9]{1,4})?")
_FIRST = frozenset(("primigravida", "primip", "nulliparous", "nullipara"))
_LATER = frozenset(("multigravida", "multip", "multiparous", "multipara"))
_BY_NUMBER = {"Z34.90": ("Z34.00", "Z34.80"), "Z34.91": ("Z34.01", "Z34.81"), "Z34.92": ("Z34.02", "Z34.82")}
_BY_NUMBER["Z34.93"] = ("Z34.03", "Z34.83")


_TERM_WEEKS, _POST_TERM_WEEKS = 37, 42
# Before and after 37 completed weeks.
_TERM = {
    "O47.9": ("O47.00", "O47.1"),
    "O42.90": ("O42.919", "O42.92"),
    "O42.00": ("O42.019", "O42.02"),
    "O42.10": ("O42.119", "O42.12"),
}


def add_trimesters(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Codes that leave the trimester open, with the one that the weeks or the words of the note state."""
    pregnant = [pick for pick in live(picks) if pick.code[0] == "O" or pick.code.startswith("Z34")]
    if not pregnant:
        return picks
    out = dict(picks)
    trimester = _trimester(note, surely=any(pick.diagnostic for pick in pregnant))
    first = _is_first(note)
    for pick in pregnant:
        code = _by_weeks(pick.code, note)
        code = _with_trimester(code, trimester, book, on) if trimester else code
        if first is not None and code in _BY_NUMBER:
            code = _BY_NUMBER[code][0 if first else 1]
        elif first is False and code.startswith("Z34.0"):
            code = f"Z34.8{code[-1]}"
        if code != pick.code:
            _move(out, pick, code, trimester)
    return add_chorionicity(note, out)


def _trimester(note: Note, *, surely: bool) -> str:
    found = weeks_of_gestation(note, surely=surely)
    if found is not None:
        return next(word for word in _TRIMESTERS if word in trimester_words(found[0]))
    forms = note.words.forms
    said = {forms[place - 1] for place, form in enumerate(forms) if form == "trimester" and place}
    return next(iter(said)) if len(said) == 1 and said <= set(_TRIMESTERS) else ""


def _is_first(note: Note) -> bool | None:
    """Whether this is the first pregnancy, by gravidity ("G1P0", "primigravida"); None where nothing says."""
    forms = note.words.forms[:2000]
    if _FIRST.intersection(forms):
        return True
    if _LATER.intersection(forms):
        return False
    counts = [int(found.group(1)) for form in forms if len(form) <= 7 and (found := _GRAVIDA.fullmatch(form))]
    return counts[0] == 1 if counts else None


def _by_weeks(code: str, note: Note) -> str:
    """Labor that was none and waters that broke early, by whether 37 weeks are completed."""
    found = weeks_of_gestation(note, surely=True)
    if found is not None and code == "O48.0" and found[0] >= _POST_TERM_WEEKS:
        return "O48.1"
    if found is None or code not in _TERM:
        return code
    return _TERM[code][found[0] >= _TERM_WEEKS]


def _with_trimester(code: str, trimester: str, book: CodeBook, on: dt.date) -> str:
    entry = book.find("ICD-10-CM", code, on)
    if entry is None or _OPEN not in entry.title:
        return code
    wanted = entry.title.replace(_OPEN, f"{trimester} trimester")
    for place in range(len(code) - 1, 3, -1):
        for digit in "123":
            sibling = code[:place] + digit + code[place + 1 :]
            other = book.find("ICD-10-CM", sibling, on)
            if other is not None and other.billable and other.title == wanted:
                return sibling
    return code


def _move(out: Picks, old: Pick, code: str, trimester: str) -> None:
    reason = guideline(
        "Section I.C.15.a.3", "the trimester and gravidity are stated", ("trimester", trimester)
    )
    out[old.code] = old.drop(guideline("Section I.C.15.a.3", f"the note calls for {code}"))
    if code not in out or out[code].dropped is not None:
        out[code] = evolve(old, code=code, inferred=True).explain(reason)
