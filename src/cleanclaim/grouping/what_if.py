"""What each code of a stay does to its group: grouped again without it, and with codes that are asked about."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from cleanclaim.grouping.drg import DrgCase, DrgResult, group_drg


@frozen
class DrgChange:
    """A change to a stay and its group: ``kind`` is without or with."""

    kind: str
    code: str
    before: str
    after: str
    result: DrgResult

    def matters(self) -> bool:
        """Whether the group is another."""
        return self.before != self.after


def drg_what_if(case: DrgCase, asked: tuple[tuple[str, str], ...] = ()) -> tuple[DrgChange, ...]:
    """The stay without each secondary diagnosis and each procedure, and with each asked (code, POA) added.

    Every change is told, also those that leave the group: `DrgChange.matters`. This informs a review of what the
    record supports; it is no reason to code anything that the record does not.
    """
    base = group_drg(case)
    return tuple(
        DrgChange(kind, code, base.drg, result.drg, result)
        for kind, code, changed in _changes(case, asked)
        for result in (group_drg(changed),)
    )


def _changes(case: DrgCase, asked: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str, DrgCase]]:
    for place in range(1, len(case.diagnoses)):
        rest = (*case.diagnoses[:place], *case.diagnoses[place + 1 :])
        yield "without", case.diagnoses[place][0], evolve(case, diagnoses=rest)
    for place, code in enumerate(case.procedures):
        kept = (*case.procedures[:place], *case.procedures[place + 1 :])
        yield "without", code, evolve(case, procedures=kept)
    for code, poa in asked:
        yield "with", code, evolve(case, diagnoses=(*case.diagnoses, (code, poa)))
