"""Numbers written in words, as far as ages and minutes go."""

from __future__ import annotations

from itertools import count

_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"

ONES = dict(zip(_ONES_IN_ORDER.split(), count()))
"""Word -> number, zero to nineteen."""

TENS = dict(zip(_TENS_IN_ORDER.split(), count(20, 10)))
"""Word -> number, twenty to ninety."""
