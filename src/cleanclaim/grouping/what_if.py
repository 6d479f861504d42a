"""What each code does to the group of a stay or to the score of a person: grouped again without it, or with another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from attrs import evolve, frozen

from cleanclaim.grouping.drg import DrgCase, DrgResult, group_drg
from cleanclaim.grouping.hcc import HccCase, group_hcc


@frozen
class DrgChange:
    """A change to a stay and its group: ``kind`` is without or with.

    ``weight_change`` is the relative weight after less before, None where either is not known.
    """

    kind: str
    code: str
    before: str
    after: str
    result: DrgResult
    weight_change: Decimal | None = None

    def matters(self) -> bool:
        """Whether the group is another."""
        return self.before != self.after


@frozen
class HccChange:
    """What a diagnosis does to a score: its categories that count, and the score without it less the score with it.

    ``change`` is zero where another diagnosis holds the same category, or a hierarchy covers it.
    """

    code: str
    categories: tuple[str, ...]
    change: Decimal


def drg_what_if(
    case: DrgCase,
    asked: tuple[tuple[str, str], ...] = (),
    weight_of: Callable[[str], Decimal | None] = lambda drg: None,
) -> tuple[DrgChange, ...]:
    """The stay without each secondary diagnosis and each procedure, and with each asked (code, POA) added.

    Every change is told, also those that leave the group: `DrgChange.matters`. ``weight_of`` gives the relative
    weight of a group. This informs a review of what the record supports; it is no reason to code anything that the
    record does not.
    """
    base = group_drg(case)
    return tuple(
        DrgChange(kind, code, base.drg, result.drg, result, _difference(weight_of, base, result))
        for kind, code, changed in _changes(case, asked)
        for result in (group_drg(changed),)
    )


def hcc_what_if(case: HccCase) -> tuple[HccChange, ...]:
    """The factor by which each diagnosis counts: the person scored again without it. Empty where there is no score."""
    base = group_hcc(case)
    if base.score is None:
        return ()
    found = []
    for code in dict.fromkeys(case.diagnoses):
        rest = group_hcc(evolve(case, diagnoses=tuple(one for one in case.diagnoses if one != code)))
        plain = code.replace(".", "").strip().upper()
        held = tuple(one.hcc for one in base.categories if plain in one.codes)
        if rest.score is not None:
            found.append(HccChange(code, held, rest.score - base.score))
    return tuple(found)


def _difference(
    weight_of: Callable[[str], Decimal | None], before: DrgResult, after: DrgResult
) -> Decimal | None:
    if not (before.grouped() and after.grouped()):
        return None
    old, new = weight_of(before.drg), weight_of(after.drg)
    return new - old if old is not None and new is not None else None


def _changes(case: DrgCase, asked: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str, DrgCase]]:
    for place in range(1, len(case.diagnoses)):
        rest = (*case.diagnoses[:place], *case.diagnoses[place + 1 :])
        yield "without", case.diagnoses[place][0], evolve(case, diagnoses=rest)
    for place, code in enumerate(case.procedures):
        kept = (*case.procedures[:place], *case.procedures[place + 1 :])
        yield "without", code, evolve(case, procedures=kept)
    for code, poa in asked:
        yield "with", code, evolve(case, diagnoses=(*case.diagnoses, (code, poa)))
