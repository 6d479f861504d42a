"""Drugs that a document says were given: how much, which way, from which package, and what was thrown away."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import field, frozen

from cleanclaim.documents.note import Note, Sentence, Span
from cleanclaim.documents.words import word_set

_DOSE = re.compile(r"\b(\d{1,7}(?:[.,]\d{1,4})?)[ \t]{0,3}(mg|mcg|ug|g|gm|grams?|ml|units?|meq|iu)\b", re.I)
_PACKAGE = re.compile(r"\b\d{4,5}-\d{3,4}-\d{1,2}\b|\bNDC[:# ]{1,3}(\d{11})\b", re.I)
_LOT = re.compile(r"\blot[:# ]{1,3}(?:no\.? ?)?([A-Z0-9-]{3,20})\b", re.I)
_NONE_WASTED = re.compile(r"\b(?:no|none|nothing|0 ?mg) (?:was )?(?:wast|discard)", re.I)
_GIVING = word_set("given gave administered injected infused instilled pushed")
_NOT_GIVING = word_set(
    "not never declined refused prescribed ordered held without deferred if will would may"
)
_WASTED = ("wast", "discard")
_ROUTES = {
    "im": "IM", "intramuscular": "IM", "intramuscularly": "IM", "iv": "IV", "intravenous": "IV",
    "intravenously": "IV", "sc": "SC", "sq": "SC", "subcut": "SC", "subcutaneous": "SC", "subcutaneously": "SC",
    "po": "PO", "orally": "PO", "intraarticular": "intra-articular", "intradermal": "ID", "nebulized": "inhaled",
}  # fmt: skip
_NO_NAME = (
    _GIVING
    | word_set("was were today then with of and the a dose total single injection inj patient pt she he they")
    | word_set("mg mcg ug g gm gram ml unit meq iu")
    | frozenset(_ROUTES)
)
_LONGEST_NAME = 2
_LARGEST = Decimal(1_000_000)


@frozen
class Administered:
    """One drug given. ``name`` is as written, ``amount`` in ``unit`` (mg, mcg, g, mL, units, mEq).

    ``ndc`` is the package number as written, ``discarded`` what was thrown away in the same unit, None where the
    document does not say.
    """

    span: Span = field(repr=False)
    name: str
    amount: Decimal
    unit: str
    route: str = ""
    ndc: str = ""
    lot: str = ""
    discarded: Decimal | None = None


def drugs_administered(note: Note) -> tuple[Administered, ...]:
    """Every sentence with a dose that says it was given; in a record of drugs given, every line with a dose."""
    record = note.kind == "administration"
    found = (_administered(note, sentence, record=record) for sentence in note.sentences)
    return tuple(one for one in found if one is not None)


def _administered(note: Note, sentence: Sentence, *, record: bool) -> Administered | None:
    forms = note.words.forms[sentence.first : sentence.last]
    if _NOT_GIVING.intersection(forms) or not (record or _GIVING.intersection(forms)):
        return None
    text = note.text[sentence.start : sentence.end]
    doses = [match for match in _DOSE.finditer(text) if _amount(match) is not None]
    name = _name(note, sentence, sentence.start + doses[0].start()) if doses else ""
    if not name:
        return None
    amount = _amount(doses[0])
    assert amount is not None
    package, lot = _PACKAGE.search(text), _LOT.search(text)
    return Administered(
        note.span(sentence.start, sentence.end),
        name,
        amount,
        _unit(doses[0]),
        next((_ROUTES[form] for form in forms if form in _ROUTES), ""),
        (package[1] or package[0]) if package else "",
        lot[1] if lot else "",
        _discarded(text, doses),
    )


def _amount(match: re.Match[str]) -> Decimal | None:
    amount = Decimal(match[1].replace(",", "" if len(match[1].partition(",")[2]) == 3 else "."))
    return amount if 0 < amount < _LARGEST else None


def _unit(match: re.Match[str]) -> str:
    unit = match[2].lower()
    return {
        "gm": "g",
        "gram": "g",
        "grams": "g",
        "ug": "mcg",
        "ml": "mL",
        "unit": "units",
        "iu": "units",
    }.get(unit, "mEq" if unit == "meq" else unit)


def _discarded(text: str, doses: list[re.Match[str]]) -> Decimal | None:
    """The dose that stands next to a word of throwing away, in the unit of what was given."""
    for match in doses[1:]:
        near = text[max(0, match.start() - 16) : match.end() + 16].lower()
        if any(word in near for word in _WASTED) and _unit(match) == _unit(doses[0]):
            return _amount(match)
    return Decimal(0) if _NONE_WASTED.search(text) else None


def _name(note: Note, sentence: Sentence, dose_at: int) -> str:
    """The one or two words right before the dose, else the first one after it."""
    title = note.section_at(sentence.first).title
    begins = title.end if title is not None else 0
    places = range(sentence.first, sentence.last)
    named: list[int] = []
    for place in reversed([one for one in places if begins <= note.words.starts[one] < dose_at]):
        if len(named) == _LONGEST_NAME or not _may_name(note, place):
            break
        named.insert(0, place)
    if not named:
        after = (one for one in places if note.words.starts[one] > dose_at)
        named = [one for one in after if _may_name(note, one)][:1]
    return note.text[note.words.starts[named[0]] : note.words.ends[named[-1]]] if named else ""


def _may_name(note: Note, place: int) -> bool:
    written = note.text[note.words.starts[place] : note.words.ends[place]]
    return note.words.forms[place] not in _NO_NAME and written.replace("-", "").isalpha()
