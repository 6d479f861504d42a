"""Codes that come from the encounter and not from a disease: age of the examined, vaccine, weeks."""

from __future__ import annotations

from cleanclaim.coding.births.pregnancy import weeks_of_gestation
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import Term, rules
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.reasons.colonoscopies import add_colonoscopy
from cleanclaim.coding.reasons.routine_examinations import fit_examination
from cleanclaim.coding.services import Service
from cleanclaim.documents.assertion import Asserted, Assertion
from cleanclaim.documents.note import Note


def add_encounter_codes(
    note: Note, picks: Picks, candidates: Candidates, services: tuple[Service, ...]
) -> Picks:
    """The picks with weeks of gestation, the immunization and the examination that fits the age."""
    picks = add_colonoscopy(note, fit_examination(note, picks))
    picks = _immunization(picks, services)
    return _treated_regions(note, _weeks(note, picks))


def _treated_regions(note: Note, picks: Picks) -> Picks:
    """Every spinal region that was manipulated, where dysfunction of the spine is documented."""
    if note.kind != "chiropractic" or not any(pick.code.startswith("M99.0") for pick in live(picks)):
        return picks
    regions = rules()["spinal_regions"]
    out = dict(picks)
    for section in note.sections_of("procedure"):
        for place in range(section.first, section.last):
            code = regions.get(note.words.forms[place])
            if code and (code not in out or out[code].dropped is not None):
                reason = guideline(
                    "Section IV.J", "the region was treated, and dysfunction of the spine is documented"
                )
                out[code] = Pick(code, (_mention(note, code, place, place + 1),), (reason,), inferred=True)
    return out


def _mention(note: Note, code: str, first: int, last: int) -> Mention:
    span = note.words_span(first, last)
    section = note.section_at(first).kind
    return Mention(Term("dx", code, "lexicon"), first, last, span, section, Asserted(Assertion.AFFIRMED))


def _immunization(picks: Picks, services: tuple[Service, ...]) -> Picks:
    given = [service for service in services if "vaccine" in service.traits]
    if not given or ("Z23" in picks and picks["Z23"].dropped is None):
        return picks
    reason = guideline("Section I.C.21.c.2", "a vaccine was given at the visit", ("service", given[0].code))
    return {**picks, "Z23": Pick("Z23", given[0].mentions, (reason,), inferred=True)}


def _weeks(note: Note, picks: Picks) -> Picks:
    owners = [
        pick
        for pick in live(picks)
        if pick.code.startswith(("O09", "O1", "O2", "O3", "O4", "O60", "O98", "O99", "Z34"))
    ]
    found = weeks_of_gestation(note, surely=any(pick.diagnostic for pick in owners))
    if not owners or found is None:
        return picks
    weeks, first, last = found
    code = "Z3A.08" if weeks < 8 else f"Z3A.{weeks:02d}"
    if weeks < 8:
        code = "Z3A.01"
    mention = _mention(note, code, first, last)
    reason = guideline(
        "Section I.C.21.c.11", "weeks of gestation go with a code of pregnancy", ("weeks", str(weeks))
    )
    return {**picks, code: Pick(code, (mention,), (reason,))}
