"""An acute appendicitis by perforation, gangrene, abscess and peritonitis, as the note tells it (tabular K35)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_TOLD_IN = frozenset(
    (
        *(
            "assessment",
            "assessment_plan",
            "impression",
            "diagnosis",
            "postop_dx",
            "discharge_dx",
            "principal_dx",
        ),
        *("findings", "procedure", "hospital_course", "ed_course", "results", "opening", "hpi"),
    )
)
_PERFORATED = ("perforated", "perforation", "ruptured", "rupture", "perf")
_GANGRENE = ("gangrenous", "gangrene", "necrotic appendix", "necrosis of the appendix")
_ABSCESS = ("abscess", "periappendiceal collection", "phlegmon with pus")
_GENERAL = (
    *("generalized peritonitis", "diffuse peritonitis", "general peritonitis", "four quadrant peritonitis"),
    *("spreading peritonitis", "purulent fluid in all four quadrants", "pus in all four quadrants"),
)
_LOCAL = ("localized peritonitis", "local peritonitis", "focal peritonitis", "peritonitis")
_CONTAINED = ("K65", "K63.0", "K63.1", "L02.91", "I96")


def add_appendicitis(note: Note, picks: Picks) -> Picks:
    """The picks with the acute appendicitis of the note by what was found with it."""
    acute = [pick for pick in live(picks) if pick.code.startswith("K35")]
    if not acute:
        return picks
    code = _code(note)
    if code is None or any(pick.code == code for pick in acute):
        return picks
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith(("K35", *_CONTAINED)):
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"what was found with it calls for {code}"))
    reason = guideline("Section I.B.2", "the appendicitis by what was found with it", ("from", acute[0].code))
    out[code] = evolve(acute[0], code=code, inferred=True).explain(reason)
    return out


def _code(note: Note) -> str | None:
    perforated, gangrene, abscess, general, local = (
        _is_found(note, words) for words in (_PERFORATED, _GANGRENE, _ABSCESS, _GENERAL, _LOCAL)
    )
    if general:
        return f"K35.2{1 if abscess else 0}{1 if perforated else 9}"
    if abscess:
        return "K35.33"
    if perforated:
        return "K35.32"
    if local:
        return "K35.31" if gangrene else "K35.30"
    return "K35.891" if gangrene else None


def _is_found(note: Note, words: tuple[str, ...]) -> bool:
    """Whether a part that tells of the illness affirms one of the words."""
    return any(
        assertion_at(note, *place).assertion is Assertion.AFFIRMED
        for told in sentences_telling(note, words)
        if told.section in _TOLD_IN and (place := told.any_of(words)) is not None
    )
