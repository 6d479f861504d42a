"""Which HCC categories a diagnosis belongs to, before hierarchies and without a person."""

from __future__ import annotations

from cleanclaim.grouping.hcc import MODELS, _categories_of


def hcc_categories(code: str) -> dict[str, tuple[str, ...]] | None:
    """The categories of a diagnosis by model (V24, V28, RXHCC, ESRD); None without the engine that maps them.

    A model in which the code has no category is left out.
    """
    plain = code.strip().upper().replace(".", "")
    if not _categories_of("V28"):
        return None
    found = {model: _categories_of(model).get(plain, frozenset()) for model in MODELS}
    return {
        model: tuple(sorted(categories, key=_number)) for model, categories in found.items() if categories
    }


def _number(category: str) -> tuple[int, str]:
    digits = "".join(character for character in category if character.isdigit())
    return int(digits or 0), category
