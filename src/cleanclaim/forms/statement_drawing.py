"""The pages of a patient's statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define, frozen
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from cleanclaim.claims.parties import Address, PersonName
from cleanclaim.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, new_canvas
from cleanclaim.forms.text import printable
from cleanclaim.forms.words import phone_words
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents, format_usd

if TYPE_CHECKING:
    from cleanclaim.forms.statement import PendingLine, Statement, StatementLine

_INK = HexColor(0x1D2A30)
_QUIET = HexColor(0x5B6B73)
_ACCENT = HexColor(0x0B5A67)
_PALE = HexColor(0xE8F2F3)
_RULE = HexColor(0xD3DCDF)
_WHITE = HexColor(0xFFFFFF)

_LEFT = 54.0
_RIGHT = PAGE_WIDTH - 54.0
_WIDTH = _RIGHT - _LEFT
_COUPON_TOP = 186.0
_FOOT = 48.0
_SMALLEST = 5.5
# The money columns: name, right edge, width.
_COLUMNS = (
    ("Charge", 322.0, 50.0),
    ("Insurance paid", 386.0, 58.0),
    ("Discount", 442.0, 52.0),
    ("You paid", 494.0, 48.0),
    ("You owe", _RIGHT - 8, 52.0),
)
_WORDS_LEFT = _LEFT + 68
_WORDS_WIDTH = 148.0


@frozen
class _Row:
    """A piece of the page's column of content: its height and what draws it at a top edge."""

    height: float
    kind: str
    what: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    day: str = ""
    cells: tuple[str, ...] = ()


@define
class _Pages:
    """Rows put on pages from the top; the coupon keeps the foot of the first."""

    pages: list[list[_Row]]
    room: float

    def add(self, rows: Sequence[_Row], repeat: _Row | None = None) -> None:
        """Put rows that belong together; where they do not fit, on a new page under a repeated heading."""
        needed = sum(row.height for row in rows)
        if needed > self.room:
            self.pages.append([])
            self.room = _page_room(first=False)
            rows = [repeat, *rows] if repeat is not None else rows
            needed = sum(row.height for row in rows)
        if needed > self.room:
            raise Refused("a text is longer than a page", where="statement", fix="shorten it")
        self.pages[-1].extend(rows)
        self.room -= needed


def draw_statement(statement: Statement) -> bytes:
    """Draw every page. Raises Refused where a text is longer than a page."""
    pages = _paginate(statement)
    canvas, buffer = new_canvas("Statement")
    for number, rows in enumerate(pages, 1):
        if number == 1:
            _draw_letterhead(canvas, statement)
            _draw_summary(canvas, statement)
            _draw_coupon(canvas, statement)
        else:
            _draw_running_head(canvas, statement)
        _draw_rows(canvas, rows, _first_top() if number == 1 else PAGE_HEIGHT - 92)
        _draw_foot(canvas, statement, number, len(pages))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _first_top() -> float:
    return PAGE_HEIGHT - 288


def _page_room(*, first: bool) -> float:
    return _first_top() - _COUPON_TOP - 8 if first else PAGE_HEIGHT - 92 - _FOOT - 18


def _paginate(statement: Statement) -> list[list[_Row]]:
    pages = _Pages([[]], _page_room(first=True))
    heading = _Row(30, "columns")
    rows = [[_charge_row(line)] for line in statement.lines]
    rows[-1].append(_total_row(statement))
    pages.add([_title("What you owe, and why"), heading, *rows[0]])
    for kept_together in rows[1:]:
        pages.add(kept_together, heading)
    if statement.pending:
        pending = [_pending_row(line) for line in statement.pending]
        title = _title("Still with your insurance: nothing to pay yet")
        pages.add([title, pending[0]])
        for row in pending[1:]:
            pages.add([row])
    pages.add([_help(statement)])
    return pages.pages


def _title(text: str) -> _Row:
    return _Row(34, "title", (text,))


def _charge_row(line: StatementLine) -> _Row:
    what = _wrap(line.what, "Helvetica-Bold", 9, _WORDS_WIDTH)
    why = _wrap(line.why, "Helvetica", 8, _WORDS_WIDTH)
    cells = (
        format_usd(line.charge_cents),
        _less(line.insurance_paid_cents),
        _less(line.adjusted_cents),
        _less(line.patient_paid_cents),
        format_usd(line.owed_cents),
    )
    height = 14 + 11 * len(what) + 10 * len(why)
    return _Row(height, "line", what, why, _short_day(line.service_date), cells)


def _less(cents: Cents) -> str:
    return format_usd(-cents) if cents else "\u2013"


def _total_row(statement: Statement) -> _Row:
    lines = statement.lines
    cells = (
        format_usd(sum(line.charge_cents for line in lines)),
        _less(sum(line.insurance_paid_cents for line in lines)),
        _less(sum(line.adjusted_cents for line in lines)),
        _less(sum(line.patient_paid_cents for line in lines)),
        format_usd(statement.due_cents),
    )
    return _Row(26, "total", cells=cells)


def _pending_row(line: PendingLine) -> _Row:
    what = _wrap(line.what, "Helvetica", 9, 210)
    payer = _wrap(f"Waiting for {line.payer}", "Helvetica", 8.5, 150)
    height = 10 + 11 * max(len(what), len(payer))
    return _Row(
        height, "pending", what, payer, _short_day(line.service_date), (format_usd(line.charge_cents),)
    )


def _help(statement: Statement) -> _Row:
    practice = statement.practice
    hours = f" ({practice.hours})" if practice.hours else ""
    question = f"Questions? Call {phone_words(practice.phone)}{hours}. Please have your account number ready."
    offer = "Cannot pay all of it now? Call before it is due about a payment plan or help with the bill."
    sentences = [statement.message] if statement.message.strip() else []
    sentences += [question, offer]
    lines = tuple(line for sentence in sentences for line in _wrap(sentence, "Helvetica", 9, _WIDTH - 12))
    return _Row(34 + 13 * len(lines), "help", lines)


def _wrap(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Break words over lines; a word wider than the line is broken too, so that nothing is lost."""
    lines: list[str] = []
    for line in simpleSplit(" ".join(printable(text).text.split()), font, size, width):
        while stringWidth(line, font, size) > width:
            fits = max(1, _fitting(line, font, size, width))
            lines.append(line[:fits])
            line = line[fits:]
        lines.append(line)
    return tuple(lines)


def _fitting(text: str, font: str, size: float, width: float) -> int:
    count = len(text)
    while count and stringWidth(text[:count], font, size) > width:
        count -= 1
    return count


def _short_day(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def _long_day(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _person(name: PersonName) -> str:
    return " ".join(part for part in (name.first, name.middle, name.last, name.suffix) if part)


def _address_lines(address: Address) -> list[str]:
    digits = "".join(character for character in address.zip_code if character.isdigit())
    zip_code = f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else address.zip_code
    lines = (address.line1, address.line2, f"{address.city}, {address.state} {zip_code}")
    return [line for line in lines if line]


def _text(
    canvas: Canvas, x: float, y: float, text: str, size: float = 9, *, bold: bool = False, right: bool = False
) -> None:
    """One line of foreign text, made printable and never clipped by anything but the page."""
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    shown = printable(text).text
    if right:
        canvas.drawRightString(x, y, shown)
    else:
        canvas.drawString(x, y, shown)


def _fit(
    canvas: Canvas, right: float, y: float, text: str, size: float, width: float, *, bold: bool = False
) -> None:
    """One line set against a right edge, made smaller where it must be, refused where it would be tiny."""
    shown = printable(text).text
    font = "Helvetica-Bold" if bold else "Helvetica"
    while stringWidth(shown, font, size) > width:
        size -= 0.25
        if size < _SMALLEST:
            raise _too_long()
    _text(canvas, right, y, shown, size, bold=bold, right=True)


def _too_long() -> Refused:
    fix = "shorten the name, address, number or amount"
    return Refused("a text does not fit its place", where="statement", fix=fix)


def _block(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], width: float, size: float = 10, most: int = 6
) -> float:
    """Lines under each other, each wrapped to the width; returns the next base line."""
    parts = [part for line in lines for part in _wrap(line, "Helvetica", size, width)]
    if len(parts) > most:
        raise _too_long()
    for part in parts:
        _text(canvas, x, y, part, size)
        y -= size * 1.25
    return y


def _draw_letterhead(canvas: Canvas, statement: Statement) -> None:
    practice = statement.practice
    top = PAGE_HEIGHT - 46
    canvas.setFillColor(_ACCENT)
    canvas.rect(0, PAGE_HEIGHT - 8, PAGE_WIDTH, 8, stroke=0, fill=1)
    name = _wrap(practice.name, "Helvetica-Bold", 15, 300)
    if len(name) > 2:
        raise _too_long()
    for place, line in enumerate(name):
        _text(canvas, _LEFT, top - 17 * place, line, 15, bold=True)
    canvas.setFillColor(_QUIET)
    lines = [*_address_lines(practice.address), phone_words(practice.phone)]
    _block(canvas, _LEFT, top - 17 * len(name) + 2, lines, 300, 8.5)
    canvas.setFillColor(_INK)
    _text(canvas, _RIGHT, top, "Statement", 15, right=True)
    facts = (
        ("Date", _long_day(statement.as_of)),
        ("Account", statement.account_number),
        ("Statement", statement.statement_number),
        ("Patient", _person(statement.patient)),
    )
    for place, (label, value) in enumerate(facts):
        _fact(canvas, top - 18 - 12 * place, label, value)
    canvas.setFillColor(_INK)
    _block(
        canvas,
        63,
        PAGE_HEIGHT - 160,
        [_person(statement.recipient), *_address_lines(statement.recipient_address)],
        220,
    )


def _fact(canvas: Canvas, y: float, label: str, value: str) -> None:
    canvas.setFillColor(_QUIET)
    _text(canvas, _RIGHT - 138, y, label, 8.5, right=True)
    canvas.setFillColor(_INK)
    _fit(canvas, _RIGHT, y, value, 8.5, 130)


def _draw_summary(canvas: Canvas, statement: Statement) -> None:
    """The one thing a patient looks for: how much, by when, and how it came about."""
    left, bottom, width, height = 318.0, PAGE_HEIGHT - 280, _RIGHT - 318.0, 142.0
    canvas.setFillColor(_ACCENT)
    canvas.roundRect(left, bottom, width, height, 8, stroke=0, fill=1)
    canvas.setFillColor(_WHITE)
    plan = statement.plan
    _text(canvas, left + 16, bottom + height - 24, "Your next plan payment" if plan else "Amount you owe", 10)
    _text(canvas, left + 16, bottom + height - 58, format_usd(statement.asked_cents()), 30, bold=True)
    _text(canvas, left + 16, bottom + height - 78, f"Please pay by {_long_day(statement.asked_by())}", 10.5)
    y = bottom + 48
    for label, value in _ways_to_the_amount(statement):
        _text(canvas, left + 16, y, label, 8)
        _text(canvas, left + width - 16, y, value, 8, right=True)
        y -= 11


def _ways_to_the_amount(statement: Statement) -> list[tuple[str, str]]:
    lines = statement.lines
    if statement.plan is not None:
        return [
            ("All that you owe", format_usd(statement.due_cents)),
            ("Payments left, this one included", str(statement.plan.payments_left)),
        ]
    return [
        ("Charges", format_usd(sum(line.charge_cents for line in lines))),
        ("Paid by insurance", _less(sum(line.insurance_paid_cents for line in lines))),
        ("Discounts and adjustments", _less(sum(line.adjusted_cents for line in lines))),
        ("Paid by you", _less(sum(line.patient_paid_cents for line in lines))),
    ]


def _draw_rows(canvas: Canvas, rows: Sequence[_Row], top: float) -> None:
    drawers = {
        "title": _draw_title,
        "columns": _draw_columns,
        "line": _draw_line,
        "total": _draw_total,
        "pending": _draw_pending,
        "help": _draw_help,
    }
    for row in rows:
        drawers[row.kind](canvas, row, top)
        top -= row.height


def _draw_title(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_ACCENT)
    _text(canvas, _LEFT, top - 24, row.what[0], 12, bold=True)


def _draw_columns(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_QUIET)
    _text(canvas, _LEFT, top - 20, "Date", 7.5)
    _text(canvas, _WORDS_LEFT, top - 20, "Service", 7.5)
    for label, right, _ in _COLUMNS:
        words = label.split(" ")
        for place, word in enumerate(reversed(words)):
            _text(canvas, right, top - 20 + 8.5 * place, word, 7.5, right=True)
    _rule(canvas, top - row.height + 4)


def _draw_line(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_INK)
    y = top - 14
    _text(canvas, _LEFT, y, row.day, 8.5)
    for place, ((_, right, width), cell) in enumerate(zip(_COLUMNS, row.cells, strict=True)):
        _fit(canvas, right, y, cell, 8.5, width, bold=place == len(_COLUMNS) - 1)
    for text in row.what:
        _text(canvas, _WORDS_LEFT, y, text, 9, bold=True)
        y -= 11
    canvas.setFillColor(_QUIET)
    for text in row.why:
        _text(canvas, _WORDS_LEFT, y, text, 8)
        y -= 10
    _rule(canvas, top - row.height)


def _draw_total(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_PALE)
    canvas.rect(_LEFT - 6, top - row.height + 2, _WIDTH + 12, row.height - 4, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    _text(canvas, _LEFT, top - 17, "Total", 9, bold=True)
    for (_, right, width), cell in zip(_COLUMNS, row.cells, strict=True):
        _fit(canvas, right, top - 17, cell, 8.5, width, bold=True)


def _draw_pending(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_QUIET)
    y = top - 14
    _text(canvas, _LEFT, y, row.day, 8.5)
    _text(canvas, _RIGHT - 8, y, row.cells[0], 8.5, right=True)
    for place, text in enumerate(row.what):
        _text(canvas, _WORDS_LEFT, y - 11 * place, text, 9)
    for place, text in enumerate(row.why):
        _text(canvas, 340, y - 11 * place, text, 8.5)
    _rule(canvas, top - row.height)


def _draw_help(canvas: Canvas, row: _Row, top: float) -> None:
    canvas.setFillColor(_PALE)
    canvas.roundRect(_LEFT - 6, top - row.height, _WIDTH + 12, row.height - 14, 6, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    y = top - 32
    for line in row.what:
        _text(canvas, _LEFT + 6, y, line, 9)
        y -= 13


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(_RULE)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, y, _RIGHT, y)


def _draw_coupon(canvas: Canvas, statement: Statement) -> None:
    """The part that is torn off and sent back with a cheque: no card number is ever asked for on paper."""
    canvas.setStrokeColor(_QUIET)
    canvas.setLineWidth(0.7)
    canvas.setDash(3, 3)
    canvas.line(0, _COUPON_TOP - 12, PAGE_WIDTH, _COUPON_TOP - 12)
    canvas.setDash()
    canvas.setFillColor(_QUIET)
    _text(canvas, _LEFT, _COUPON_TOP - 24, "Tear here and send this part with your check", 7.5)
    practice = statement.practice
    canvas.setFillColor(_INK)
    _text(canvas, _LEFT, _COUPON_TOP - 46, "Make the check payable and mail it to", 8)
    remit = [practice.name, *_address_lines(practice.remit_to or practice.address)]
    y = _block(canvas, _LEFT, _COUPON_TOP - 62, remit, 240, 9.5)
    if practice.pay_online:
        canvas.setFillColor(_ACCENT)
        _block(canvas, _LEFT, y - 4, [f"Or pay online: {practice.pay_online}"], 240, 9, 2)
    left = 330.0
    rows = (
        ("Account", statement.account_number),
        ("Statement", statement.statement_number),
        ("Pay by", _long_day(statement.asked_by())),
        ("Amount asked for", format_usd(statement.asked_cents())),
    )
    for place, (label, value) in enumerate(rows):
        _coupon_fact(canvas, left, _COUPON_TOP - 46 - 15 * place, label, value)
    canvas.setStrokeColor(_INK)
    canvas.rect(left, _COUPON_TOP - 136, _RIGHT - left, 28, stroke=1, fill=0)
    canvas.setFillColor(_INK)
    _text(canvas, left + 8, _COUPON_TOP - 125, "Amount enclosed  $", 10)


def _coupon_fact(canvas: Canvas, left: float, y: float, label: str, value: str) -> None:
    canvas.setFillColor(_QUIET)
    _text(canvas, left, y, label, 8.5)
    canvas.setFillColor(_INK)
    _fit(canvas, _RIGHT, y, value, 9.5, 130, bold=True)


def _draw_running_head(canvas: Canvas, statement: Statement) -> None:
    canvas.setFillColor(_ACCENT)
    canvas.rect(0, PAGE_HEIGHT - 8, PAGE_WIDTH, 8, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    [name, *_] = _wrap(statement.practice.name, "Helvetica-Bold", 10, 300)
    _text(canvas, _LEFT, PAGE_HEIGHT - 46, name, 10, bold=True)
    canvas.setFillColor(_QUIET)
    words = f"Account {statement.account_number}, {_long_day(statement.as_of)}"
    _fit(canvas, _RIGHT, PAGE_HEIGHT - 46, words, 8.5, 190)
    _rule(canvas, PAGE_HEIGHT - 58)


def _draw_foot(canvas: Canvas, statement: Statement, number: int, count: int) -> None:
    canvas.setFillColor(_QUIET)
    words = f"Statement {statement.statement_number}"
    _text(canvas, _LEFT, 28, words, 7.5)
    _text(canvas, _RIGHT, 28, f"Page {number} of {count}", 7.5, right=True)
