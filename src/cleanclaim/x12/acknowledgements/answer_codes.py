"""From a finding of the judge to the code that an answer carries it by: TA105, AK905, IK304, IK403, IK502.

Source: ASC X12C 005010X231A1 (999) and its appendix C (TA1); the numbers only, in words by
`acknowledgement_words`.
"""

from __future__ import annotations

from cleanclaim.x12.judging.finding import X12Finding

FIT = "000"
SEGMENT_HAS_ELEMENT_ERRORS = "8"
ONE_OR_MORE_SEGMENTS = "5"
_INTERCHANGE = {
    ("INTERCHANGE", "ISA01"): "010",
    ("INTERCHANGE", "ISA03"): "012",
    ("INTERCHANGE", "ISA05"): "005",
    ("INTERCHANGE", "ISA06"): "006",
    ("INTERCHANGE", "ISA07"): "007",
    ("INTERCHANGE", "ISA08"): "008",
    ("INTERCHANGE", "ISA09"): "014",
    ("INTERCHANGE", "ISA10"): "015",
    ("INTERCHANGE", "ISA12"): "017",
    ("INTERCHANGE", "ISA13"): "018",
    ("INTERCHANGE", "ISA14"): "019",
    ("INTERCHANGE", "ISA15"): "020",
    ("NUMBERS-DIFFER", "IEA02"): "001",
    ("WRONG-COUNT", "IEA01"): "021",
    ("REPEATED-NUMBER", "ISA13"): "025",
}
_GROUP = {
    ("NO-TRAILER", ""): "3",
    ("NUMBERS-DIFFER", "GE02"): "4",
    ("WRONG-COUNT", "GE01"): "5",
    ("GROUP", "GS06"): "6",
    ("REPEATED-NUMBER", "GS06"): "19",
    ("GROUP", "GS08"): "2",
    ("GROUP-CODE", "GS01"): "1",
}
_SET = {
    ("NO-TRAILER", ""): "2",
    ("NUMBERS-DIFFER", "SE02"): "3",
    ("WRONG-COUNT", "SE01"): "4",
    ("REPEATED-NUMBER", "ST02"): "23",
    ("GUIDE-UNKNOWN", "ST03"): "I6",
    ("GUIDE-UNKNOWN", "GS08"): "I6",
    ("GUIDES-DIFFER", "ST03"): "I6",
    ("GROUP-CODE", "GS01"): "18",
}
_SEGMENT = {
    "MISSING-SEGMENT": "3",
    "MISSING-LOOP": "3",
    "OUT-OF-ORDER": "7",
    "UNEXPECTED-SEGMENT": "2",
    "EMPTY-SEGMENT": "1",
    "MISPLACED": "2",
    "TOO-LONG": "1",
}
_ELEMENT = {
    "MISSING-ELEMENT": "1",
    "NOT-USED": "I10",
    "NUMBER": "6",
    "CHARACTER": "6",
    "CONTROL-CHARACTER": "6",
    "SPACES": "6",
    "TRAILING-DELIMITER": "3",
    "CODE-NOT-ALLOWED": "I6",
    "TOO-MANY-REPEATS": "12",
    "LEVEL-NUMBER": "7",
    "LEVEL-PARENT": "7",
    "LEVEL-CHILD": "7",
}
_SOMEWHERE = frozenset({"CHARACTER", "CONTROL-CHARACTER", "TRAILING-DELIMITER"})
"""Faults of an element that the finding does not name."""
_PATTERN, _INVALID_CODE = "I12", "7"


def interchange_code(finding: X12Finding, name: str) -> str:
    """TA105 for a finding at a segment of the envelope named ISA, IEA, GS or GE, or outside of any set."""
    told = _INTERCHANGE.get((finding.code, finding.element))
    if told is None and finding.code in {"CUT-OFF", "NO-TRAILER"} and name in {"ISA", "IEA", ""}:
        return "023"
    return told or ("022" if name in {"ISA", "IEA"} or finding.code == "MISPLACED" else "024")


def group_code(finding: X12Finding) -> str:
    """AK905 for a finding at GS or GE; what the list has no code for is told as a wrong version."""
    return _GROUP.get((finding.code, finding.element), "2")


def set_code(finding: X12Finding) -> str:
    """IK502 for a finding at ST or SE, or an empty text where it is one of a segment."""
    return _SET.get((finding.code, finding.element), "")


def segment_code(finding: X12Finding) -> str:
    """IK304 for a fault of a whole segment, or an empty text where an element is at fault."""
    if finding.code == "UNKNOWN-SEGMENT":
        return "1" if finding.snip == 1 else "6"
    if finding.code == "TOO-MANY":
        return "4" if finding.message.startswith("loop ") else "5"
    if finding.code in _SEGMENT:
        return _SEGMENT[finding.code]
    if len(finding.element) > 3 or finding.code in _SOMEWHERE:
        return ""
    return "I6" if finding.snip == 4 else "2"


def element_code(finding: X12Finding) -> str:
    """IK403 for a fault of an element."""
    if finding.code == "LENGTH":
        return _length(finding.message)
    if finding.code == "DATE":
        return "9" if "time of the day" in finding.message else "8"
    if finding.code == "CONDITION":
        return "10" if "only one of" in finding.message else "2"
    if finding.code == "NOT-USED" and finding.snip == 1:
        return "13" if "-" in finding.element else "3"
    if finding.code in _ELEMENT:
        return _ELEMENT[finding.code]
    if finding.snip == 4 and ("is missing" in finding.message or "asks for" in finding.message):
        return "I9"
    return _INVALID_CODE if finding.snip == 5 else _PATTERN


def _length(message: str) -> str:
    """Too short is 4, too long 5: the finding says how many characters there are and how many may be."""
    numbers = [int(word) for word in message.split() if word.isdigit()]
    return "4" if len(numbers) >= 2 and numbers[-2 if "to" in message.split() else -1] > numbers[0] else "5"
