"""The parts of a note in the words a coder uses, for the reasons that are shown."""

from __future__ import annotations

_WORDS = {
    "hpi": "history of present illness",
    "pmh": "past medical history",
    "psh": "past surgical history",
    "ros": "review of systems",
    "ed_course": "emergency department course",
    "assessment_plan": "assessment and plan",
    "principal_dx": "principal diagnosis",
    "discharge_dx": "discharge diagnosis",
    "admission_dx": "admitting diagnosis",
    "preop_dx": "preoperative diagnosis",
    "postop_dx": "postoperative diagnosis",
}


def section_words(section: str) -> str:
    """``section_words("assessment_plan")``: "assessment and plan"; other names with their underscores as blanks."""
    return _WORDS.get(section, section.replace("_", " "))
