"""Where a patient was seen."""

from __future__ import annotations

from enum import StrEnum


class Setting(StrEnum):
    """Where the patient was seen; it decides which coding guidelines hold."""

    OUTPATIENT = "outpatient"
    ED = "ed"
    INPATIENT = "inpatient"
