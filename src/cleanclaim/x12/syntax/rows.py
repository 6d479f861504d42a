"""Segments about to be written: a row of elements with a word for whose they are, checked and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import Delimiters

Element = str | tuple[str, ...]

# Longest contents by element, from X12 5010 and the health care guides; one not listed has no limit here.
_LONGEST = {
    "NM103": 60,
    "NM104": 35,
    "NM105": 25,
    "NM107": 10,
    "NM109": 80,
    "N102": 60,
    "N301": 55,
    "N302": 55,
    "N401": 30,
    "N402": 2,
    "N403": 15,
    "PER02": 60,
    "PER04": 256,
    "REF02": 50,
    "CLM01": 20,
    "SBR03": 50,
    "SBR04": 60,
    "NTE02": 80,
    "TRN02": 50,
    "LIN03": 48,
    "STC12": 264,
}

_MANDATORY: dict[str, tuple[int, ...]] = {
    "CAS": (1, 2),
    "CLM": (1,),
    "LIN": (3,),
    "N1": (2,),
    "N3": (1,),
    "N4": (1,),
    "REF": (2,),
    "TRN": (2,),
}
# NM103 and NM109 by NM101; the holder of a policy needs a number only where it is a person.
_MANDATORY_NAME: dict[str, tuple[int, ...]] = {
    "87": (),
    "PW": (),
    "45": (),
    "QB": (),
    "PR": (3, 9),
    "PE": (3, 9),
    "40": (3, 9),
    "41": (3, 9),
}
# At another payer a provider is told by role and number alone (loops 2330C to 2330I).
_NAMED_ELSEWHERE = frozenset({"DN", "P3", "82", "77", "DQ", "85", "71", "72", "ZZ", "DD"})
_FIELDS = {
    "CAS01": "the group code",
    "CAS02": "the reason code",
    "CLM01": "the claim id",
    "LIN03": "the NDC",
    "N102": "the name",
    "N301": "the street",
    "N401": "the city",
    "NM103": "the name",
    "NM109": "the identifier",
    "REF02": "the number",
    "TRN02": "the trace number",
}


class Repeated(tuple[str, ...]):
    """An element that says several things of one kind, such as the service types of EB03."""

    __slots__ = ()


class Row(NamedTuple):
    """One segment to write: ``of`` says whose it is, for an error message; composites are tuples.

    What a claim must say of a name or a place is refused here where it is missing; a row that is ``as_is`` speaks of
    an inquiry or an answer, whose guide asks for less, and is left to the judge.
    """

    of: str
    elements: tuple[Element, ...]
    as_is: bool = False


def row(of: str, *elements: Element) -> Row:
    """A row without the empty elements at its end, which X12 leaves out."""
    if elements[-1] and elements[-1].__class__ is str:
        return Row(of, elements)
    kept = len(elements)
    while kept > 1 and _is_empty(elements[kept - 1]):
        kept -= 1
    return Row(of, elements[:kept])


def joined(item: Row, delimiters: Delimiters) -> str:
    """The row as text without its terminator, unchecked."""
    try:
        return delimiters.element.join(item.elements)  # type: ignore[arg-type]
    except TypeError:
        return _joined_parts(item, delimiters)


def _joined_parts(item: Row, delimiters: Delimiters) -> str:
    component = delimiters.component
    texts = [
        element
        if element.__class__ is str
        else delimiters.repetition.join(element)
        if element.__class__ is Repeated
        else component.join(element).rstrip(component)
        for element in item.elements
    ]
    return delimiters.element.join(texts)


def render(rows: Iterable[Row], delimiters: Delimiters) -> list[str]:
    """Rows as segment texts without terminator.

    Raises:
        X12Error: a mandatory element is empty, an element holds a delimiter, a character outside the
            extended set of X12 (printable ASCII here), or more characters than it may; the message names
            segment, element and owner.
    """
    unfit = _unfit(delimiters)
    texts = []
    for item in rows:
        if not item.as_is:
            _refuse_missing(item)
        for number, element in enumerate(item.elements):
            for part in (element,) if isinstance(element, str) else element:
                if unfit.search(part):
                    raise _character_error(item, number, part, delimiters)
            longest = _LONGEST.get(f"{item.elements[0]}{number:02d}")
            if longest is not None and isinstance(element, str) and len(element) > longest:
                raise X12Error(
                    f"{item.elements[0]}{number:02d} has {len(element)} characters",
                    where=item.of,
                    why=f"it holds at most {longest}",
                    fix="shorten it",
                )
        texts.append(joined(item, delimiters))
    return texts


def required(value: str, of: str, field: str) -> str:
    """The value, or an X12Error naming the field that must not be empty."""
    if not value:
        raise X12Error(f"{field} is missing", where=of, why="the guide requires it", fix="add it")
    return value


def _refuse_missing(item: Row) -> None:
    name = str(item.elements[0])
    mandatory = _MANDATORY.get(name, ())
    if name == "NM1":
        role, kind = item.elements[1], item.elements[2]
        mandatory = (3, 9) if role == "IL" and kind == "1" else _MANDATORY_NAME.get(str(role), (3,))
        if len(item.elements) == len(("NM1", role, kind)) and role in _NAMED_ELSEWHERE:
            return
    for number in mandatory:
        if len(item.elements) <= number or not item.elements[number]:
            place = f"{name}{number:02d}"
            field = _FIELDS.get(place, place)
            raise X12Error(f"{field} is missing ({place})", where=item.of, fix="add it")
    if name == "N4" and len(item.elements) > 3 and item.elements[4:5] in {(), ("",), ("US",)}:
        zip_code = str(item.elements[3])
        if not (zip_code.isdigit() and len(zip_code) in {5, 9}):
            raise X12Error("the ZIP code (N403) is not five or nine digits", where=item.of, fix="correct it")


def _is_empty(element: Element) -> bool:
    return not element if isinstance(element, str) else not any(element)


@lru_cache(maxsize=16)
def _unfit(delimiters: Delimiters) -> re.Pattern[str]:
    return re.compile(f"[^ -~]|[{re.escape(delimiters.all())}]")


def _character_error(item: Row, number: int, part: str, delimiters: Delimiters) -> X12Error:
    match = _unfit(delimiters).search(part)
    character = match.group() if match else ""
    name = f"{item.elements[0]}{number:02d}"
    if character in delimiters.all():
        return X12Error(
            f"{name} holds {character!r}",
            where=item.of,
            why="the file uses that character as a delimiter",
            fix="write it without that character",
        )
    return X12Error(
        f"{name} holds the character U+{ord(character or ' '):04X}",
        where=item.of,
        why="X12 carries printable ASCII",
        fix="write it with plain letters",
    )
