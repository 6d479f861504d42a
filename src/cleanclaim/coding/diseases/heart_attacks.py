"""The artery or the wall of an ST-elevation infarction: I21.0 to I21.2 (Section I.C.9.e.1)."""

from __future__ import annotations

from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick
from cleanclaim.documents.note import Note

_ELEVATION = ("I21.0", "I21.1", "I21.2", "I21.3")
_OPEN = frozenset(("I21.09", "I21.19", "I21.29", "I21.3"))
_ARTERIES = (
    ("I21.01", ("left main", "left main coronary", "lmca")),
    ("I21.02", ("left anterior descending", "lad", "diagonal", "diagonal branch", "proximal lad", "mid lad")),
    ("I21.11", ("right coronary", "rca", "right posterolateral", "pda")),
    ("I21.21", ("circumflex", "lcx", "obtuse marginal", "om1", "left circumflex")),
)
_WALLS = (
    ("I21.09", ("anterior", "anteroseptal", "anterolateral", "anteroapical", "septal")),
    ("I21.19", ("inferior", "inferoposterior", "inferolateral", "diaphragmatic")),
    ("I21.29", ("lateral", "posterior", "posterolateral", "apical lateral")),
)
_CULPRIT = (
    *(
        "culprit",
        "occluded",
        "occlusion",
        "thrombus",
        "thrombotic",
        "100",
        "total occlusion",
        "ruptured plaque",
    ),
    *("completely blocked", "blocked"),
)


def add_infarct_site(note: Note, picks: Picks) -> Picks:
    """The picks with the infarction by its culprit artery, else by its wall."""
    found = [pick for pick in live(picks) if pick.code.startswith(_ELEVATION) and pick.code in _OPEN]
    if not found:
        return picks
    own = {note.sentence_at(mention.first).first for mention in found[0].mentions}
    sentences = list(sentences_told(note))
    named = [one for one in sentences if one.first in own]
    culprits = [one for one in sentences if one.any_of(_CULPRIT)]
    site = _site(note, named, _ARTERIES) or _culprit(note, culprits) or _site(note, named, _WALLS)
    if site is None or site[0] == found[0].code:
        return picks
    return _made_exact(picks, found[0], site[0])


def _site(
    note: Note, sentences: list[Told], table: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[str, tuple[int, int]] | None:
    for told in sentences:
        for code, words in table:
            place = told.any_of(words)
            if place is not None and is_told(note, place):
                return code, place
    return None


def _culprit(note: Note, sentences: list[Told]) -> tuple[str, tuple[int, int]] | None:
    """The artery that stands nearest to the word for its closure."""
    best: tuple[int, str, tuple[int, int]] | None = None
    for told in sentences:
        closed = told.any_of(_CULPRIT)
        for code, words in _ARTERIES:
            place = told.any_of(words)
            if place is None or closed is None or not is_told(note, place):
                continue
            distance = abs(place[0] - closed[0])
            if best is None or distance < best[0]:
                best = (distance, code, place)
    return best[1:] if best else None


def _made_exact(picks: Picks, pick: Pick, code: str) -> Picks:
    out = dict(picks)
    reason = guideline("Section I.C.9.e.1", "the infarction by its artery or wall", ("from", pick.code))
    out[pick.code] = pick.drop(guideline("Section I.B.2", f"the note names the site: {code}"))
    add_pick(out, code, pick.mentions[0], reason)
    return out
