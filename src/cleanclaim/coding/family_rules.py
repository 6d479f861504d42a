"""The rules of whole families of codes, which read the words around a diagnosis: one file each, one order."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.cancers.breast_quadrants import add_breast_quadrant
from cleanclaim.coding.cancers.cancers_under_treatment import add_cancer_treated
from cleanclaim.coding.cancers.past_cancers import add_past_cancers
from cleanclaim.coding.candidates import Candidates
from cleanclaim.coding.diseases.appendicitis import add_appendicitis
from cleanclaim.coding.diseases.asked_symptoms import add_asked_symptoms
from cleanclaim.coding.diseases.both_sides import add_both_sides
from cleanclaim.coding.diseases.breast_lumps import add_lump_quadrant
from cleanclaim.coding.diseases.colon_polyps import add_colon_polyps
from cleanclaim.coding.diseases.dementias import add_dementias
from cleanclaim.coding.diseases.depressions import add_depressions
from cleanclaim.coding.diseases.diabetic_retinopathies import add_diabetic_retinopathies
from cleanclaim.coding.diseases.diseases_of_men import fit_diseases_of_men
from cleanclaim.coding.diseases.eye_by_eye import add_eye_by_eye
from cleanclaim.coding.diseases.fluctuations import add_fluctuations
from cleanclaim.coding.diseases.hypoglycemia_levels import add_hypoglycemia_level
from cleanclaim.coding.diseases.inflammatory_bowel import add_inflammatory_bowel
from cleanclaim.coding.diseases.intractability import add_intractability
from cleanclaim.coding.diseases.leg_arteries import add_leg_arteries
from cleanclaim.coding.diseases.leg_ulcers import add_leg_ulcers
from cleanclaim.coding.diseases.organisms import add_organisms
from cleanclaim.coding.diseases.pressure_ulcers import add_pressure_ulcers
from cleanclaim.coding.diseases.remissions import add_remissions
from cleanclaim.coding.diseases.resolved_illness import add_resolved_illness
from cleanclaim.coding.diseases.rheumatoid_serology import add_rheumatoid_serology
from cleanclaim.coding.diseases.said_together import add_said_together
from cleanclaim.coding.diseases.skin_sites import add_skin_sites
from cleanclaim.coding.diseases.stroke_sequelae import add_stroke_sequelae
from cleanclaim.coding.diseases.urinary_stones import add_urinary_stones
from cleanclaim.coding.injuries.displacements import add_displacement
from cleanclaim.coding.injuries.osteoporotic_fractures import add_osteoporotic_fracture
from cleanclaim.coding.medicines.nonadherence import add_nonadherence
from cleanclaim.coding.medicines.substance_induced import add_substance_induced
from cleanclaim.coding.picks import Picks
from cleanclaim.coding.reasons.absences import add_absences
from cleanclaim.coding.reasons.after_procedures import link_to_procedures
from cleanclaim.coding.reasons.consents import drop_consented
from cleanclaim.coding.reasons.exposures import add_exposures
from cleanclaim.coding.reasons.former_smokers import add_former_smoker
from cleanclaim.coding.reasons.reasons_listed import keep_listed_reasons
from cleanclaim.coding.reasons.relatives import add_relatives
from cleanclaim.documents.note import Note


def diseases_of_families(note: Note, picks: Picks, candidates: Candidates, setting: Setting) -> Picks:
    """Before codes are combined: ulcers by site and depth, what strokes and procedures left, cancers that are past."""
    picks = keep_listed_reasons(note, add_said_together(note, drop_consented(note, picks)))
    picks = add_colon_polyps(note, add_urinary_stones(note, picks))
    picks = add_pressure_ulcers(note, picks)
    picks = add_leg_ulcers(note, picks)
    picks = add_inflammatory_bowel(note, add_leg_arteries(note, picks))
    picks = add_breast_quadrant(note, picks)
    picks = add_appendicitis(note, picks)
    picks = add_stroke_sequelae(note, add_rheumatoid_serology(note, picks), setting)
    picks = add_dementias(note, picks)
    picks = link_to_procedures(note, picks)
    picks = add_breast_quadrant(note, add_past_cancers(note, picks, candidates))
    picks = add_exposures(note, add_cancer_treated(note, picks))
    picks = add_depressions(note, add_relatives(note, picks, candidates))
    return add_osteoporotic_fracture(note, add_resolved_illness(note, picks, candidates))


def companions_of_families(
    note: Note, picks: Picks, candidates: Candidates, book: CodeBook, on: dt.date
) -> Picks:
    """Before what nothing asks for is dropped: organisms, former smoking, organs and limbs that were removed."""
    picks = add_skin_sites(note, add_displacement(note, picks, book, on), candidates, book, on)
    picks = add_substance_induced(note, add_diabetic_retinopathies(note, picks, book, on), book, on)
    picks = add_hypoglycemia_level(note, picks)
    picks = add_intractability(note, add_remissions(note, picks, book, on), book, on)
    picks = add_eye_by_eye(note, picks, book, on)
    picks = add_both_sides(note, add_fluctuations(note, picks), book, on)
    picks = add_lump_quadrant(note, picks)
    picks = fit_diseases_of_men(note, add_asked_symptoms(note, picks))
    picks = add_organisms(note, picks, book, on)
    picks = add_former_smoker(note, add_nonadherence(note, picks))
    return add_absences(note, picks, book, on)
