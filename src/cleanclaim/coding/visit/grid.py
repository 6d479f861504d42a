"""Medical decision making by the grid of 2021 and 2023: two of problems, data and risk make the level."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.coding.records import LevelElement

LEVELS = ("straightforward", "low", "moderate", "high")
_ADVICE = {
    ("problems", "low"): "two minor problems, one stable chronic illness or an uncomplicated acute one",
    (
        "problems",
        "moderate",
    ): "a chronic illness not at its goal, two stable ones, systemic symptoms or an uncertain prognosis",
    ("problems", "high"): "a severe exacerbation or a threat to life or bodily function",
    ("data", "low"): "two tests or notes, or an independent historian",
    (
        "data",
        "moderate",
    ): "three tests, notes or a historian together, an own reading, or a talk with an outside clinician",
    ("data", "high"): "two of: three tests or notes, an own reading, a talk with an outside clinician",
    ("risk", "low"): "treatment of low risk",
    ("risk", "moderate"): "prescription drug management or the like",
    ("risk", "high"): "monitoring for toxicity, a decision about hospital care or the like",
}


@frozen
class DecisionMaking:
    """The three elements and the level that two of them reach."""

    problems: LevelElement
    data: LevelElement
    risk: LevelElement

    @property
    def elements(self) -> tuple[LevelElement, LevelElement, LevelElement]:
        """Problems, data, risk."""
        return self.problems, self.data, self.risk

    @property
    def level(self) -> str:
        """The second highest of the three."""
        return LEVELS[sorted(LEVELS.index(part.level) for part in self.elements)[1]]

    def reasons(self) -> tuple[str, ...]:
        """Why this level, why not the one above, and why not the one below, in words."""
        level = LEVELS.index(self.level)
        reach = [part.element for part in self.elements if LEVELS.index(part.level) >= level]
        found = [f"two of problems, data and risk reach {self.level}: {', '.join(reach)}"]
        if level + 1 < len(LEVELS):
            above = LEVELS[level + 1]
            short = [part.element for part in self.elements if LEVELS.index(part.level) <= level]
            missing = "; ".join(f"{name}: {_ADVICE[name, above]}" for name in short)
            needed = 2 - (len(self.elements) - len(short))
            found.append(f"{above} would need {needed} of these that the note does not document: {missing}")
        if level:
            exceeding = len(reach) - 1
            found.append(f"it would be {LEVELS[level - 1]} if {exceeding} of {', '.join(reach)} were lower")
        return tuple(found)
