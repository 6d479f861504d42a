"""Moles, lipomas and skin cancers whose code stands by the region of the body: the region from everyday words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.leaves import SIDES
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.note import Note

_SIDE_NUMBER = {"right": "1", "left": "2"}
# Lipomas count arms and legs through.
_LEG_NUMBER = {"right": "3", "left": "4"}
_SKIN_CANCER_NUMBER = {"right": "2", "left": "9"}


def add_skin_sites(note: Note, picks: Picks, candidates: Candidates, book: CodeBook, on: dt.date) -> Picks:
    """The picks with a code of the region in place of one that leaves the region open.

    Where the list names none, the one region counts that the story or the report of the biopsy tells.
    """
    out = dict(picks)
    by_code = families()["skin_sites"]
    for pick in live(out):
        if pick.code not in by_code:
            continue
        found = _exact(note, pick.mentions[:6], by_code[pick.code]) or _told_elsewhere(
            note, pick.code, by_code[pick.code], candidates
        )
        entry = billable_entry(book, found[0], on) if found else None
        if found and entry is not None:
            code, first, last = found
            reason = guideline("Section I.B.2", "the region is said beside it", ("from", pick.code))
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"the region calls for {code}"))
            add_pick(out, code, mention_of(note, code, first, last), reason)
            out[code] = evolve(out[code], mentions=(*out[code].mentions, *pick.mentions))
    return out


def _told_elsewhere(
    note: Note, code: str, codes: dict[str, str], candidates: Candidates
) -> tuple[str, int, int] | None:
    """What the other places call for that name the diagnosis, where all that tell a region tell the same."""
    told = [m for m in candidates.diagnoses if m.term.name == code and m.affirmed and m.section not in UNREAD]
    found = [one for mention in told[:6] if (one := _exact(note, (mention,), codes)) is not None]
    return found[0] if len({one[0] for one in found}) == 1 else None


def _exact(note: Note, mentions: Sequence[Mention], codes: dict[str, str]) -> tuple[str, int, int] | None:
    """(code, first, after the last word) of the region named nearest to a diagnosis, in its own sentence."""
    forms = note.words.forms
    for mention in mentions:
        sentence = note.sentence_at(mention.first)
        found = {
            at: region
            for at in range(sentence.first, sentence.last)
            if (region := _region(forms, at, codes)) is not None
        }
        if found:
            place = min(found, key=lambda at: abs(at - mention.first))
            code = codes[found[place]]
            beside = (*forms[max(0, place - 3) : place][::-1], *forms[place + 1 : place + 2])
            side = next((form for form in beside if form in SIDES), "")
            code = _by_side(code, side, forms[max(0, place - 3) : place + 3])
            numbers = _SKIN_CANCER_NUMBER if code.startswith("C44") else _SIDE_NUMBER
            code = code.replace("#", _LEG_NUMBER.get(side, "0")).replace(
                "*", numbers.get(side, "1" if numbers is _SKIN_CANCER_NUMBER else "0")
            )
            return code, min(place, mention.first), max(place + 1, mention.last)
    return None


def _by_side(code: str, side: str, near: list[str]) -> str:
    """A code with its character for right, left or neither ("L03.11(349)"), and an eyelid with upper or lower."""
    head, found, rest = code.partition("(")
    if found:
        return head + rest[{"right": 0, "left": 1}.get(side, 2)] + rest[4:]
    if code.endswith("+"):
        lid = "1" if "upper" in near else "2" if "lower" in near else ""
        return code[:-1] + {"right": f"2{lid}", "left": f"9{lid}"}.get(side, "1")
    return code


def _region(forms: list[str], at: int, codes: dict[str, str]) -> str | None:
    """The region a word names, of those that the codes part."""
    word = forms[at]
    if word == "back" and forms[at + 1 : at + 2] == ["of"]:
        return None
    if word == "extremity" and at and forms[at - 1] in {"upper", "lower"}:
        return forms[at - 1] if forms[at - 1] in codes else None
    for region, words in families()["body_regions"].items():
        if word in words and region in codes:
            return str(region)
    return None
