"""Of loose hits that are equally good the same ones stay, in whatever order they were found."""

from __future__ import annotations

from itertools import permutations

from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.overlaps import in_order, strongest


def test_the_order_of_finding_decides_nothing() -> None:
    whole, part = Term("dx", "S83.232A", "title"), Term("dx", "S83.239A", "title")
    beside, other = Term("dx", "M23.92", "title"), Term("dx", "M25.562", "title")
    hits = [(4, 13, whole), (4, 11, part), (12, 14, beside), (12, 14, other)]
    loose = {(4, 13, whole): 2}
    kept = {tuple(strongest(in_order(order), loose)) for order in permutations(hits)}
    assert kept == {((4, 13, whole),)}
