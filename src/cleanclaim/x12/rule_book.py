"""Which rules judge which loop of which set, run when the loop ends."""

from __future__ import annotations

from cleanclaim.x12.rule import Rule
from cleanclaim.x12.rules_837 import DENTAL_RULES, PROFESSIONAL_RULES

RULES: dict[str, dict[str, tuple[Rule, ...]]] = {
    "837P": {"2300": PROFESSIONAL_RULES},
    "837D": {"2300": DENTAL_RULES},
}
