"""The one door of coding: a note in, suggestions with evidence out."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.acute_families import acute_companions, acute_diseases
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.births.newborn_checks import fit_newborn_check
from cleanclaim.coding.births.pregnancy_links import link_to_pregnancy
from cleanclaim.coding.births.puerperium import fit_puerperium
from cleanclaim.coding.births.trimesters import add_trimesters
from cleanclaim.coding.cancers.hormone_receptors import add_hormone_receptors
from cleanclaim.coding.candidates import Candidates, Mention, find_candidates
from cleanclaim.coding.choosing import choose
from cleanclaim.coding.circumstances_kept import drop_causes_of_weak_bones, gate_circumstances
from cleanclaim.coding.combining import combine
from cleanclaim.coding.confidence import STEPS, probability_of, score_of
from cleanclaim.coding.diseases.kidney_stages import add_kidney_stage
from cleanclaim.coding.diseases.pointed_back import add_pointed_back, place_sequelae
from cleanclaim.coding.diseases.presumed_together import add_presumed
from cleanclaim.coding.diseases.replaced_organs import drop_replaced_organs
from cleanclaim.coding.diseases.short_names import add_named_in_lines, add_named_in_titles
from cleanclaim.coding.diseases.stroke_scale import add_stroke_scale
from cleanclaim.coding.diseases.treated_at_visit import add_treated_at_visit
from cleanclaim.coding.diseases.treated_beside import add_treated_beside
from cleanclaim.coding.diseases.treated_in_stay import add_treated_in_stay
from cleanclaim.coding.family_rules import companions_of_families, diseases_of_families
from cleanclaim.coding.injuries.healing_fractures import keep_healed_wounds, keep_healing_fractures
from cleanclaim.coding.lessons.features import suggestion_features
from cleanclaim.coding.lessons.learning import Learned
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.links import add_links
from cleanclaim.coding.medicines.drug_allergies import add_drug_allergies
from cleanclaim.coding.medicines.long_term_medicines import add_status_codes
from cleanclaim.coding.picks import Pick, Picks, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.procedures.hospital_procedures import HospitalProcedureFound, find_hospital_procedures
from cleanclaim.coding.reasons.before_operations import add_operated_disease
from cleanclaim.coding.reasons.body_mass import add_body_mass
from cleanclaim.coding.reasons.cessation import helped_to_quit
from cleanclaim.coding.reasons.encounters import add_encounter_codes
from cleanclaim.coding.reasons.vaccines_given import add_vaccines_given, drop_vaccine_names
from cleanclaim.coding.reasons.visit_companions import add_visit_companions
from cleanclaim.coding.records import CodingResult, Conflict, Suggestion, SuggestionStatus
from cleanclaim.coding.refining import refine_codes
from cleanclaim.coding.resolving import (
    drop_explained,
    drop_integral,
    drop_less_exact,
    drop_without,
    resolve_excludes1,
)
from cleanclaim.coding.said_again import drop_said_again
from cleanclaim.coding.sequencing import sequence
from cleanclaim.coding.services import Service, find_services
from cleanclaim.coding.visit.level import visit_level
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.collector import collector_paused
from cleanclaim.documents.completeness import missing_to_bill
from cleanclaim.documents.instructions import blank_instructions
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.reading import read_note
from cleanclaim.kernel.because import Because

_SYSTEM = "ICD-10-CM"
_MOST_SPANS = 6
_LARGE = 200_000


def suggest(
    text: str, *, setting: Setting, on: dt.date, book: CodeBook, learned: Learned | None = None
) -> CodingResult:
    """Codes for a note on a date of service, in coding order, then what was suppressed and why.

    ``learned`` is what the note's own organisation taught (see `cleanclaim.coding.lessons.learning`).

    Raises:
        InputError: the text is no note (see `cleanclaim.documents.reading.read_note`).
    """
    if isinstance(text, str) and len(text) > _LARGE:
        with collector_paused():
            return _suggest(text, setting, on, book, learned)
    return _suggest(text, setting, on, book, learned)


def _suggest(
    text: str, setting: Setting, on: dt.date, book: CodeBook, learned: Learned | None
) -> CodingResult:
    note, not_followed = _read(text)
    candidates = find_candidates(note, book, on, learned.phrases if learned else ())
    services = find_services(note, candidates, setting)
    picks = _diagnoses(note, candidates, services, setting, book, on)
    ordered = sequence(picks, setting, book, on)
    level, because = visit_level(note, setting, on, ordered, candidates, services)
    suggestions = [_suggestion(pick, book, on) for pick in ordered]
    suggestions += [_service_suggestion(service) for service in services]
    holds = list(_questions(note, picks, candidates, services))
    if setting is Setting.INPATIENT:
        for found in find_hospital_procedures(note, book, on):
            if found.code:
                suggestions.append(_procedure_suggestion(found))
            else:
                holds.append(found.question)
    dropped = [pick for pick in picks.values() if pick.dropped is not None]
    suggestions += [_suggestion(pick, book, on) for pick in sorted(dropped, key=lambda pick: pick.first)]
    not_read = not_followed + note.not_read + candidates.not_read + _not_loaded(book, on)
    if learned is not None:
        suggestions = [_as_taught(one, learned) for one in suggestions]
        suggestions.sort(key=lambda one: one.status is SuggestionStatus.SUPPRESSED)
    return CodingResult(
        tuple(suggestions),
        level,
        because,
        not_read,
        tuple(holds),
        _conflicting(picks, candidates),
        tuple(one.what for one in missing_to_bill(note)),
    )


def _diagnoses(
    note: Note,
    candidates: Candidates,
    services: tuple[Service, ...],
    setting: Setting,
    book: CodeBook,
    on: dt.date,
) -> Picks:
    picks = keep_healing_fractures(note, choose(note, candidates.diagnoses, setting))
    picks = keep_healed_wounds(note, picks)
    picks = add_treated_in_stay(note, add_treated_beside(note, picks, candidates), setting)
    picks = add_presumed(note, add_named_in_lines(note, add_treated_at_visit(note, picks)))
    picks = drop_replaced_organs(note, add_pointed_back(note, add_named_in_titles(note, picks), candidates))
    picks = refine_codes(note, drop_vaccine_names(note, picks), candidates, setting, book, on)
    picks = add_links(note, picks, candidates, book, on)
    picks = place_sequelae(note, diseases_of_families(note, picks, candidates, setting))
    picks = acute_diseases(note, picks, book, on)
    picks = combine(note, add_kidney_stage(note, picks), candidates)
    picks = add_trimesters(note, link_to_pregnancy(note, picks, book, on), book, on)
    picks = add_encounter_codes(note, picks, candidates, services)
    picks = fit_puerperium(note, picks, setting, book, on)
    picks = companions_of_families(note, picks, candidates, book, on)
    vaccinated = any("vaccine" in service.traits for service in services)
    kind = "newborn" if is_newborn_record(note) else note.kind
    picks = add_operated_disease(note, picks)
    picks = gate_circumstances(
        picks, kind=kind, vaccinated=vaccinated, book=book, on=on, quitting=helped_to_quit(note)
    )
    picks = acute_companions(note, fit_newborn_check(note, picks, setting), setting, book, on)
    picks = add_visit_companions(note, picks, candidates, setting, book, on)
    picks = drop_explained(note, drop_integral(note, picks))
    picks = drop_without(drop_less_exact(drop_said_again(note, picks), book, on), book, on)
    picks = resolve_excludes1(note, picks, book, on)
    picks = add_vaccines_given(note, add_stroke_scale(note, picks))
    picks = add_drug_allergies(note, add_status_codes(note, picks, candidates))
    picks = drop_causes_of_weak_bones(add_hormone_receptors(note, picks))
    return add_body_mass(note, picks)


def _suggestion(pick: Pick, book: CodeBook, on: dt.date) -> Suggestion:
    entry = book.find(_SYSTEM, pick.code, on)
    title = entry.title if entry else ""
    dropped = pick.dropped is not None
    score = (
        STEPS[-1]
        if dropped
        else score_of(
            diagnostic=pick.diagnostic,
            source=pick.source,
            unspecified="unspecified" in title.lower(),
            uncertain=pick.assertion is Assertion.UNCERTAIN,
            inferred=pick.inferred,
        )
    )
    status = SuggestionStatus.SUPPRESSED if dropped else SuggestionStatus.SUGGESTED
    because = (pick.dropped, *pick.because) if pick.dropped else pick.because
    confidence = score if dropped else probability_of(score)
    return Suggestion(
        _SYSTEM,
        pick.code,
        title,
        status,
        confidence,
        pick.assertion,
        _evidence(pick),
        because,
        step=score,
    )


def _read(text: str) -> tuple[Note, tuple[str, ...]]:
    """The note without the sentences that speak to a machine; their places are blank."""
    note = read_note(text)
    blanked = blank_instructions(note)
    if not blanked.found:
        return note, ()
    said = f"{len(blanked.found)} sentences that speak to a machine and not of the patient were not read"
    return read_note(blanked.text), (said,)


def _conflicting(picks: Picks, candidates: Candidates) -> tuple[Conflict, ...]:
    """The places that deny a disease, in a diagnosis list or the story, where another place of the note names it.

    That is a disease that is proposed, or one left out as absent that a diagnosis list also names as there.
    """
    denied: dict[str, list[Mention]] = {}
    for mention in candidates.diagnoses:
        if mention.asserted.assertion is Assertion.NEGATED and mention.section not in {
            "ros",
            "family_history",
        }:
            denied.setdefault(mention.term.name, []).append(mention)
    return tuple(
        Conflict(pick.code, Assertion.NEGATED, tuple(mention.span for mention in denied[pick.code][:3]))
        for pick in picks.values()
        if pick.code in denied and not pick.is_symptom() and (pick.dropped is None or _listed_too(pick))
    )


def _listed_too(pick: Pick) -> bool:
    """Whether a disease that was left out as absent is elsewhere named in a diagnosis list as there."""
    return pick.assertion is Assertion.NEGATED and any(
        mention.affirmed and mention.section in DIAGNOSTIC for mention in pick.mentions
    )


def _as_taught(suggestion: Suggestion, learned: Learned) -> Suggestion:
    """The suggestion with the confidence that the organisation's coders gave it, or turned down by them."""
    if suggestion.status is SuggestionStatus.SUPPRESSED:
        return suggestion
    refused = learned.refuses(suggestion.code)
    if refused is not None:
        text = "the coders of this organisation turn it down"
        reason = Because(text, None, (("turned down", f"{refused[0]} of {refused[1]}"),))
        return evolve(
            suggestion,
            status=SuggestionStatus.SUPPRESSED,
            confidence=0.1,
            because=(reason, *suggestion.because),
        )
    names = suggestion_features(suggestion)
    return evolve(suggestion, confidence=learned.confidence(names, suggestion.confidence))


def _evidence(pick: Pick) -> tuple[Span, ...]:
    spans = {(mention.span.start, mention.span.end): mention.span for mention in pick.mentions}
    return tuple(spans.values())[:_MOST_SPANS]


def _service_suggestion(service: Service) -> Suggestion:
    because = Because("the note says that it was done", None, (("number", service.code),))
    return Suggestion(
        service.system,
        service.code,
        service.label,
        SuggestionStatus.SUGGESTED,
        0.5 if service.question else 0.85,
        Assertion.AFFIRMED,
        tuple(mention.span for mention in service.mentions),
        (because,),
        service.modifiers,
        service.units,
    )


def _procedure_suggestion(found: HospitalProcedureFound) -> Suggestion:
    status, confidence = SuggestionStatus.SUGGESTED, 0.85
    return Suggestion(
        "ICD-10-PCS",
        found.code,
        found.label,
        status,
        confidence,
        Assertion.AFFIRMED,
        found.evidence,
        found.because,
    )


def _questions(
    note: Note, picks: Picks, candidates: Candidates, services: tuple[Service, ...]
) -> tuple[str, ...]:
    coded = {pick.code for pick in live(picks)}
    asked = [
        rule["ask"]
        for rule in rules()["control_questions"]
        if coded & set(rule["dx"]) and candidates.concept(rule["concept"])
    ]
    return (*asked, *(service.question for service in services if service.question))


def _not_loaded(book: CodeBook, on: dt.date) -> tuple[str, ...]:
    if book.loaded(_SYSTEM, on):
        return ()
    return (f"{_SYSTEM} is not loaded whole for {on}: whether a code exists was not checked",)
