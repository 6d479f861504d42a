"""Our own drawing of a CMS-1500: frames, numbers and short names of the fields, in the form's red."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from cleanclaim.forms.cms1500_sheet import CMS1500, FIRST_SERVICE_LINE, LINES_PER_PAGE
from cleanclaim.forms.frames import INK, LABEL_SIZE, Box, Frames

_IDENTITY = (
    Box(1, 49, 7, 8, "1.", "PROGRAM"),
    Box(50, 79, 7, 8, "1a.", "INSURED'S ID NUMBER"),
    Box(1, 29, 9, 10, "2.", "PATIENT'S NAME  (last, first, middle initial)"),
    Box(30, 49, 9, 10, "3.", "PATIENT'S BIRTH DATE AND SEX"),
    Box(50, 79, 9, 10, "4.", "INSURED'S NAME  (last, first, middle initial)"),
    Box(1, 29, 11, 12, "5.", "PATIENT'S ADDRESS"),
    Box(30, 49, 11, 12, "6.", "PATIENT RELATIONSHIP TO INSURED"),
    Box(50, 79, 11, 12, "7.", "INSURED'S ADDRESS"),
    Box(1, 24, 13, 14, "", "CITY"),
    Box(25, 29, 13, 14, "", "STATE"),
    Box(30, 49, 13, 16, "8.", "RESERVED"),
    Box(50, 72, 13, 14, "", "CITY"),
    Box(73, 79, 13, 14, "", "STATE"),
    Box(1, 13, 15, 16, "", "ZIP CODE"),
    Box(14, 29, 15, 16, "", "TELEPHONE"),
    Box(50, 62, 15, 16, "", "ZIP CODE"),
    Box(63, 79, 15, 16, "", "TELEPHONE"),
    Box(1, 29, 17, 18, "9.", "OTHER INSURED'S NAME"),
    Box(30, 49, 17, 18, "10.", "CONDITION RELATED TO"),
    Box(50, 79, 17, 18, "11.", "INSURED'S POLICY GROUP OR FECA NUMBER"),
    Box(1, 29, 19, 20, "a.", "OTHER INSURED'S POLICY OR GROUP NUMBER"),
    Box(30, 49, 19, 20, "a.", "EMPLOYMENT"),
    Box(50, 79, 19, 20, "a.", "INSURED'S BIRTH DATE AND SEX"),
    Box(1, 29, 21, 22, "b.", "RESERVED"),
    Box(30, 49, 21, 22, "b.", "AUTO ACCIDENT"),
    Box(50, 79, 21, 22, "b.", "OTHER CLAIM ID"),
    Box(1, 29, 23, 24, "c.", "RESERVED"),
    Box(30, 49, 23, 24, "c.", "OTHER ACCIDENT"),
    Box(50, 79, 23, 24, "c.", "INSURANCE PLAN OR PROGRAM NAME"),
    Box(1, 29, 25, 26, "d.", "OTHER INSURANCE PLAN OR PROGRAM NAME"),
    Box(30, 49, 25, 26, "10d.", "CLAIM CODES"),
    Box(50, 79, 25, 26, "d.", "ANOTHER HEALTH BENEFIT PLAN"),
    Box(1, 49, 27, 30, "12.", "PATIENT'S OR AUTHORIZED PERSON'S SIGNATURE"),
    Box(50, 79, 27, 30, "13.", "INSURED'S OR AUTHORIZED PERSON'S SIGNATURE"),
)
_VISIT = (
    Box(1, 29, 31, 32, "14.", "DATE OF ILLNESS, INJURY OR PREGNANCY"),
    Box(30, 49, 31, 32, "15.", "OTHER DATE"),
    Box(50, 79, 31, 32, "16.", "DATES UNABLE TO WORK"),
    Box(1, 29, 33, 34, "17.", "REFERRING PROVIDER OR OTHER SOURCE"),
    Box(30, 49, 33, 33, "17a.", ""),
    Box(30, 49, 34, 34, "", ""),
    Box(50, 79, 33, 34, "18.", "HOSPITALIZATION DATES"),
    Box(1, 49, 35, 36, "19.", "ADDITIONAL CLAIM INFORMATION"),
    Box(50, 79, 35, 36, "20.", "OUTSIDE LAB AND CHARGES"),
    Box(1, 49, 37, 40, "21.", "DIAGNOSES"),
    Box(50, 60, 37, 38, "22.", "RESUBMISSION CODE"),
    Box(61, 79, 37, 38, "", "ORIGINAL REFERENCE NUMBER"),
    Box(50, 79, 39, 40, "23.", "PRIOR AUTHORIZATION NUMBER"),
)
_SERVICE_COLUMNS = (
    (1, 18, "24. A.", "DATES OF SERVICE"),
    (19, 21, "B.", "PLACE"),
    (22, 24, "C.", "EMG"),
    (25, 44, "D.", "PROCEDURES, SERVICES OR SUPPLIES"),
    (45, 49, "E.", "POINTER"),
    (50, 58, "F.", "CHARGES"),
    (59, 62, "G.", "UNITS"),
    (63, 64, "H.", ""),
    (65, 67, "I.", "QUAL."),
    (68, 79, "J.", "RENDERING PROVIDER ID"),
)
_FOOT = (
    Box(1, 22, 55, 56, "25.", "FEDERAL TAX ID NUMBER"),
    Box(23, 36, 55, 56, "26.", "PATIENT'S ACCOUNT NUMBER"),
    Box(37, 49, 55, 56, "27.", "ACCEPT ASSIGNMENT"),
    Box(50, 60, 55, 56, "28.", "TOTAL CHARGE"),
    Box(61, 70, 55, 56, "29.", "AMOUNT PAID"),
    Box(71, 79, 55, 56, "30.", "RESERVED"),
    Box(1, 22, 57, 61, "31.", "SIGNATURE OF PHYSICIAN OR SUPPLIER"),
    Box(23, 49, 57, 60, "32.", "SERVICE FACILITY LOCATION"),
    Box(50, 79, 57, 60, "33.", "BILLING PROVIDER AND PHONE"),
    Box(23, 35, 61, 61, "a.", ""),
    Box(36, 49, 61, 61, "b.", ""),
    Box(50, 62, 61, 61, "a.", ""),
    Box(63, 79, 61, 61, "b.", ""),
)
# Where the word beside a choice begins, in columns right of its cross; negative stands left of it.
_CHOICE_WORDS = (
    ("1", "MEDICARE", "Medicare", 1.3),
    ("1", "MEDICAID", "Medicaid", 1.3),
    ("1", "TRICARE", "TRICARE", 1.3),
    ("1", "CHAMPVA", "CHAMPVA", 1.3),
    ("1", "GROUP", "Group plan", 1.3),
    ("1", "FECA", "FECA", 1.3),
    ("1", "OTHER", "Other", 1.3),
    ("3.sex", "M", "M", 1.3),
    ("3.sex", "F", "F", 1.3),
    ("6", "SELF", "Self", -1.7),
    ("6", "SPOUSE", "Spouse", -2.8),
    ("6", "CHILD", "Child", -2.1),
    ("6", "OTHER", "Other", -2.2),
    ("11a.sex", "M", "M", 1.3),
    ("11a.sex", "F", "F", 1.3),
    *(
        (box, choice, choice, 1.3)
        for box in ("10a", "10b", "10c", "11d", "20", "27")
        for choice in ("YES", "NO")
    ),
)


def draw_cms1500(canvas: Canvas) -> None:
    """Draw one empty form."""
    canvas.saveState()
    canvas.setLineWidth(0.6)
    frames = Frames(canvas, CMS1500)
    _draw_head(canvas, frames)
    _draw_service_grid(canvas, frames)
    for box in (*_IDENTITY, *_VISIT, *_FOOT):
        frames.box(box)
    _draw_choices(canvas, frames)
    _draw_small_words(canvas, frames)
    canvas.restoreState()


def _draw_head(canvas: Canvas, frames: Frames) -> None:
    left = frames.left(1)
    canvas.setFillColor(INK)
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(left, CMS1500.y(4) - 2, "Health insurance claim form")
    canvas.setFont("Helvetica", 6.5)
    canvas.drawString(left, CMS1500.y(5) - 1, "CMS-1500, version 02/12. Drawn for reading and filing;")
    canvas.drawString(
        left, CMS1500.y(5) - 9, "a payer that scans paper wants its data on the original red form."
    )
    frames.word(41, 1.2, "CARRIER")


def _draw_service_grid(canvas: Canvas, frames: Frames) -> None:
    header, first = FIRST_SERVICE_LINE - 2, FIRST_SERVICE_LINE
    for place in range(LINES_PER_PAGE):
        line = first + 2 * place
        frames.shade(1, 79, line)
        frames.horizontal(1, 79, line)
        canvas.setFillColor(INK)
        canvas.setFont("Helvetica-Bold", 6)
        canvas.drawRightString(frames.left(1) - 2, CMS1500.y(line + 1), str(place + 1))
    frames.box(Box(1, 79, header, first + 2 * LINES_PER_PAGE - 1))
    for column, _, number, label in _SERVICE_COLUMNS:
        if column > 1:
            _service_rule(frames, column)
        x, top = frames.left(column) + 1.5, frames.top(header)
        frames.label(x, top - LABEL_SIZE - 1, number, "")
        frames.label(x, top - 2 * LABEL_SIZE - 3, "", label)


def _service_rule(frames: Frames, column: int) -> None:
    """A column's rule runs through the header and the white half; the shaded half is one strip up to 24G."""
    frames.vertical(column, FIRST_SERVICE_LINE - 2, FIRST_SERVICE_LINE - 1)
    for place in range(LINES_PER_PAGE):
        line = FIRST_SERVICE_LINE + 2 * place
        frames.vertical(column, line if column >= 63 else line + 1, line + 1)


def _draw_choices(canvas: Canvas, frames: Frames) -> None:
    canvas.setStrokeColor(INK)
    for line, column in CMS1500.marks.values():
        canvas.rect(CMS1500.x(column) - 0.4, CMS1500.y(line) - 1.4, 8.0, 9.6, stroke=1, fill=0)
    for box, choice, word, offset in _CHOICE_WORDS:
        line, column = CMS1500.marks[box, choice]
        frames.word(column + offset, line, word)


def _draw_small_words(canvas: Canvas, frames: Frames) -> None:
    """Letters, qualifiers and the headings of divided boxes."""
    words = (
        (44.2, 21, "STATE"), (13.4, 32, "QUAL."), (16.5, 55, "SSN"), (18.6, 55, "EIN"), (30.4, 34, "17b."),
        (52, 32, "FROM"), (66, 32, "TO"), (52, 34, "FROM"), (66, 34, "TO"), (37.5, 37, "ICD IND."),
        (25, 42, "CPT / HCPCS"), (33, 42, "MODIFIER"), (1, 42, "FROM"), (10, 42, "TO"), (8.4, 61, "DATE"),
        (1, 29, "SIGNED"), (51, 29, "SIGNED"),
    )  # fmt: skip
    for column, line, word in words:
        frames.word(column, line, word)
    canvas.setFont("Helvetica-Bold", 6)
    for place, letter in enumerate("ABCDEFGHIJKL"):
        column = 3 + 13 * (place % 4)
        canvas.drawRightString(CMS1500.x(column) - 2.5, CMS1500.y(38 + place // 4), f"{letter}.")
