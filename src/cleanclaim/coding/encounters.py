"""Codes that come from the encounter and not from a disease: age of the examined, vaccine, weeks."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.lexicon import Term, rules
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.pregnancy import weeks_of_gestation
from cleanclaim.coding.services import Service
from cleanclaim.documents.assertion import Asserted, Assertion
from cleanclaim.documents.note import Note

_ADULT_MONTHS = 18 * 12


def add_encounter_codes(
    note: Note, picks: Picks, candidates: Candidates, services: tuple[Service, ...]
) -> Picks:
    """The picks with weeks of gestation, the immunization and the examination that fits the age."""
    picks = _immunization(_examination(note, picks), services)
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


def _examination(note: Note, picks: Picks) -> Picks:
    """A routine examination is coded by age: under 18 the child's, otherwise the adult's."""
    age = age_in_months(note)
    if age is None:
        return picks
    child = age[0] < _ADULT_MONTHS
    wrong, right = (("Z00.0", "Z00.12"), ("Z00.12", "Z00.0"))[0 if child else 1]
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith(wrong):
            code = right + ("9" if child else "0") if pick.code in {"Z00.00", "Z00.129"} else right + "1"
            reason = guideline(
                "Section I.C.21.c.13", "a routine examination is coded by age", ("age", age[1].text)
            )
            out[pick.code] = pick.drop(guideline("Section I.C.21.c.13", f"the age calls for {code}"))
            if code not in out or out[code].dropped is not None:
                out[code] = evolve(pick, code=code).explain(reason)
    return out


def _immunization(picks: Picks, services: tuple[Service, ...]) -> Picks:
    given = [service for service in services if "vaccine" in service.traits]
    if not given or ("Z23" in picks and picks["Z23"].dropped is None):
        return picks
    reason = guideline("Section I.C.21.c.2", "a vaccine was given at the visit", ("service", given[0].code))
    return {**picks, "Z23": Pick("Z23", given[0].mentions, (reason,), inferred=True)}


def _weeks(note: Note, picks: Picks) -> Picks:
    owners = [
        pick for pick in live(picks) if pick.code.startswith(("O0", "O1", "O2", "O3", "O4", "O9", "Z34"))
    ]
    found = weeks_of_gestation(note)
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
