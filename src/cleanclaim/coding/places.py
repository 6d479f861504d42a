"""The sections of a note in which a clinician lists what was diagnosed."""

from __future__ import annotations

from cleanclaim.documents.words import word_set

DIAGNOSTIC = word_set("assessment assessment_plan impression diagnosis postop_dx discharge_dx principal_dx")
