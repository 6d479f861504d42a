"""Foreign text made safe to print: every character is shown as it is or as a visible substitute."""

from __future__ import annotations

import unicodedata

from attrs import frozen

SUBSTITUTE = "?"

_ENCODING = "cp1252"
_SPACES = {"\t", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"}
_BASE_LETTERS = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ŧ": "T", "ŧ": "t",
        "Ŋ": "N", "ŋ": "n", "ĸ": "k", "Ə": "E", "ə": "e", "‐": "-", "‑": "-", "−": "-", "⁄": "/",
        "ʼ": "'", "ʻ": "'", "ʹ": "'", "′": "'",
    }
)  # fmt: skip


@frozen
class PrintableText:
    """Text that the standard PDF fonts can show, and how it came to differ from what was given.

    ``simplified`` counts letters printed without a mark that the fonts lack (``ő`` as ``o``),
    ``substituted`` characters that could only be shown as ``?``.
    """

    text: str
    simplified: int = 0
    substituted: int = 0

    def is_literal(self) -> bool:
        """Whether every character stands as it was given."""
        return not (self.simplified or self.substituted)


def printable(text: str) -> PrintableText:
    """Fit text to the characters of the standard PDF fonts (Windows-1252, which holds all of Latin-1).

    White space of any kind becomes one plain space a character; control, format and unknown characters
    become ``?``, so that nothing invisible and nothing that reorders text reaches the page.
    """
    shown: list[str] = []
    simplified = substituted = 0
    for character in unicodedata.normalize("NFC", text):
        if character in _SPACES or unicodedata.category(character) == "Zs":
            shown.append(" ")
        elif _has_glyph(character):
            shown.append(character)
        elif base := _base_of(character):
            shown.append(base)
            simplified += 1
        else:
            shown.append(SUBSTITUTE)
            substituted += 1
    return PrintableText("".join(shown), simplified, substituted)


def _has_glyph(character: str) -> bool:
    if unicodedata.category(character)[0] == "C":
        return False
    try:
        character.encode(_ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _base_of(character: str) -> str:
    mapped = character.translate(_BASE_LETTERS)
    if mapped != character:
        return mapped
    parts = unicodedata.normalize("NFKD", character)
    base = "".join(part for part in parts if not unicodedata.combining(part))
    return base if base and base != character and all(_has_glyph(part) for part in base) else ""
