"""MODIFIER-INVALID: modifiers exist, stand once, fit the code and do not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, plural
from cleanclaim.edits.lookups import row_of, rows_about
from cleanclaim.kernel.because import Citation

_SHAPE = re.compile(r"[0-9A-Z]{2}")
_MOST = 4
EDIT = Edit(
    "MODIFIER-INVALID",
    "Modifiers are in their set, stand once, fit the code, and do not contradict each other.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.4, item 24D"),
)


@EDIT.per_claim
def modifier_invalid(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the modifiers of each line."""
    field = box(claim, "24D", "44")
    for line in claim.lines:
        if not line.modifiers:
            continue
        for problem, fix in _problems(line):
            yield EDIT.reject(claim, problem, fix, line=line.number, field=field)
        for modifier in dict.fromkeys(line.modifiers):
            yield from _known(claim, context, line, modifier, field)
        yield from _misplaced(claim, line, field)


def _problems(line: ServiceLine) -> Iterator[tuple[str, str]]:
    given = line.modifiers
    if not line.code:
        yield "the line has modifiers but no procedure code", "Enter the code, or take the modifiers off."
    if len(given) > _MOST:
        yield (
            f"the line has {plural(len(given), 'modifier')}; it holds {_MOST}",
            "Keep those that decide payment.",
        )
    for twice in sorted({modifier for modifier in given if given.count(modifier) > 1}):
        yield f"modifier {twice} is given twice", "Give it once."
    if len(given) > 1:
        yield from _contradictions(line)


def _contradictions(line: ServiceLine) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    why: dict[str, str] = {}
    for modifier in dict.fromkeys(line.modifiers):
        for rule in rows_about("modifiers", modifier, line.service_date):
            if rule.values.get("exclusive"):
                groups.setdefault(rule.rule_id, []).append(modifier)
                why[rule.rule_id] = rule.values["why"]
    for rule_id, both in groups.items():
        if len(both) > 1:
            yield f"{' and '.join(both)} contradict each other: {why[rule_id]}", "Keep the one that is true."


def _known(
    claim: AnyClaim, context: ScrubContext, line: ServiceLine, modifier: str, field: str
) -> Iterator[Said]:
    entry = context.find("MODIFIER", modifier, line.service_date) if _SHAPE.fullmatch(modifier) else None
    if entry is not None and entry.status is CodeStatus.UNKNOWN:
        yield EDIT.not_checked(
            f"the whole modifier set for {line.service_date.year} is not loaded: other modifiers not checked"
        )
    elif entry is None or not entry.valid:
        yield EDIT.reject(
            claim,
            f"{modifier or 'an empty text'} is no modifier on {line.service_date}",
            "Replace the modifier by one of the set.",
            line=line.number,
            field=field,
        )


def _misplaced(claim: AnyClaim, line: ServiceLine, field: str) -> Iterator[Said]:
    if not line.code or row_of("visits", "visit", line.code, line.service_date) is not None:
        return
    for modifier in line.modifiers:
        rule = row_of("modifiers", "visit-only", modifier, line.service_date)
        if rule is not None:
            yield EDIT.warn(
                claim,
                f"modifier {modifier} belongs to a visit, and {line.code} is none",
                "Move the modifier to the visit of that day, or take it off.",
                line=line.number,
                field=field,
                citation=rule.citation,
            )
