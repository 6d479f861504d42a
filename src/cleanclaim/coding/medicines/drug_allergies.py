"""Allergy to a drug, where it decided what was given: Z88 (Section I.C.21.c.3, status)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_ALLERGENS = {
    "Z88.0": word_set("penicillin penicillins pcn amoxicillin augmentin ampicillin"),
    "Z88.1": word_set(
        "cephalosporin cephalexin keflex azithromycin erythromycin macrolide doxycycline ciprofloxacin"
    ),
    "Z88.2": word_set("sulfa sulfonamide sulfonamides bactrim sulfamethoxazole"),
    "Z88.5": word_set("codeine morphine opioid opioids narcotic narcotics hydrocodone oxycodone"),
    "Z88.6": word_set("aspirin nsaid nsaids ibuprofen naproxen acetaminophen"),
}
_ALLERGIC = word_set("allergy allergies allergic anaphylaxis")
_BECAUSE = word_set("because due given since considering despite avoid avoided avoiding instead owing so")
_TURNED_DOWN = frozenset(("no", "avoid", "avoiding"))
_AVOIDABLE = word_set(
    "amox amoxicillin penicillin pcn pcns augmentin sulfa bactrim cephalosporin keflex nsaid codeine"
)
_PLANS = frozenset(("plan", "assessment_plan", "assessment", "impression", "diagnosis"))
_BEFORE, _AFTER, _REASON_NEAR = 2, 4, 6


def add_drug_allergies(note: Note, picks: Picks) -> Picks:
    """The status of an allergy that the note gives as the reason for its choice of drug.

    An allergy that only stands in the list of allergies changes nothing about the visit and is left alone.
    """
    if not live(picks):
        return picks
    forms = note.words.forms[:20_000]
    places = [place for place, form in enumerate(forms) if form in _ALLERGIC]
    if not places or (not any(_decides(note, place) for place in places) and not _avoided(note)):
        return picks
    out = dict(picks)
    for place in places:
        for at in _named_at(forms, place):
            code = next((code for code, names in _ALLERGENS.items() if forms[at] in names), None)
            if code is None or assertion_at(note, at, at + 1).assertion in {
                Assertion.NEGATED,
                Assertion.FAMILY,
            }:
                continue
            text = "an allergy that decided the treatment is coded as a status"
            add_pick(
                out,
                code,
                mention_of(note, code, min(at, place), max(at, place) + 1),
                guideline("Section I.C.21.c.3", text),
            )
    return out


def _named_at(forms: list[str], place: int) -> Iterator[int]:
    """Where the drug of an allergy may stand: right before it, or behind "allergy to", "allergy:"."""
    yield from range(max(0, place - _BEFORE), place)
    if forms[place + 1 : place + 2] in (["to"], [":"]):
        yield from range(place + 2, min(place + 2 + _AFTER, len(forms)))


def _avoided(note: Note) -> bool:
    """Whether the plan turns a drug of the allergy down by name: "cefdinir (no amox)"."""
    forms = note.words.forms[:20_000]
    return any(
        form in _TURNED_DOWN
        and forms[at + 1 : at + 2]
        and forms[at + 1] in _AVOIDABLE
        and note.section_at(at).kind in _PLANS
        for at, form in enumerate(forms)
    )


def _decides(note: Note, place: int) -> bool:
    """Whether words of a reason stand close before the allergy, or it is named among plan and diagnoses."""
    sentence = note.sentence_at(place)
    before = note.words.forms[max(sentence.first, place - _REASON_NEAR) : place]
    return bool(_BECAUSE.intersection(before)) or note.section_at(place).kind in {
        "assessment",
        "diagnosis",
        "impression",
    }
