"""The rules of emergency, inpatient and birth records, one file each, in one order."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.deliveries import add_delivery
from cleanclaim.coding.births.gestational_control import fit_gestational_control
from cleanclaim.coding.births.newborn_diseases import fit_newborn_diseases
from cleanclaim.coding.births.newborn_observations import add_newborn_observation
from cleanclaim.coding.births.newborns import add_newborn
from cleanclaim.coding.births.pregnancy_partners import add_pregnancy_partners
from cleanclaim.coding.cancers.family_cancers import add_family_cancers
from cleanclaim.coding.cancers.lymphoma_sites import add_lymphoma_site
from cleanclaim.coding.cancers.pain_visits import add_pain_of_cancer, put_pain_first
from cleanclaim.coding.diseases.atrial_fibrillation import add_atrial_kind
from cleanclaim.coding.diseases.comorbidities import add_comorbidities
from cleanclaim.coding.diseases.heart_attacks import add_infarct_site
from cleanclaim.coding.diseases.heart_failure_acuity import add_heart_failure_acuity
from cleanclaim.coding.diseases.hemiplegia import add_hemiplegia
from cleanclaim.coding.diseases.old_infarctions import add_old_infarctions
from cleanclaim.coding.diseases.sepsis_severity import (
    add_sepsis_organism,
    add_sepsis_severity,
    drop_named_twice,
)
from cleanclaim.coding.diseases.stroke_arteries import add_stroke_artery
from cleanclaim.coding.diseases.surgical_infections import add_surgical_infections
from cleanclaim.coding.injuries.burn_extent import add_burn_extent
from cleanclaim.coding.injuries.burn_sites import add_burn_sites
from cleanclaim.coding.injuries.chest_air import add_chest_injury
from cleanclaim.coding.injuries.circumstances import add_circumstances
from cleanclaim.coding.injuries.corrosives import add_corrosive
from cleanclaim.coding.injuries.external_causes import add_external_causes
from cleanclaim.coding.injuries.loss_of_consciousness import add_loss_of_consciousness
from cleanclaim.coding.injuries.open_fractures import add_open_fractures
from cleanclaim.coding.injuries.rib_fractures import add_rib_fractures
from cleanclaim.coding.medicines.anaphylaxes import add_anaphylaxis_cause
from cleanclaim.coding.medicines.blood_alcohol import add_blood_alcohol
from cleanclaim.coding.medicines.drug_brought import add_drug_brought
from cleanclaim.coding.medicines.drug_classes import name_drugs_of_classes
from cleanclaim.coding.medicines.drugs_laid_to import add_drugs_laid_to
from cleanclaim.coding.medicines.harm_by_drugs import add_harm_by_drugs
from cleanclaim.coding.medicines.lysis_elsewhere import add_lysis_elsewhere
from cleanclaim.coding.medicines.substances import add_substances
from cleanclaim.coding.narratives import drop_complaints_of_story
from cleanclaim.coding.picks import Picks
from cleanclaim.coding.reasons.new_devices import drop_new_devices
from cleanclaim.coding.reasons.purposes import add_purpose
from cleanclaim.coding.specificity import add_specificity
from cleanclaim.documents.note import Note


def acute_diseases(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Before codes are combined: infarctions by artery, hemiplegia, substances, infections after procedures, drugs."""
    picks = add_specificity(note, add_comorbidities(note, picks), book, on)
    picks = add_heart_failure_acuity(note, add_atrial_kind(note, add_infarct_site(note, picks)))
    picks = add_old_infarctions(note, add_lymphoma_site(note, picks, book, on), on)
    picks = add_stroke_artery(note, picks, book, on)
    picks = add_hemiplegia(note, picks)
    picks = add_substances(note, picks)
    picks = add_surgical_infections(note, picks)
    picks = add_sepsis_severity(note, add_sepsis_organism(note, picks))
    picks = add_chest_injury(add_rib_fractures(note, picks))
    picks = add_loss_of_consciousness(note, picks, book, on)
    picks = add_open_fractures(note, picks, book, on)
    picks = add_anaphylaxis_cause(note, add_burn_sites(note, picks, book, on), book, on)
    picks = add_harm_by_drugs(note, picks, book, on)
    picks = name_drugs_of_classes(note, add_drugs_laid_to(note, picks, book, on))
    return add_drug_brought(note, picks, book, on)


def acute_companions(note: Note, picks: Picks, setting: Setting, book: CodeBook, on: dt.date) -> Picks:
    """After circumstances were judged: what happened where, births, what the visit is for, extents and levels."""
    picks = add_external_causes(note, add_corrosive(note, picks), book, on)
    picks = add_circumstances(note, picks)
    picks = add_burn_extent(note, picks)
    picks = add_blood_alcohol(note, picks)
    picks = add_delivery(note, picks, setting, book, on)
    picks = fit_newborn_diseases(note, add_newborn(note, picks, setting))
    picks = add_lysis_elsewhere(note, add_newborn_observation(note, picks), setting)
    picks = add_pregnancy_partners(add_family_cancers(fit_gestational_control(note, picks)))
    picks = put_pain_first(note, add_pain_of_cancer(note, add_purpose(note, picks)))
    picks = drop_named_twice(drop_new_devices(note, picks, setting))
    return drop_complaints_of_story(note, picks, setting, book, on)
