"""Where each value of a UB-04 (CMS-1450) is printed: line and column of a ten-pitch grid.

Widths are those of the form locators; lines and columns follow the form's rows. Printers differ by a
fraction of a character: print one page over a blank form and set the shifts before a batch.
"""

from __future__ import annotations

from cleanclaim.forms.sheet import Sheet, Spot
from cleanclaim.kernel.because import Citation

LINES_PER_PAGE = 22
FIRST_REVENUE_LINE = 18
TOTAL_LINE = FIRST_REVENUE_LINE + LINES_PER_PAGE
DIAGNOSIS_LETTERS = "ABCDEFGHIJKLMNOPQ"
PAYER_LETTERS = "ABC"
CODE_LETTERS = "abcd"
PROCEDURE_PLACES = ("", "a", "b", "c", "d", "e")
CONDITION_LOCATORS = tuple(str(number) for number in range(18, 29))


def cms_1450(where: str) -> Citation:
    """The public completion rules for the form, at one form locator."""
    return Citation("Medicare Claims Processing Manual", "chapter 25, section 75", where)


def _name(line: int, column: int, width: int) -> Spot:
    return Spot(line, column, width, cut=True)


_HEAD = {
    **{f"1.{place}": _name(place, 1, 25) for place in (1, 2, 3)},
    "1.4": Spot(4, 1, 25),
    **{f"2.{place}": _name(place, 27, 25) for place in (1, 2, 3)},
    "2.4": Spot(4, 27, 25),
    "3a": Spot(1, 54, 22),
    "3b": Spot(2, 54, 22),
    "4": Spot(2, 78, 4),
    "5": Spot(4, 53, 10),
    "6.from": Spot(4, 64, 6),
    "6.through": Spot(4, 71, 6),
    "8a": Spot(5, 13, 19),
    "8b": _name(6, 3, 29),
    "9a": _name(5, 42, 40),
    "9b": _name(6, 34, 30),
    "9c": Spot(6, 65, 2),
    "9d": Spot(6, 69, 10),
    "9e": Spot(6, 80, 2),
    "10": Spot(8, 1, 8),
    "11": Spot(8, 10, 1),
    "12": Spot(8, 13, 6),
    "13": Spot(8, 20, 2),
    "14": Spot(8, 23, 1),
    "15": Spot(8, 26, 1),
    "16": Spot(8, 28, 2),
    "17": Spot(8, 31, 2),
    **{locator: Spot(8, 34 + 3 * place, 2) for place, locator in enumerate(CONDITION_LOCATORS)},
    "29": Spot(8, 67, 2),
    **{f"38.{place}": _name(11 + place, 2, 40) for place in (1, 2, 3, 4, 5)},
}


def _occurrence_spots() -> dict[str, Spot]:
    spots = {}
    for row, letter in enumerate("ab"):
        line = 10 + row
        for place in range(4):
            column = 1 + 10 * place
            spots[f"{31 + place}{letter}.code"] = Spot(line, column, 2)
            spots[f"{31 + place}{letter}.date"] = Spot(line, column + 3, 6)
        for place in range(2):
            column = 41 + 17 * place
            spots[f"{35 + place}{letter}.code"] = Spot(line, column, 2)
            spots[f"{35 + place}{letter}.from"] = Spot(line, column + 3, 6)
            spots[f"{35 + place}{letter}.through"] = Spot(line, column + 10, 6)
    return spots


def _value_spots() -> dict[str, Spot]:
    spots = {}
    for row, letter in enumerate("abcd"):
        for place in range(3):
            column = 44 + 13 * place
            spots[f"{39 + place}{letter}.code"] = Spot(13 + row, column, 2)
            spots[f"{39 + place}{letter}.amount"] = Spot(13 + row, column + 2, 10, right=True)
    return spots


def _revenue_spots() -> dict[str, Spot]:
    spots = {}
    for place in range(1, LINES_PER_PAGE + 1):
        line = FIRST_REVENUE_LINE + place - 1
        spots[f"42.{place}"] = Spot(line, 1, 4)
        spots[f"43.{place}"] = _name(line, 6, 24)
        spots[f"44.{place}"] = Spot(line, 31, 14)
        spots[f"45.{place}"] = Spot(line, 46, 6)
        spots[f"46.{place}"] = Spot(line, 53, 7, right=True)
        spots[f"47.{place}"] = Spot(line, 60, 10, right=True)
        spots[f"48.{place}"] = Spot(line, 70, 10, right=True)
    return spots


_TOTALS = {
    "total.revenue_code": Spot(TOTAL_LINE, 1, 4),
    "total.page": Spot(TOTAL_LINE, 11, 3, right=True),
    "total.pages": Spot(TOTAL_LINE, 18, 3),
    "total.created_on": Spot(TOTAL_LINE, 46, 6),
    "total.charge": Spot(TOTAL_LINE, 60, 10, right=True),
    "total.non_covered": Spot(TOTAL_LINE, 70, 10, right=True),
    "56": Spot(41, 71, 12),
}


def _payer_spots() -> dict[str, Spot]:
    spots = {}
    for row, letter in enumerate(PAYER_LETTERS):
        spots.update(
            {
                f"50{letter}": _name(42 + row, 1, 22),
                f"51{letter}": Spot(42 + row, 24, 15),
                f"52{letter}": Spot(42 + row, 40, 1),
                f"53{letter}": Spot(42 + row, 43, 1),
                f"54{letter}": Spot(42 + row, 45, 10, right=True),
                f"55{letter}": Spot(42 + row, 56, 10, right=True),
                f"57{letter}": Spot(42 + row, 68, 15),
                f"58{letter}": _name(46 + row, 1, 25),
                f"59{letter}": Spot(46 + row, 27, 2),
                f"60{letter}": Spot(46 + row, 30, 20),
                f"61{letter}": _name(46 + row, 51, 14),
                f"62{letter}": Spot(46 + row, 66, 17),
                f"63{letter}": Spot(50 + row, 1, 30),
                f"64{letter}": Spot(50 + row, 32, 26),
                f"65{letter}": _name(50 + row, 59, 24),
            }
        )
    return spots


def _code_spots() -> dict[str, Spot]:
    spots = {"66": Spot(54, 1, 1), "67": Spot(53, 3, 7), "67.poa": Spot(53, 10, 1)}
    for place, letter in enumerate(DIAGNOSIS_LETTERS, 1):
        line, column = (53, 3 + 8 * place) if place < 9 else (54, 3 + 8 * (place - 9))
        spots[f"67{letter}"] = Spot(line, column, 7)
        spots[f"67{letter}.poa"] = Spot(line, column + 7, 1)
    spots["69"] = Spot(55, 6, 7)
    spots["71"] = Spot(55, 43, 4)
    for place, letter in enumerate("abc"):
        spots[f"70{letter}"] = Spot(55, 18 + 7 * place, 7)
        spots[f"72{letter}"] = Spot(55, 50 + 8 * place, 7)
        spots[f"72{letter}.poa"] = Spot(55, 57 + 8 * place, 1)
    for place, letter in enumerate(PROCEDURE_PLACES):
        line, column = 57 + 2 * (place // 3), 1 + 16 * (place % 3)
        spots[f"74{letter}.code"] = Spot(line, column, 7)
        spots[f"74{letter}.date"] = Spot(line, column + 9, 6)
    return spots


def _provider_spots() -> dict[str, Spot]:
    spots = {}
    for row, locator in enumerate(("76", "77", "78", "79")):
        line = 56 + 2 * row
        spots[f"{locator}.role"] = Spot(line, 54, 2)
        spots[f"{locator}.npi"] = Spot(line, 58, 10)
        spots[f"{locator}.qualifier"] = Spot(line, 70, 2)
        spots[f"{locator}.other"] = Spot(line, 73, 10)
        spots[f"{locator}.last"] = _name(line + 1, 52, 16)
        spots[f"{locator}.first"] = _name(line + 1, 70, 12)
    for row, letter in enumerate(CODE_LETTERS):
        spots[f"81{letter}.qualifier"] = Spot(60 + row, 28, 2)
        spots[f"81{letter}"] = Spot(60 + row, 31, 10)
        spots[f"81{letter}.value"] = Spot(60 + row, 41, 11, right=True)
    spots["80.1"] = Spot(60, 8, 18)
    spots.update({f"80.{place}": Spot(59 + place, 1, 25) for place in (2, 3, 4)})
    return spots


UB04 = Sheet(
    name="UB-04",
    field_word="FL",
    left_points=11.0,
    top_points=14.0,
    spots={
        **_HEAD,
        **_occurrence_spots(),
        **_value_spots(),
        **_revenue_spots(),
        **_TOTALS,
        **_payer_spots(),
        **_code_spots(),
        **_provider_spots(),
    },
    marks={},
    citation=cms_1450("form locator lengths"),
)
