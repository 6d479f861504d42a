"""The number that opens an entry of a list."""

from __future__ import annotations

from cleanclaim.documents.words import Words


def list_number(text: str, words: Words, first: int) -> int | None:
    """The number of the list entry that begins with the word at a place ("3.", "3)" or "3/ "), or None."""
    form = words.forms[first]
    if not form.isascii() or not form.isdigit() or len(form) > 2:
        return None
    behind = text[words.ends[first] : words.ends[first] + 2]
    return int(form) if behind[:1] in {".", ")"} or behind in {"/ ", "/\t"} else None
