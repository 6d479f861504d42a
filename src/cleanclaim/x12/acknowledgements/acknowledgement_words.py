"""Our own short words for the codes that acknowledgements use."""

from __future__ import annotations

from cleanclaim.claims.acknowledgement import Verdict

SEGMENT_FAULTS = {
    "1": "unknown segment",
    "2": "segment not expected here",
    "3": "mandatory segment missing",
    "4": "loop repeated too often",
    "5": "segment repeated too often",
    "6": "segment not defined in this set",
    "7": "segment out of order",
    "8": "an element of the segment is wrong",
    "I4": "segment not used by the guide",
    "I6": "situational segment missing",
    "I7": "loop repeated less often than the guide asks",
    "I8": "segment below its least use",
    "I9": "segment not used in this situation",
}
ELEMENT_FAULTS = {
    "1": "mandatory element missing",
    "2": "conditional element missing",
    "3": "too many elements",
    "4": "element too short",
    "5": "element too long",
    "6": "character not allowed",
    "7": "code not allowed",
    "8": "date wrong",
    "9": "time wrong",
    "10": "elements exclude each other",
    "12": "repeated too often",
    "13": "too many components",
    "I6": "code not in the list of the guide",
    "I9": "situational element missing",
    "I10": "element not used by the guide",
    "I11": "repeated less often than the guide asks",
    "I12": "shape not allowed by the guide",
    "I13": "element not used in this situation",
}
SET_FAULTS = {
    "1": "this set is not taken",
    "2": "the end of the set is missing",
    "3": "control numbers of ST and SE differ",
    "4": "number of segments wrong",
    "5": "segments are in error",
    "6": "set identifier missing or wrong",
    "7": "control number of the set missing or wrong",
    "18": "the set is not of its group",
    "19": "guide of the set wrong",
    "23": "control number of the set stands twice in the group",
    "I5": "segments are in error under the guide",
    "I6": "this guide is not taken",
}
GROUP_FAULTS = {
    "1": "this kind of group is not taken",
    "2": "version of the group not taken",
    "3": "the end of the group is missing",
    "4": "control numbers of GS and GE differ",
    "5": "number of sets wrong",
    "6": "control number of the group wrong",
    "19": "control number of the group stands twice in the interchange",
}
INTERCHANGE_FAULTS = {
    "000": "no error",
    "001": "control numbers of ISA and IEA differ",
    "002": "standard not supported",
    "003": "version not supported",
    "004": "segment terminator wrong",
    "005": "sender qualifier wrong",
    "006": "sender id wrong",
    "007": "receiver qualifier wrong",
    "008": "receiver id wrong",
    "009": "receiver id unknown",
    "010": "authorization qualifier wrong",
    "011": "authorization wrong",
    "012": "security qualifier wrong",
    "013": "security information wrong",
    "014": "interchange date wrong",
    "015": "interchange time wrong",
    "016": "repetition separator or standards id wrong",
    "017": "version id wrong",
    "018": "control number wrong",
    "019": "acknowledgement request wrong",
    "020": "test indicator wrong",
    "021": "number of groups wrong",
    "022": "control structure wrong",
    "023": "file ends too early",
    "024": "contents of the interchange wrong",
    "025": "this interchange came before",
    "026": "element separator wrong",
    "027": "component separator wrong",
}
VERDICTS = {
    "A": Verdict.ACCEPTED,
    "E": Verdict.ACCEPTED_WITH_ERRORS,
    "P": Verdict.ACCEPTED_WITH_ERRORS,
    "R": Verdict.REJECTED,
    "M": Verdict.REJECTED,
    "W": Verdict.REJECTED,
    "X": Verdict.REJECTED,
}
"""What IK501, AK901 and TA104 mean; P is a group of which a part was accepted."""

ACCEPTED_CATEGORIES = frozenset({"A0", "A1", "A2", "A5"})
"""Claim status categories that let a claim go on; every other one in a 277CA stops it."""
