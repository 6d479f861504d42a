"""What a drug that was given asks of the claim: its HCPCS code with units, its package number, what was discarded."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_CEILING, Decimal

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.entry import CodeEntry
from cleanclaim.codesets.ndc import ndc_11
from cleanclaim.documents.administered import Administered, drugs_administered
from cleanclaim.documents.note import Note
from cleanclaim.kernel.because import Because, Citation

_TITLE_DOSE = re.compile(r"\b(\d{1,5}(?:\.\d{1,3})?) {0,2}(mg|mcg|g|gm|ml|units?|meq)\b", re.I)
_IN_MG = {"mg": Decimal(1), "mcg": Decimal("0.001"), "g": Decimal(1000), "gm": Decimal(1000)}
_INJECTED = frozenset(("IM", "IV", "SC", "ID", "intra-articular"))
_DISCARDED = Citation("Medicare Claims Processing Manual", "chapter 17", "section 40")


@frozen
class DrugHint:
    """A drug given and what to bill for it; ``code`` is "" where the code book at hand does not say.

    ``units`` is None without a code; ``ndc`` is 11 digits or "". ``ask`` is what the document leaves open, in words.
    """

    given: Administered
    code: str
    words: str
    units: int | None
    modifiers: tuple[str, ...]
    ndc: str
    ask: tuple[str, ...]
    because: tuple[Because, ...]


def drug_hints(note: Note, book: CodeBook, on: dt.date) -> tuple[DrugHint, ...]:
    """A hint for each drug that the note says was given, on a date of service."""
    return tuple(_hint(one, book, on) for one in drugs_administered(note))


def _hint(given: Administered, book: CodeBook, on: dt.date) -> DrugHint:
    ask: list[str] = []
    because: list[Because] = []
    found = _code(given, book, on)
    units = None
    if found is None:
        ask.append("which HCPCS code it has: the code book at hand does not say")
    else:
        per = found[1]
        units = int((_amount(given) / per).to_integral_value(ROUND_CEILING))
        inputs = (("given", f"{given.amount} {given.unit}"), ("one unit", f"{per} {_family(given.unit)}"))
        because.append(Because("units are the amount given in units of the code, rounded up", None, inputs))
    modifiers, question = _discarded(given)
    if modifiers:
        because.append(
            Because("what was discarded of a single-dose container is told by modifier", _DISCARDED)
        )
    if question:
        ask.append(question)
    ndc, fault = _package(given)
    if fault:
        ask.append(fault)
    code, words = (found[0].code, found[0].title) if found else ("", "")
    return DrugHint(given, code, words, units, modifiers, ndc, tuple(ask), tuple(because))


def _code(given: Administered, book: CodeBook, on: dt.date) -> tuple[CodeEntry, Decimal] | None:
    """The one drug code whose title names the drug, its way and a dose in the same kind of unit."""
    name = given.name.split()[0].lower()
    fitting = []
    for entry in book.search(name, system="HCPCS", on=on, limit=12):
        title = entry.title.lower()
        dose = _TITLE_DOSE.search(title)
        if entry.code[0] not in "JQ" or dose is None or name not in re.split(r"[^a-z0-9-]+", title):
            continue
        if _family(dose[2]) != _family(given.unit) or not _way_fits(given.route, title):
            continue
        fitting.append((entry, Decimal(dose[1]) * _IN_MG.get(dose[2].lower(), Decimal(1))))
    return fitting[0] if len(fitting) == 1 else None


def _way_fits(route: str, title: str) -> bool:
    if route == "PO":
        return "inject" not in title and "inhal" not in title
    if route == "inhaled":
        return "inhal" in title
    return "inhal" not in title or route not in _INJECTED


def _family(unit: str) -> str:
    return "mg" if unit.lower() in _IN_MG else unit.lower().rstrip("s")


def _amount(given: Administered) -> Decimal:
    return given.amount * _IN_MG.get(given.unit.lower(), Decimal(1))


def _discarded(given: Administered) -> tuple[tuple[str, ...], str]:
    if given.discarded is None:
        return (), "whether anything of a single-dose container was discarded (JW, or JZ for none)"
    if given.discarded == 0:
        return ("JZ",), ""
    return ("JW",), f"a line of its own with JW for the {given.discarded} {given.unit} discarded"


def _package(given: Administered) -> tuple[str, str]:
    if not given.ndc:
        return "", "the NDC of the package, which many payers want beside the code"
    try:
        return ndc_11(given.ndc), ""
    except ValueError as error:
        return "", f"the NDC again: {error}"
