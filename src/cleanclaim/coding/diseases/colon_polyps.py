"""Polyps of the large bowel by site and by what pathology found (index, Polyp, colon, adenomatous; category D12)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.coding.worked_out import add_pick, is_said, mention_of
from cleanclaim.documents.note import Note

_ADENOMA = (
    *("adenoma", "adenomatous", "tubulovillous", "sessile serrated", "traditional serrated", "villous"),
    "serrated lesion",
)
_POLYP = ("polyp", "polypectomy", "lesion")
_SITES = (
    ("D12.7", ("rectosigmoid",)),
    ("D12.0", ("cecum", "cecal", "ileocecal valve", "caecum")),
    ("D12.1", ("appendix", "appendiceal orifice")),
    ("D12.2", ("ascending colon", "ascending", "right colon")),
    ("D12.3", ("transverse colon", "transverse", "hepatic flexure", "splenic flexure")),
    ("D12.4", ("descending colon", "descending", "left colon")),
    ("D12.5", ("sigmoid colon", "sigmoid")),
    ("D12.8", ("rectum", "rectal")),
)
_NOT_YET = ("pending", "await", "awaiting", "family history", "brother", "mother", "father", "sister")
_PAST = (
    "history of",
    "h o",
    "hx of",
    "last colonoscopy",
    "prior colonoscopy",
    "previous colonoscopy",
    "in 20",
    "had",
)
_UNREAD = frozenset(("pmh", "psh", "social_history", "hpi", "medications", "vitals"))
_GIVES_WAY = ("K63.5", "D12.6", "K62.1")


def add_colon_polyps(note: Note, picks: Picks) -> Picks:
    """The picks with adenomas by site in place of a polyp, where the note has the polyp and its pathology."""
    if not any(pick.code in _GIVES_WAY or pick.code.startswith("D12") for pick in live(picks)):
        return picks
    told = [one for one in sentences_told(note, _UNREAD) if not one.any_of(_PAST)]
    found = _adenomas(note, told)
    if not found:
        return picks
    out = dict(picks)
    for code, place in found.items():
        reason = guideline("Section I.B.2", "an adenoma by the part of the bowel it grew in")
        add_pick(out, code, mention_of(note, code, *place), reason)
    elsewhere = _other_polyps(note, told, found)
    for pick in live(picks):
        if pick.code == "D12.6" or (pick.code in _GIVES_WAY and not elsewhere):
            text = f"its pathology is told: {', '.join(found)}"
            out[pick.code] = pick.drop(guideline("Section I.B.2", text))
    return out


def _adenomas(note: Note, told: list[Told]) -> dict[str, tuple[int, int]]:
    """D12 by site: site and adenoma in one sentence, else the one polyp's site and an adenoma without one."""
    found: dict[str, tuple[int, int]] = {}
    unplaced: tuple[int, int] | None = None
    for one in told:
        place = one.any_of(_ADENOMA)
        if place is None or not is_said(note, *place) or one.any_of(_NOT_YET):
            continue
        sites = _sites(one)
        unplaced = unplaced or (place if not sites else None)
        found.update(dict.fromkeys(sites, place))
    if not found and unplaced:
        of_polyps = {code for one in told if one.any_of(_POLYP) for code in _sites(one)}
        if len(of_polyps) == 1:
            found[of_polyps.pop()] = unplaced
    return found


def _other_polyps(note: Note, told: list[Told], found: dict[str, tuple[int, int]]) -> bool:
    """Whether a polyp of another kind or site is told beside the adenomas."""
    return any(
        one.any_of(("hyperplastic", "inflammatory polyp"))
        or (one.section in DIAGNOSTIC and one.any_of(("polyp",)) and set(_sites(one)) - set(found))
        for one in told
    )


def _sites(told: Told) -> list[str]:
    sites = [code for code, names in _SITES if told.any_of(names)]
    return [code for code in sites if not (code in {"D12.5", "D12.8"} and "D12.7" in sites)]
