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
    """An ICD-10-CM code written with its point (``"E11.65"``), and its POA on an inpatient claim.

    ``icd9`` marks a code of ICD-9-CM, for services before 2015-10-01 that are still worked.
    """

    code: str
    present_on_admission: PresentOnAdmission | None = None
    icd9: bool = False

    def compact(self) -> str:
        """The code as a file carries it, without the point."""
        return self.code.replace(".", "")


@frozen
class HospitalProcedure:
    """An ICD-10-PCS procedure of an inpatient stay, with the day on which it was done."""

    code: str
    performed_on: dt.date
    icd9: bool = False


def pointed(code: str, *, icd9: bool = False) -> str:
    """A diagnosis code with its point, from the form without it: ``"E1165"`` becomes ``"E11.65"``.

    An external cause of ICD-9-CM (``icd9``) has four characters before its point: ``"E975.0"``.
    """
    plain = code.replace(".", "").upper()
    whole = 4 if icd9 and plain[:1] == "E" else 3
    return plain if len(plain) <= whole else f"{plain[:whole]}.{plain[whole:]}"
