"""The paper form of a claim as rows of numbered boxes, so that a page can show it as a biller knows it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.forms.cms1500 import cms1500_fields
from cleanclaim.forms.ub04 import ub04_fields
from cleanclaim.forms.ub04_sheet import CODE_LETTERS, DIAGNOSIS_LETTERS, PAYER_LETTERS


@frozen
class Cell:
    """One box: its number on the form, what it is in our words, what stands in it, its width of twelve."""

    number: str
    label: str
    text: str
    width: int


@frozen
class Table:
    """The repeating part of a form: column heads and one row of texts a line."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    money: tuple[int, ...] = ()


@frozen
class FormView:
    """A form: rows of boxes above its lines, the lines, other tables, rows of boxes below."""

    name: str
    above: tuple[tuple[Cell, ...], ...]
    tables: tuple[Table, ...]
    below: tuple[tuple[Cell, ...], ...]


_IN_LINES = {"31", "32", "33"}
_Spec = tuple[str, str, tuple[str, ...], int]

_CMS_ABOVE: tuple[tuple[_Spec, ...], ...] = (
    (("1", "Program", ("1",), 3), ("1a", "Member ID", ("1a",), 4), ("", "Goes to", ("carrier.1",), 5)),
    (
        ("2", "Patient", ("2",), 5),
        ("3", "Born, sex", ("3", "3.sex"), 3),
        ("4", "Insured", ("4",), 4),
    ),
    (
        ("5", "Patient's address", ("5", "5.city", "5.state", "5.zip"), 5),
        ("6", "Is the insured's", ("6",), 3),
        ("7", "Insured's address", ("7", "7.city", "7.state", "7.zip"), 4),
    ),
    (
        ("9", "Other insured", ("9", "9a", "9d"), 5),
        ("10", "Work, auto, other; claim codes", ("10a", "10b", "10b.state", "10c", "10d"), 3),
        ("11", "Group number", ("11",), 2),
        ("11c", "Plan", ("11c",), 2),
    ),
    (
        ("12", "Patient's signature", ("12",), 5),
        ("13", "Insured's signature", ("13",), 3),
        ("11d", "Another plan", ("11d",), 2),
        ("11b", "Claim ID", ("11b.qualifier", "11b"), 2),
    ),
    (
        ("14", "Began", ("14.qualifier", "14"), 3),
        ("15", "Other date", ("15.qualifier", "15"), 3),
        ("16", "Unable to work", ("16.from", "16.to"), 2),
        ("17", "Referred or ordered by", ("17.qualifier", "17", "17b", "17a.qualifier", "17a"), 4),
    ),
    (
        ("18", "In hospital", ("18.from", "18.to"), 3),
        ("19", "Notes and reports", ("19",), 6),
        ("20", "Outside laboratory", ("20", "20.charges"), 3),
    ),
    (
        ("22", "Replaces", ("22.code", "22.reference"), 6),
        ("23", "Authorization", ("23",), 6),
    ),
)
_CMS_BELOW: tuple[tuple[_Spec, ...], ...] = (
    (
        ("25", "Tax ID", ("25", "25.kind"), 3),
        ("26", "Account", ("26",), 3),
        ("27", "Assignment", ("27",), 2),
        ("28", "Total charge", ("28",), 2),
        ("29", "Paid before", ("29",), 2),
    ),
    (
        ("31", "Signed by", ("31.name", "31"), 4),
        ("32", "Where", ("32.1", "32.2", "32.3", "32a", "32b"), 4),
        ("33", "Billed by", ("33.1", "33.2", "33.3", "33.phone", "33a", "33b"), 4),
    ),
)
_CMS_COLUMNS = (
    ("Day", ("A.from", "A.to")),
    ("POS", ("B",)),
    ("Service", ("D",)),
    ("Modifiers", ("D.modifiers",)),
    ("Dx", ("E",)),
    ("Charge", ("F",)),
    ("Units", ("G",)),
    ("Family", ("H", "H.reason")),
    ("Rendering", ("J", "I", "J.other")),
    ("Drug, words", ("shaded",)),
)


def _pairs(numbers: Sequence[int], letters: str, parts: Sequence[str]) -> tuple[str, ...]:
    """The keys of boxes that lie in rows: 31a.code, 31a.date, 32a.code and so on."""
    return tuple(f"{number}{letter}.{part}" for letter in letters for number in numbers for part in parts)


def _code_keys() -> tuple[str, ...]:
    return tuple(
        key
        for letter in CODE_LETTERS
        for key in (f"81{letter}.qualifier", f"81{letter}", f"81{letter}.value")
    )


_UB_ABOVE: tuple[tuple[_Spec, ...], ...] = (
    (
        ("1", "Billed by", ("1.1", "1.2", "1.3", "1.4"), 5),
        ("3a", "Account", ("3a",), 2),
        ("3b", "Record", ("3b",), 2),
        ("4", "Type of bill", ("4",), 3),
    ),
    (
        ("8", "Patient", ("8b",), 4),
        ("9", "Address", ("9a", "9b", "9c", "9d"), 4),
        ("10", "Born", ("10",), 2),
        ("11", "Sex", ("11",), 2),
    ),
    (
        ("6", "From, through", ("6.from", "6.through"), 3),
        ("12", "Admitted", ("12", "13"), 2),
        ("14", "Type", ("14",), 2),
        ("15", "Source", ("15",), 2),
        ("16", "Hour", ("16",), 1),
        ("17", "Status", ("17",), 2),
    ),
    (
        ("18", "Conditions", tuple(str(number) for number in range(18, 29)), 4),
        ("29", "Accident in", ("29",), 2),
        ("31", "Occurrences", _pairs((31, 32, 33, 34), "ab", ("code", "date")), 6),
    ),
    (
        ("35", "Spans", _pairs((35, 36), "ab", ("code", "from", "through")), 4),
        ("39", "Values", _pairs((39, 40, 41), "abcd", ("code", "amount")), 8),
    ),
)
_UB_BELOW: tuple[tuple[_Spec, ...], ...] = (
    (
        ("76", "Attending", ("76.npi", "76.last", "76.first"), 4),
        ("77", "Operating", ("77.npi", "77.last", "77.first"), 4),
        ("56", "Billing NPI", ("56",), 2),
        ("5", "Tax ID", ("5",), 2),
    ),
    (
        ("78", "Other", ("78.role", "78.npi", "78.last", "78.first"), 4),
        ("79", "Other", ("79.role", "79.npi", "79.last", "79.first"), 4),
        ("2", "Pay to", ("2.1", "2.2", "2.3"), 4),
    ),
    (
        ("71", "DRG", ("71",), 2),
        ("69", "Admitting", ("69",), 2),
        ("70", "Reason for visit", ("70a", "70b", "70c"), 3),
        ("80", "Remarks", ("80.1", "80.2", "80.3", "80.4"), 5),
    ),
    (("81", "Further codes", _code_keys(), 8),),
)
_UB_COLUMNS = (
    ("Revenue", "42"),
    ("What", "43"),
    ("Code", "44"),
    ("Day", "45"),
    ("Units", "46"),
    ("Charge", "47"),
)


def form_view(claim: AnyClaim) -> FormView:
    """The claim on its form: CMS-1500 for a professional one, UB-04 for an institutional one."""
    if isinstance(claim, InstitutionalClaim):
        return _ub04(claim)
    return _cms1500(claim)


def _cms1500(claim: ProfessionalClaim) -> FormView:
    boxes = cms1500_fields(claim)
    lines = tuple(
        tuple(_joined(boxes, tuple(f"24.{place}{part}" for part in parts)) for _, parts in _CMS_COLUMNS)
        for place in range(1, len(claim.lines) + 1)
    )
    heads = tuple(head for head, _ in _CMS_COLUMNS)
    letters = [(letter, boxes[f"21{letter}"]) for letter in "ABCDEFGHIJKL" if boxes.get(f"21{letter}")]
    diagnoses = tuple(Cell(f"21{letter}", "", code, 2) for letter, code in letters)
    return FormView(
        "CMS-1500",
        (*_rows(_CMS_ABOVE, boxes), *_in_rows(diagnoses)),
        (Table("Box 24, services", heads, lines, (5, 6)),),
        _rows(_CMS_BELOW, boxes),
    )


def _ub04(claim: InstitutionalClaim) -> FormView:
    boxes = ub04_fields(claim)
    lines = tuple(
        tuple(boxes.get(f"{number}.{place}", "") for _, number in _UB_COLUMNS)
        for place in range(1, len(claim.lines) + 1)
    )
    total = ("0001", "Total", "", "", "", boxes.get("total.charge", ""))
    payers = tuple(
        tuple(boxes.get(f"{number}{letter}", "") for number in ("50", "60", "58", "63", "57", "54"))
        for letter in PAYER_LETTERS
        if boxes.get(f"50{letter}")
    )
    diagnoses = [Cell("67", "", _with_poa(boxes, "67"), 2)]
    diagnoses += [
        Cell(f"67{letter}", "", _with_poa(boxes, f"67{letter}"), 2)
        for letter in DIAGNOSIS_LETTERS
        if boxes.get(f"67{letter}")
    ]
    diagnoses += [
        Cell(f"72{letter}", "", _with_poa(boxes, f"72{letter}"), 2)
        for letter in "abc"
        if boxes.get(f"72{letter}")
    ]
    procedures = [
        Cell(key.removesuffix(".code"), "", _joined(boxes, (key, key.replace(".code", ".date"))), 3)
        for key in sorted(boxes)
        if key.startswith("74") and key.endswith(".code")
    ]
    return FormView(
        "UB-04",
        _rows(_UB_ABOVE, boxes),
        (
            Table("42 to 47, revenue lines", tuple(head for head, _ in _UB_COLUMNS), (*lines, total), (4, 5)),
            Table(
                "50 to 63, payers",
                ("Payer", "Member ID", "Insured", "Authorization", "Our number there", "Paid before"),
                payers,
                (5,),
            ),
        ),
        (*_in_rows(tuple(diagnoses)), *_in_rows(tuple(procedures)), *_rows(_UB_BELOW, boxes)),
    )


def _with_poa(boxes: dict[str, str], key: str) -> str:
    poa = boxes.get(f"{key}.poa", "")
    return f"{boxes[key]} {poa}".strip()


def _rows(rows: Sequence[Sequence[_Spec]], boxes: dict[str, str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell(number, label, _joined(boxes, keys, number in _IN_LINES), width)
            for number, label, keys, width in row
        )
        for row in rows
    )


def _in_rows(cells: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], ...]:
    each = 12 // cells[0].width if cells else 1
    return tuple(cells[start : start + each] for start in range(0, len(cells), each))


def _joined(boxes: dict[str, str], keys: Sequence[str], in_lines: bool = False) -> str:
    texts = [boxes.get(key, "") for key in keys]
    if len(texts) == 2 and texts[0] == texts[1]:
        texts = texts[:1]
    return ("\n" if in_lines else " ").join(text for text in texts if text)
