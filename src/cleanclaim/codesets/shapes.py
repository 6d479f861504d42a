"""What a code of each set looks like: shape alone, which says nothing of whether the code exists."""

from __future__ import annotations

import re

_SHAPES = {
    "ICD-10-CM": r"[A-Z]([0-9][0-9A-Z]|[A-Z][0-9])(\.[0-9A-Z]{1,4})?",
    "ICD-10-PCS": r"[0-9A-HJ-NP-Z]{7}",
    "CPT": r"[0-9]{4}[0-9AFTUM]",
    "HCPCS": r"[A-V][0-9]{4}",
    "MODIFIER": r"[0-9A-Z]{2}",
    "POS": r"[0-9]{2}",
    "REVENUE": r"[0-9]{4}",
    "TOB": r"0[0-9]{2}[0-9A-Z]",
    "TAXONOMY": r"[0-9]{3}[0-9A-Z]{6}X",
    "CARC": r"[0-9]{1,3}|[ABDPWY][0-9]{1,2}",
    "RARC": r"(M|MA|N)[0-9]{1,3}",
    "CLAIM-STATUS": r"[0-9]{1,4}",
    "CLAIM-STATUS-CATEGORY": r"[A-Z][0-9]{1,2}[A-Z]?",
    "MS-DRG": r"[0-9]{3}",
    "DISCHARGE-STATUS": r"[0-9]{2}",
    "CLAIM-FILING": r"[0-9A-Z]{2}",
}
_COMPILED = {system: re.compile(shape) for system, shape in _SHAPES.items()}


def fits(system: str, code: str) -> bool:
    """Whether a code has the shape of its set; False for a set that is not known here."""
    shape = _COMPILED.get(system)
    return shape is not None and shape.fullmatch(code) is not None
