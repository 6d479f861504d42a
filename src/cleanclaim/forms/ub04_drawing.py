"""Our own drawing of a UB-04: frames, numbers and short names of the form locators, in the form's red."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from cleanclaim.forms.frames import Box, Frames
from cleanclaim.forms.ub04_sheet import (
    CONDITION_LOCATORS,
    DIAGNOSIS_LETTERS,
    FIRST_REVENUE_LINE,
    LINES_PER_PAGE,
    PAYER_LETTERS,
    PROCEDURE_PLACES,
    TOTAL_LINE,
    UB04,
)

_LAST = 82
_HEAD = (
    Box(1, 26, 1, 4),
    Box(27, 52, 1, 4),
    Box(53, 76, 1, 1, "3a", ""),
    Box(53, 76, 2, 2, "b", ""),
    Box(77, 82, 1, 2, "4", "TYPE OF BILL"),
    Box(53, 63, 3, 4, "5", "FED. TAX NO."),
    Box(64, 77, 3, 4, "6", "STATEMENT FROM / THROUGH"),
    Box(78, 82, 3, 4, "7", ""),
    Box(1, 32, 5, 6, "8", "PATIENT NAME"),
    Box(33, 82, 5, 6, "9", "PATIENT ADDRESS"),
)
_STAY = (
    (1, 9, "10", "BIRTHDATE"),
    (10, 12, "11", "SEX"),
    (13, 19, "12", "ADMISSION"),
    (20, 22, "13", "HR"),
    (23, 25, "14", "TYP"),
    (26, 27, "15", ""),
    (28, 30, "16", "DHR"),
    (31, 33, "17", "ST."),
    *((34 + 3 * place, 36 + 3 * place, locator, "") for place, locator in enumerate(CONDITION_LOCATORS)),
    (67, 69, "29", "ST"),
    (70, 82, "30", ""),
)
_REVENUE = (
    (1, 5, "42", "REV."),
    (6, 30, "43", "DESCRIPTION"),
    (31, 45, "44", "HCPCS / RATE"),
    (46, 52, "45", "SERV. DATE"),
    (53, 59.35, "46", "UNITS"),
    (60.35, 69.35, "47", "TOTAL CHARGES"),
    (70.35, 79.35, "48", "NON-COVERED"),
    (80.35, 82, "49", ""),
)
_PAYER_ROWS = (
    (
        41,
        (
            (1, 23, "50", "PAYER"),
            (24, 38, "51", "HEALTH PLAN ID"),
            (39, 41, "52", "REL"),
            (42, 44, "53", "ASG"),
            (45, 55, "54", "PRIOR PAYMENTS"),
            (56, 66, "55", "EST. AMOUNT DUE"),
            (67, 82, "56", "NPI"),
        ),
    ),
    (
        45,
        (
            (1, 26, "58", "INSURED'S NAME"),
            (27, 29, "59", "REL"),
            (30, 50, "60", "INSURED'S ID"),
            (51, 65, "61", "GROUP NAME"),
            (66, 82, "62", "GROUP NUMBER"),
        ),
    ),
    (
        49,
        (
            (1, 31, "63", "TREATMENT AUTHORIZATION"),
            (32, 58, "64", "DOCUMENT CONTROL NUMBER"),
            (59, 82, "65", "EMPLOYER"),
        ),
    ),
)


def draw_ub04(canvas: Canvas) -> None:
    """Draw one empty form."""
    canvas.saveState()
    canvas.setLineWidth(0.5)
    frames = Frames(canvas, UB04)
    _draw_revenue(frames)
    for box in _HEAD:
        frames.box(box)
    _draw_head_words(frames)
    for first, last, number, label in _STAY:
        frames.box(Box(first, last, 7, 8, number, label))
    _draw_occurrences(frames)
    _draw_values(frames)
    for line, columns in _PAYER_ROWS:
        _draw_payer_row(frames, line, columns)
    _draw_diagnoses(frames)
    _draw_procedures(frames)
    _draw_providers(frames)
    canvas.setFont("Helvetica", 5)
    words = (
        "UB-04 (CMS-1450), drawn for reading and filing; a payer that scans paper wants the original form."
    )
    canvas.drawString(frames.left(1), frames.top(64) - 6, words)
    canvas.restoreState()


def _draw_head_words(frames: Frames) -> None:
    for column, line, word in (
        (11.6, 5, "a"), (1.6, 6, "b"), (41, 5, "a"), (33, 6, "b"), (64, 6, "c"), (68, 6, "d"), (79.2, 6, "e"),
    ):  # fmt: skip
        frames.word(column, line, word, bold=True)
    frames.horizontal(1, _LAST, 6)
    frames.corner(1, 1, "1")
    frames.corner(27, 1, "2")


def _draw_occurrences(frames: Frames) -> None:
    for place in range(4):
        column = 1 + 10 * place
        frames.box(Box(column, column + 9, 9, 11, str(31 + place), "OCCURRENCE"))
        frames.vertical(column + 2.8, 10, 11)
    for place in range(2):
        column = 41 + 17 * place
        frames.box(Box(column, column + 16, 9, 11, str(35 + place), "OCCURRENCE SPAN, FROM AND THROUGH"))
        frames.vertical(column + 2.8, 10, 11)
        frames.vertical(column + 9.8, 10, 11)
    frames.box(Box(75, _LAST, 9, 11, "37", ""))
    frames.horizontal(1, 74, 10)
    frames.horizontal(1, 74, 11)


def _draw_values(frames: Frames) -> None:
    frames.box(Box(1, 42, 12, 16, "38", ""))
    for place in range(3):
        column = 44 + 13 * place
        first = column if place else column - 1
        frames.box(Box(first, column + 12, 12, 16, str(39 + place), "VALUE CODE, AMOUNT"))
        frames.vertical(column + 2.45, 13, 16)
    for row, letter in enumerate("abcd"):
        frames.word(43, 13 + row, letter, bold=True)
        frames.horizontal(43, _LAST, 13 + row)


def _draw_revenue(frames: Frames) -> None:
    header = FIRST_REVENUE_LINE - 1
    for place in range(1, LINES_PER_PAGE, 2):
        frames.shade(1, _LAST, FIRST_REVENUE_LINE + place)
    for first, last, number, label in _REVENUE:
        frames.box(Box(first, last, header, TOTAL_LINE, number, label))
    frames.horizontal(1, _LAST, FIRST_REVENUE_LINE)
    frames.horizontal(1, _LAST, TOTAL_LINE)
    for column, word in ((7.5, "PAGE"), (15, "OF"), (39.5, "CREATED"), (54.5, "TOTALS")):
        frames.word(column, TOTAL_LINE, word, bold=True)


def _draw_payer_row(frames: Frames, line: int, columns: tuple[tuple[float, float, str, str], ...]) -> None:
    for first, last, number, label in columns:
        frames.box(Box(first, last, line, line + 3, number, label))
    for row, letter in enumerate(PAYER_LETTERS, 1):
        frames.horizontal(1, 66 if line == 41 else _LAST, line + row)
        frames.canvas.drawRightString(frames.left(1) - 1.5, frames.sheet.y(line + row) + 1, letter)
    if line == 41:
        frames.word(67, 42, "57", bold=True)
        frames.horizontal(67, _LAST, 42)


def _draw_diagnoses(frames: Frames) -> None:
    frames.box(Box(1, 2.35, 53, 54, "66", ""))
    for place, letter in enumerate(("67", *DIAGNOSIS_LETTERS)):
        line, first = (53, 3 + 8 * place) if place < 9 else (54, 3 + 8 * (place - 9))
        frames.shade(first + 7.35, first + 7.35, line)
        frames.box(Box(first + 0.35, first + 7.35, line, line))
        frames.corner(first + 0.35, line, letter)
    frames.box(Box(75.35, _LAST, 53, 54, "68", ""))
    for first, last, number, label in (
        (1, 12, "69", "ADMIT"),
        (13, 39, "70", "REASON"),
        (40, 46, "71", "DRG"),
        (47, 74, "72", "ECI"),
        (75, _LAST, "73", ""),
    ):
        frames.box(Box(first, last, 55, 55, number, label))
    for place, letter in enumerate("abc"):
        frames.corner(18.35 + 7 * place, 55, letter)
        frames.corner(50.35 + 8 * place, 55, letter)


def _draw_procedures(frames: Frames) -> None:
    for place, letter in enumerate(PROCEDURE_PLACES):
        line, first = 56 + 2 * (place // 3), 1 + 16 * (place % 3)
        label = "OTHER PROCEDURE AND DATE" if letter else "PRINCIPAL PROCEDURE AND DATE"
        frames.box(Box(first, first + 15, line, line + 1, letter or "74", label))
    frames.box(Box(49, 49, 56, 59))
    frames.corner(49, 56, "75")


def _draw_providers(frames: Frames) -> None:
    labels = (("76", "ATTENDING"), ("77", "OPERATING"), ("78", "OTHER"), ("79", "OTHER"))
    for row, (number, label) in enumerate(labels):
        line = 56 + 2 * row
        frames.box(Box(50, _LAST, line, line + 1, number, label))
        frames.word(56.7, line, "NPI")
        frames.word(69, line, "QUAL")
        frames.word(49.8, line + 1, "LAST")
        frames.word(67.8, line + 1, "FIRST")
    frames.box(Box(1, 26, 60, 63, "80", "REMARKS"))
    frames.box(Box(27, 49, 60, 63))
    frames.word(26.8, 60, "81", bold=True)
    for row, letter in enumerate("abcd"):
        if row:
            frames.horizontal(27, 49, 60 + row)
            frames.word(27, 60 + row, letter, bold=True)
