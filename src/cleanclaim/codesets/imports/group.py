"""The parts that make up one release of one set, and how the release is called."""

from __future__ import annotations

from attrs import define, field

from cleanclaim.codesets.imports.rows import Part
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.periods import day_from

MERGED = frozenset({"CPT", "MCD", "NDC"})
"""Sets that several files make up together: what an import does not bring of them stays as it was."""


@define
class Group:
    """The parts that make up one release of one set."""

    set_name: str
    setting: str
    layer: str
    parts: list[Part] = field(factory=list)
    first: int = 0
    last: int = 0

    def label(self) -> str:
        """The release's own name, else that of its fiscal year, quarter or year."""
        named = next((part.release for part in self.parts if part.release), "")
        day = day_from(self.first)
        if named or day is None:
            return named
        cycle = KNOWN_SETS[self.set_name].cycle
        if cycle == "none":
            return f"loaded in {day.year}"
        if cycle == "fiscal":
            year = day.year + (day.month >= 10)
            return f"FY{year}" if day.month == 10 else f"FY{year} from {day:%Y-%m-%d}"
        return f"{day.year}Q{(day.month + 2) // 3}" if cycle == "quarter" else str(day.year)

    def name(self) -> str:
        """The set, with its setting where it has one."""
        return self.set_name + (f" ({self.setting})" if self.setting else "")
