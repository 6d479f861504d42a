"""Operations whose list after is "same": what was diagnosed before is then what was diagnosed after (Section IV.N)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.documents.nesting import Bound
from cleanclaim.documents.words import BREAK, MARKS, Words

# "Same plus a hernia of the umbilicus." is the longest that is said of it.
_SAME_WITHIN = 30


def with_confirmed(words: Words, bounds: Sequence[Bound]) -> Iterator[Bound]:
    """The bounds, the diagnosis before an operation being one after it where that says "same"."""
    confirmed = _confirmed(words, bounds)
    for index, (kind, heading, first) in enumerate(bounds):
        yield ("postop_dx" if index in confirmed else kind, heading, first)
        if confirmed.get(index):
            yield ("technique", None, confirmed[index])


def _confirmed(words: Words, bounds: Sequence[Bound]) -> dict[int, int]:
    """Where "Postop dx: same" confirms the diagnosis before it: both parts; where the account begins behind "same."."""
    after = next((at for at, bound in enumerate(bounds) if bound[0] == "postop_dx" and bound[1]), None)
    if after is None or not any(bound[0] == "preop_dx" for bound in bounds[:after]):
        return {}
    heading, first = bounds[after][1], bounds[after][2]
    until = bounds[after + 1][2] if after + 1 < len(bounds) else len(words.forms)
    place = first
    while place < until and (
        words.forms[place] in MARKS or words.starts[place] < (heading.end if heading else 0)
    ):
        place += 1
    if words.forms[place : place + 1] != ["same"]:
        return {}
    stop = next((at for at in range(place, min(until, place + _SAME_WITHIN)) if words.forms[at] == BREAK), 0)
    before = max(at for at, bound in enumerate(bounds[:after]) if bound[0] == "preop_dx")
    return {before: 0, after: stop + 1 if stop and stop + 1 < until else 0}
