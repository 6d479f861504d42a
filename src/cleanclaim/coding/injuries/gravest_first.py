"""Of several injuries the gravest stands first: burns by degree, others by what was hurt (Section I.C.19.b, d)."""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.coding.picks import Pick

# The fourth character counts the degree: 3 and 7 the third, 2 and 6 the second, 1 and 5 the first.
_DEGREES = {"3": 0, "7": 0, "2": 1, "6": 1, "1": 2, "5": 2, "0": 3, "4": 3}
_BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
# What is graver goes before; within the list the order of the note stands.
_GRAVE = (
    (
        "S06.1",
        "S06.2",
        "S06.3",
        "S06.4",
        "S06.5",
        "S06.6",
        "S06.8",
        "S14.1",
        "S24.1",
        "S34.1",
        "S25",
        "S26",
        "S27",
    ),
    ("S35", "S36", "S37", "S15", "S28", "S38", "S48", "S58", "S68", "S78", "S88", "S98"),
)
Rank = Callable[[Pick], int]
_SLIGHT = tuple(f"S{region}0" for region in range(10))


def gravest_first(ordered: list[Pick]) -> list[Pick]:
    """The diagnoses with the gravest injury at the head, where an injury stands there and no list set the order."""
    if not ordered:
        return ordered
    if ordered[0].code.startswith(_BURNS):
        return _to_the_head(ordered, [pick for pick in ordered if pick.code.startswith(_BURNS)], _degree)
    if ordered[0].code[0] == "S" and not ordered[0].diagnostic:
        return _to_the_head(ordered, [pick for pick in ordered if pick.code[0] == "S"], _gravity)
    return ordered


def _to_the_head(ordered: list[Pick], some: list[Pick], rank: Rank) -> list[Pick]:
    gravest = min(some, key=lambda pick: (rank(pick), ordered.index(pick)))
    return [gravest, *(pick for pick in ordered if pick is not gravest)]


def _degree(pick: Pick) -> int:
    return _DEGREES.get(pick.code[4:5], 3)


def _gravity(pick: Pick) -> int:
    for number, beginnings in enumerate(_GRAVE):
        if pick.code.startswith(beginnings):
            return number
    return len(_GRAVE) + pick.code.startswith(_SLIGHT)
