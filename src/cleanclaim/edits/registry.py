"""Every edit there is, in the order in which a biller reads a claim; nothing else registers one."""

from __future__ import annotations

from cleanclaim.edits.checks.add_on import add_on
from cleanclaim.edits.checks.auth_missing import auth_missing
from cleanclaim.edits.checks.charge_zero import charge_zero
from cleanclaim.edits.checks.clia_missing import clia_missing
from cleanclaim.edits.checks.cob_balance import cob_balance
from cleanclaim.edits.checks.date_before_birth import date_before_birth
from cleanclaim.edits.checks.date_future import date_future
from cleanclaim.edits.checks.date_order import date_order
from cleanclaim.edits.checks.discharge_status import discharge_status
from cleanclaim.edits.checks.duplicate_claim import duplicate_claim
from cleanclaim.edits.checks.duplicate_line import duplicate_line
from cleanclaim.edits.checks.dx_age import dx_age
from cleanclaim.edits.checks.dx_code_first import dx_code_first
from cleanclaim.edits.checks.dx_duplicate import dx_duplicate
from cleanclaim.edits.checks.dx_excludes1 import dx_excludes1
from cleanclaim.edits.checks.dx_external_cause_first import dx_external_cause_first
from cleanclaim.edits.checks.dx_laterality import dx_laterality
from cleanclaim.edits.checks.dx_manifestation_first import dx_manifestation_first
from cleanclaim.edits.checks.dx_not_billable import dx_not_billable
from cleanclaim.edits.checks.dx_sex import dx_sex
from cleanclaim.edits.checks.dx_unknown import dx_unknown
from cleanclaim.edits.checks.frequency_ref import frequency_ref
from cleanclaim.edits.checks.global_period import global_period
from cleanclaim.edits.checks.med_necessity import med_necessity
from cleanclaim.edits.checks.modifier_invalid import modifier_invalid
from cleanclaim.edits.checks.modifier_missing import modifier_missing
from cleanclaim.edits.checks.mue import mue
from cleanclaim.edits.checks.ncci_ptp import ncci_ptp
from cleanclaim.edits.checks.ndc_missing import ndc_missing
from cleanclaim.edits.checks.new_patient import new_patient
from cleanclaim.edits.checks.npi_invalid import npi_invalid
from cleanclaim.edits.checks.payer import payer
from cleanclaim.edits.checks.poa_missing import poa_missing
from cleanclaim.edits.checks.pointer_dead import pointer_dead
from cleanclaim.edits.checks.pos_invalid import pos_invalid
from cleanclaim.edits.checks.pos_mismatch import pos_mismatch
from cleanclaim.edits.checks.px_age import px_age
from cleanclaim.edits.checks.px_sex import px_sex
from cleanclaim.edits.checks.px_unknown import px_unknown
from cleanclaim.edits.checks.referring_missing import referring_missing
from cleanclaim.edits.checks.revenue_hcpcs import revenue_hcpcs
from cleanclaim.edits.checks.taxonomy_unknown import taxonomy_unknown
from cleanclaim.edits.checks.timely_filing import timely_filing
from cleanclaim.edits.checks.tob_invalid import tob_invalid
from cleanclaim.edits.checks.total import total
from cleanclaim.edits.checks.units import units
from cleanclaim.edits.checks.value_code import value_code
from cleanclaim.edits.edit import AnyEdit

EDITS: tuple[AnyEdit, ...] = (
    dx_unknown,
    dx_not_billable,
    dx_manifestation_first,
    dx_external_cause_first,
    dx_excludes1,
    dx_code_first,
    dx_duplicate,
    dx_age,
    dx_sex,
    dx_laterality,
    poa_missing,
    px_unknown,
    px_age,
    px_sex,
    modifier_invalid,
    modifier_missing,
    ncci_ptp,
    mue,
    add_on,
    med_necessity,
    global_period,
    new_patient,
    pointer_dead,
    units,
    charge_zero,
    total,
    date_future,
    date_order,
    date_before_birth,
    duplicate_line,
    duplicate_claim,
    timely_filing,
    npi_invalid,
    taxonomy_unknown,
    pos_invalid,
    pos_mismatch,
    ndc_missing,
    clia_missing,
    auth_missing,
    referring_missing,
    frequency_ref,
    cob_balance,
    tob_invalid,
    revenue_hcpcs,
    value_code,
    discharge_status,
    payer,
)
