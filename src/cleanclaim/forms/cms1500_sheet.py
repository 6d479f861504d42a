"""Where each value of a CMS-1500 (02/12) is printed: line and column of the form's ten-pitch grid."""

from __future__ import annotations

from cleanclaim.forms.sheet import Sheet, Spot
from cleanclaim.kernel.because import Citation

LINES_PER_PAGE = 6
FIRST_SERVICE_LINE = 43
MANUAL = "NUCC 1500 Claim Form Reference Instruction Manual"


def nucc(where: str) -> Citation:
    """The manual of the National Uniform Claim Committee, at one item number."""
    return Citation(MANUAL, "form version 02/12", where)


def _name(line: int, column: int, width: int) -> Spot:
    return Spot(line, column, width, cut=True)


_HEAD = {
    "page": Spot(1, 66, 14),
    "carrier.1": _name(2, 41, 31),
    "carrier.2": _name(3, 41, 31),
    "carrier.3": _name(4, 41, 31),
    "carrier.4": _name(5, 41, 31),
    "1a": Spot(8, 50, 29),
    "2": _name(10, 1, 28),
    "3": Spot(10, 31, 10),
    "4": _name(10, 50, 29),
    "5": _name(12, 1, 28),
    "5.city": _name(14, 1, 24),
    "5.state": Spot(14, 26, 3),
    "5.zip": Spot(16, 1, 12),
    "5.phone": Spot(16, 15, 14),
    "7": _name(12, 50, 29),
    "7.city": _name(14, 50, 23),
    "7.state": Spot(14, 74, 4),
    "7.zip": Spot(16, 50, 12),
    "7.phone": Spot(16, 65, 14),
    "9": _name(18, 1, 28),
    "9a": Spot(20, 1, 28),
    "9d": _name(26, 1, 28),
    "10b.state": Spot(22, 45, 2),
    "10d": Spot(26, 30, 19),
    "11": Spot(18, 50, 29),
    "11a": Spot(20, 53, 10),
    "11b.qualifier": Spot(22, 50, 2),
    "11b": Spot(22, 53, 28),
    "11c": _name(24, 50, 29),
    "12": Spot(29, 7, 22),
    "13": Spot(29, 55, 22),
}
_MIDDLE = {
    "14": Spot(32, 2, 10),
    "14.qualifier": Spot(32, 16, 3),
    "15.qualifier": Spot(32, 31, 3),
    "15": Spot(32, 37, 10),
    "16.from": Spot(32, 54, 10),
    "16.to": Spot(32, 68, 10),
    "17.qualifier": Spot(34, 1, 2),
    "17": _name(34, 4, 24),
    "17a.qualifier": Spot(33, 30, 2),
    "17a": Spot(33, 33, 17),
    "17b": Spot(34, 33, 10),
    "18.from": Spot(34, 54, 10),
    "18.to": Spot(34, 68, 10),
    "19": Spot(36, 1, 48, above=Spot(35, 27, 23)),
    "20.charges": Spot(36, 62, 9, right=True),
    "21.indicator": Spot(37, 42, 1),
    **{
        f"21{letter}": Spot(38 + place // 4, 3 + 13 * (place % 4), 7)
        for place, letter in enumerate("ABCDEFGHIJKL")
    },
    "22.code": Spot(38, 50, 11),
    "22.reference": Spot(38, 62, 18),
    "23": Spot(40, 50, 29),
}
_FOOT = {
    "25": Spot(56, 1, 15),
    "26": Spot(56, 23, 14),
    "28": Spot(56, 50, 10, right=True),
    "29": Spot(56, 61, 9, right=True),
    "31.name": _name(59, 1, 22),
    "31": Spot(60, 1, 22),
    "31.date": Spot(61, 12, 10),
    "32.1": _name(58, 23, 26),
    "32.2": _name(59, 23, 26),
    "32.3": _name(60, 23, 26),
    "32a": Spot(61, 24, 10),
    "32b": Spot(61, 36, 13),
    "33.phone": Spot(57, 66, 14),
    "33.1": _name(58, 50, 29),
    "33.2": _name(59, 50, 29),
    "33.3": _name(60, 50, 29),
    "33a": Spot(61, 51, 10),
    "33b": Spot(61, 64, 14),
}


def _service_spots(place: int) -> dict[str, Spot]:
    shaded = FIRST_SERVICE_LINE + 2 * (place - 1)
    line = shaded + 1
    parts = {
        "shaded": Spot(shaded, 1, 61),
        "A.from": Spot(line, 1, 8),
        "A.to": Spot(line, 10, 8),
        "B": Spot(line, 19, 2),
        "C": Spot(line, 22, 2),
        "D": Spot(line, 25, 6),
        "D.modifiers": Spot(line, 33, 11),
        "E": Spot(line, 45, 4),
        "F": Spot(line, 49, 9, right=True),
        "G": Spot(line, 59, 3),
        "H": Spot(line, 63, 2),
        "H.reason": Spot(shaded, 63, 2),
        "I": Spot(shaded, 65, 2),
        "J.other": Spot(shaded, 68, 11),
        "J": Spot(line, 68, 10),
    }
    return {f"24.{place}{part}": spot for part, spot in parts.items()}


_SPOTS = {
    **_HEAD,
    **_MIDDLE,
    **{key: spot for place in range(1, LINES_PER_PAGE + 1) for key, spot in _service_spots(place).items()},
    **_FOOT,
}
_MARKS = {
    ("1", "MEDICARE"): (8, 1),
    ("1", "MEDICAID"): (8, 8),
    ("1", "TRICARE"): (8, 15),
    ("1", "CHAMPVA"): (8, 24),
    ("1", "GROUP"): (8, 31),
    ("1", "FECA"): (8, 39),
    ("1", "OTHER"): (8, 45),
    ("3.sex", "M"): (10, 42),
    ("3.sex", "F"): (10, 47),
    ("6", "SELF"): (12, 33),
    ("6", "SPOUSE"): (12, 38),
    ("6", "CHILD"): (12, 42),
    ("6", "OTHER"): (12, 47),
    ("10a", "YES"): (20, 35),
    ("10a", "NO"): (20, 41),
    ("10b", "YES"): (22, 35),
    ("10b", "NO"): (22, 41),
    ("10c", "YES"): (24, 35),
    ("10c", "NO"): (24, 41),
    ("11a.sex", "M"): (20, 68),
    ("11a.sex", "F"): (20, 75),
    ("11d", "YES"): (26, 52),
    ("11d", "NO"): (26, 57),
    ("20", "YES"): (36, 52),
    ("20", "NO"): (36, 57),
    ("25.kind", "SSN"): (56, 17),
    ("25.kind", "EIN"): (56, 19),
    ("27", "YES"): (56, 38),
    ("27", "NO"): (56, 43),
}

CMS1500 = Sheet(
    name="CMS-1500",
    field_word="box",
    left_points=20.0,
    top_points=24.0,
    spots=_SPOTS,
    marks=_MARKS,
    citation=nucc("item and field lengths"),
)
