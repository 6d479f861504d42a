"""Frames and labels of our own drawings: boxes over whole columns and lines of a sheet."""

from __future__ import annotations

from attrs import frozen
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cleanclaim.forms.sheet import COLUMN_POINTS, LINE_POINTS, Sheet

INK = HexColor(0xB3262D)
SHADE = HexColor(0xF6DDDB)
LABEL_SIZE = 5.0

_DESCENT = 3.2
_SIDE = 3.0


@frozen
class Box:
    """A frame over whole columns and lines, both ends included, with the field's number and name."""

    first_column: float
    last_column: float
    first_line: int
    last_line: int
    number: str = ""
    label: str = ""


@frozen
class Frames:
    """A sheet on a canvas, spoken to in columns and lines."""

    canvas: Canvas
    sheet: Sheet

    def left(self, column: float) -> float:
        """The left edge of a frame that begins with a column."""
        return self.sheet.x(column) - _SIDE

    def top(self, line: int) -> float:
        """The upper edge of a frame that begins with a line."""
        return self.sheet.y(line - 1) - _DESCENT

    def box(self, box: Box) -> None:
        """Draw the frame and its label."""
        left, top = self.left(box.first_column), self.top(box.first_line)
        width = (box.last_column - box.first_column + 1) * COLUMN_POINTS
        height = (box.last_line - box.first_line + 1) * LINE_POINTS
        self.canvas.setStrokeColor(INK)
        self.canvas.rect(left, top - height, width, height, stroke=1, fill=0)
        self.label(left + 2, top - LABEL_SIZE - 1, box.number, box.label)

    def shade(self, first_column: float, last_column: float, line: int) -> None:
        """Fill one line between two columns."""
        left, top = self.left(first_column), self.top(line)
        width = (last_column - first_column + 1) * COLUMN_POINTS
        self.canvas.setFillColor(SHADE)
        self.canvas.rect(left, top - LINE_POINTS, width, LINE_POINTS, stroke=0, fill=1)

    def label(self, x: float, y: float, number: str, text: str) -> None:
        """A field's number in bold and its name, in points."""
        canvas = self.canvas
        canvas.setFillColor(INK)
        canvas.setFont("Helvetica-Bold", LABEL_SIZE)
        canvas.drawString(x, y, number)
        shift = canvas.stringWidth(f"{number} ", "Helvetica-Bold", LABEL_SIZE) if number else 0
        canvas.setFont("Helvetica", LABEL_SIZE)
        canvas.drawString(x + shift, y, text)

    def word(self, column: float, line: float, text: str, *, bold: bool = False) -> None:
        """A small word on a line of print."""
        self.canvas.setFillColor(INK)
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", LABEL_SIZE)
        self.canvas.drawString(self.sheet.x(column), self.sheet.y(line) + 1.4, text)

    def corner(self, column: float, line: int, text: str) -> None:
        """A very small word in the upper left of a frame, above what is printed there."""
        self.canvas.setFillColor(INK)
        self.canvas.setFont("Helvetica-Bold", 3.6)
        self.canvas.drawString(self.left(column) + 0.6, self.top(line) - 3.2, text)

    def vertical(self, column: float, first_line: int, last_line: int) -> None:
        """A rule before a column, over some lines."""
        x = self.left(column)
        self.canvas.setStrokeColor(INK)
        self.canvas.line(x, self.top(first_line), x, self.top(last_line + 1))

    def horizontal(self, first_column: float, last_column: float, line: int) -> None:
        """A rule above a line, over some columns."""
        y = self.top(line)
        self.canvas.setStrokeColor(INK)
        self.canvas.line(self.left(first_column), y, self.left(last_column + 1), y)
