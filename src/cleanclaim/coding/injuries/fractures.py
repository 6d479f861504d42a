"""The categories of fractures whose last character tells how they heal (notes at S12 to S92, M80 and M84)."""

from __future__ import annotations

FRACTURES = (
    *("S12", "S22", "S32", "S42", "S49", "S52", "S59", "S62", "S72", "S79", "S82", "S89", "S92"),
    *("M80", "M84"),
)
