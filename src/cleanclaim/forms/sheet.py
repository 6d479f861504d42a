"""The sheet of a claim form: a grid of ten characters and six lines to the inch, and what stands on it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from cleanclaim.forms.findings import FormFinding
from cleanclaim.forms.text import printable
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Severity

PAGE_WIDTH: float = letter[0]
PAGE_HEIGHT: float = letter[1]
COLUMN_POINTS = 7.2
LINE_POINTS = 12.0

# Courier is six tenths of its size wide: twelve points are ten characters to the inch.
_PLAIN = ("Courier", 12.0, 0.0)
# On our own drawing the data is set bolder and smaller, and the rest of the tenth of an inch spaced out.
_BOLD = ("Courier-Bold", 10.5, COLUMN_POINTS - 0.6 * 10.5)

Fields = Mapping[str, str]


@frozen
class Spot:
    """Where one value stands: line and column from 1, and how many characters fit.

    ``cut`` says that the form's rule lets a longer value be shortened (names, addresses); any other value
    that does not fit keeps the form from being printed. ``above`` takes the beginning of a value that
    needs two lines.
    """

    line: int
    column: int
    width: int
    right: bool = False
    cut: bool = False
    above: Spot | None = None

    def capacity(self) -> int:
        """How many characters fit, both lines together."""
        return self.width + (self.above.width if self.above else 0)


@frozen
class Sheet:
    """One kind of form: its margins, its spots, and where the crosses of its choices go.

    ``marks`` are keyed by box and choice, such as ("6", "CHILD").
    """

    name: str
    field_word: str
    left_points: float
    top_points: float
    spots: Mapping[str, Spot]
    marks: Mapping[tuple[str, str], tuple[int, int]]
    citation: Citation

    def x(self, column: float) -> float:
        """The left edge of a column, in points from the left."""
        return self.left_points + (column - 1) * COLUMN_POINTS

    def y(self, line: float) -> float:
        """The base line of a line of print, in points from the bottom."""
        return PAGE_HEIGHT - self.top_points - line * LINE_POINTS

    def field_name(self, key: str) -> str:
        """The box as a biller calls it; "CMS-1500 box 24.2J" is box 24J of the second line."""
        return f"{self.name} {self.field_word} {key}"

    def findings(self, pages: Sequence[Fields]) -> tuple[FormFinding, ...]:
        """What does not fit its box or cannot be shown in the fonts, page by page, each box once."""
        found: dict[tuple[str, str], FormFinding] = {}
        for number, fields in enumerate(pages, 1):
            for key, value in fields.items():
                for finding in self._value_findings(key, value, number):
                    found.setdefault((finding.field, finding.message), finding)
        return tuple(found.values())

    def _value_findings(self, key: str, value: str, page: int) -> list[FormFinding]:
        spot = self.spots.get(key)
        if spot is None:
            return []
        found = []
        shown = printable(value)
        if not shown.is_literal():
            message = _glyph_message(shown.simplified, shown.substituted)
            fix = "check the spelling with the coverage card"
            found.append(self._finding(key, Severity.WARN, message, fix, page))
        if len(shown.text) > spot.capacity():
            found.append(self._too_long(key, spot, len(shown.text), page))
        return found

    def _too_long(self, key: str, spot: Spot, length: int, page: int) -> FormFinding:
        message = f"{length} characters, the box holds {spot.capacity()}"
        if spot.cut:
            fix = "shorten it, or send the claim electronically"
            return self._finding(key, Severity.WARN, f"{message}; the rest is not printed", fix, page)
        fix = "correct it, or send the claim electronically"
        return self._finding(key, Severity.REJECT, message, fix, page)

    def _finding(self, key: str, severity: Severity, message: str, fix: str, page: int) -> FormFinding:
        return FormFinding(self.field_name(key), severity, message, fix, self.citation, page)


def _glyph_message(simplified: int, substituted: int) -> str:
    parts = []
    if simplified:
        parts.append(f"{simplified} letter(s) printed without their mark")
    if substituted:
        parts.append(f"{substituted} character(s) that cannot be printed, shown as ?")
    return "; ".join(parts)


def new_canvas(title: str) -> tuple[Canvas, io.BytesIO]:
    """A letter page whose bytes depend on nothing but what is drawn: no clock, no name, no claim number."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter, invariant=1, pageCompression=1, lang="en-US")
    canvas.setTitle(title)
    canvas.setAuthor("CleanClaim")
    canvas.setSubject(title)
    canvas.setCreator("CleanClaim")
    canvas.setProducer("CleanClaim")
    return canvas, buffer


def draw_data(canvas: Canvas, sheet: Sheet, fields: Fields, *, bold: bool = False) -> None:
    """Print the values of one page at their spots, and a cross at each choice."""
    canvas.setFillGray(0)
    font, size, spacing = _BOLD if bold else _PLAIN
    canvas.setFont(font, size)
    for key, value in fields.items():
        mark = sheet.marks.get((key, value))
        if mark is not None:
            _put(canvas, sheet, Spot(mark[0], mark[1], 1), "X", spacing)
        elif key in sheet.spots and value:
            for spot, text in _placed(sheet.spots[key], printable(value).text):
                _put(canvas, sheet, spot, text, spacing)


def _placed(spot: Spot, text: str) -> list[tuple[Spot, str]]:
    """The text at its spot, or on the line above and at its spot, broken between words where that fits."""
    if spot.above is None or len(text) <= spot.width:
        return [(spot, text)]
    cut = text.rfind(" ", 0, spot.above.width + 1)
    cut = cut if cut > 0 and len(text) - cut - 1 <= spot.width else spot.above.width
    return [(spot.above, text[:cut].rstrip()), (spot, text[cut:].lstrip())]


def _put(canvas: Canvas, sheet: Sheet, spot: Spot, text: str, spacing: float) -> None:
    shown = text[: spot.width]
    column = spot.column + (spot.width - len(shown) if spot.right else 0)
    drawing: Any = canvas.beginText(sheet.x(column) + spacing / 2, sheet.y(spot.line))
    drawing.setCharSpace(spacing)
    drawing.textOut(shown)
    drawing.setCharSpace(0)
    canvas.drawText(drawing)
