"""Which of our lines a remitted line is: a ladder, the surest rung first, and never a guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.remittance import RemittedLine
from cleanclaim.remittances.proposal import LineMatch, Rung

Fits = Callable[[RemittedLine, ServiceLine], bool]


def match_lines(ours: Sequence[ServiceLine], remitted: Sequence[RemittedLine]) -> tuple[LineMatch, ...]:
    """Match each remitted line to one of ours, in the order of the remittance.

    Our control number come back (REF*6R) decides, and several remitted lines may carry the same one
    (unbundled). After that code, modifiers and charge; code and charge; code, date and units: each of our
    lines once, the surer rungs first over all lines. Where a rung fits several of our lines that are not
    twins, the service date may settle it; otherwise the line stays unmatched, for a person.
    """
    found: dict[int, LineMatch] = {}
    by_control = {line.control_number: line for line in ours if line.control_number}
    for index, line in enumerate(remitted):
        own = by_control.get(line.control_number) if line.control_number else None
        if own is not None:
            found[index] = LineMatch(index, own.number, Rung.CONTROL_NUMBER)
    taken = {match.line_number for match in found.values()}
    for rung, fits in _RUNGS:
        for index, line in enumerate(remitted):
            if index in found:
                continue
            own = _only(line, [item for item in ours if item.number not in taken and fits(line, item)])
            if own is not None:
                found[index] = LineMatch(index, own.number, rung)
                taken.add(own.number)
    return tuple(found.get(index, LineMatch(index, None, Rung.SUSPENDED)) for index in range(len(remitted)))


def _only(line: RemittedLine, candidates: list[ServiceLine]) -> ServiceLine | None:
    if len(candidates) > 1 and line.service_date is not None:
        dated = [item for item in candidates if item.service_date == line.service_date]
        candidates = dated or candidates
    if not candidates or any(_content(item) != _content(candidates[0]) for item in candidates):
        return None
    return candidates[0]


def _content(line: ServiceLine) -> tuple[object, ...]:
    return (line.code, line.modifiers, line.revenue_code, line.charge_cents, line.units, line.service_date)


def _submitted(line: RemittedLine) -> tuple[str, tuple[str, ...]]:
    if line.submitted_code:
        return line.submitted_code, line.submitted_modifiers
    return line.code, line.modifiers


def _same_code(line: RemittedLine, own: ServiceLine) -> bool:
    code, _ = _submitted(line)
    if own.revenue_code and line.revenue_code and own.revenue_code != line.revenue_code:
        return False
    if not own.code:
        return own.revenue_code in {code, line.revenue_code} and bool(own.revenue_code)
    return code == own.code


def _code_modifiers_charge(line: RemittedLine, own: ServiceLine) -> bool:
    _, modifiers = _submitted(line)
    return _code_charge(line, own) and sorted(modifiers) == sorted(own.modifiers)


def _code_charge(line: RemittedLine, own: ServiceLine) -> bool:
    return _same_code(line, own) and line.charge_cents == own.charge_cents


def _code_date_units(line: RemittedLine, own: ServiceLine) -> bool:
    return _same_code(line, own) and line.service_date == own.service_date and line.units == own.units


_RUNGS: tuple[tuple[Rung, Fits], ...] = (
    (Rung.CODE_MODIFIERS_CHARGE, _code_modifiers_charge),
    (Rung.CODE_CHARGE, _code_charge),
    (Rung.CODE_DATE_UNITS, _code_date_units),
)
