"""A diagnosis or a hospital procedure as a claim carries it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen


class PresentOnAdmission(StrEnum):
    """Whether a condition was there when the patient was admitted (UB-04 FL 67, eighth digit)."""

    YES = "Y"
    NO = "N"
    UNKNOWN = "U"
    UNDETERMINED = "W"
    EXEMPT = "1"


@frozen
class Diagnosis:
    """An ICD-10-CM code written with its point (``"E11.65"``), and its POA on an inpatient claim."""

    code: str
    present_on_admission: PresentOnAdmission | None = None

    def compact(self) -> str:
        """The code as a file carries it, without the point."""
        return self.code.replace(".", "")


@frozen
class HospitalProcedure:
    """An ICD-10-PCS procedure of an inpatient stay, with the day on which it was done."""

    code: str
    performed_on: dt.date


def pointed(code: str) -> str:
    """An ICD-10-CM code with its point, from the form without it: ``"E1165"`` becomes ``"E11.65"``."""
    plain = code.replace(".", "").upper()
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"
