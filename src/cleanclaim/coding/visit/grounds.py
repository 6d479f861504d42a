"""What a level answers with: the level or none, its reasons with their citation, and the modifiers of the visit."""

from __future__ import annotations

from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.records import VisitLevel
from cleanclaim.coding.services import Service
from cleanclaim.kernel.because import Because, Citation

Found = tuple[VisitLevel | None, tuple[Because, ...]]
"""The level, or None with the reason why there is none."""


def why(text: str) -> Because:
    """A reason with the guideline it stands in."""
    source = evaluation()["source"]
    return Because(text, Citation(source["source"], source["release"], "medical decision making and time"))


def modifiers(services: tuple[Service, ...]) -> tuple[str, ...]:
    """Modifier 25 where a procedure of the same day leaves the visit to be told apart."""
    return ("25",) if any("beside_visit_25" in service.traits for service in services) else ()
