"""The words that a misspelled word may have been meant to be: those that sound and look most like it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_TRIED = 24
_AS_GOOD = 0.6
_COMMON = 0.12
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"([dlnp])our\b"), r"\1or"),
    (re.compile(r"our$"), "or"),
    (re.compile(r"(?<=[rtg])h"), ""),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"[ckq]+"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"^pn"), "n"),
    (re.compile(r"y"), "i"),
    (re.compile(r"([bt])re$"), r"\1er"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)


def sound_of(word: str) -> str:
    """A word as it sounds, roughly: British and American spellings, doubled letters and ph, c, k, y fall together."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


class Speller:
    """Corrects words to those of a vocabulary; how common each word is decides between those equally near."""

    def __init__(self, common: Mapping[str, int]) -> None:
        self._words = [word for word in common if len(word) >= _SHORTEST - 1 and not word[0].isdigit()]
        self._common = common
        self._sounds = [sound_of(word) for word in self._words]
        self._by_sound: dict[str, list[str]] = {}
        for word, sound in zip(self._words, self._sounds, strict=True):
            self._by_sound.setdefault(sound, []).append(word)

    def corrections(self, word: str, *, most: int = 3) -> list[str]:
        """The likeliest words, best first; none for a short word, a number, or one that is like no other."""
        if len(word) < _SHORTEST or word.isdigit():
            return []
        sound = sound_of(word)
        half = len(word) // 2
        same = [one for one in self._by_sound.get(sound, []) if OSA.distance(word, one) <= half]
        if same:
            return sorted(same, key=lambda one: (OSA.distance(word, one), -self._common[one]))[:most]
        allowed = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        near = {*self._near(sound, self._sounds, allowed), *self._near(word, self._words, min(allowed, 2))}
        ranked = sorted(
            (self._rank(word, sound, index), self._words[index])
            for index in near
            if OSA.distance(word, self._words[index]) <= allowed + 1
        )
        return [one for rank, one in ranked if rank <= ranked[0][0] + _AS_GOOD][:most]

    @staticmethod
    def _near(text: str, choices: list[str], allowed: int) -> list[int]:
        found = process.extract(text, choices, scorer=OSA.distance, score_cutoff=allowed, limit=_TRIED)
        return [index for _, _, index in found]

    def _rank(self, word: str, sound: str, index: int) -> float:
        """How far a word is: by sound and letters, its first letter counting most, less the commoner it is."""
        other = self._words[index]
        by_letter = OSA.distance(word, other)
        by_sound = OSA.distance(sound, self._sounds[index])
        far = min(by_sound + by_letter / 2, by_letter * 1.3)
        far += (word[0] != other[0]) + (word[-1] != other[-1]) / 4
        return far - math.log2(self._common[other] + 1) * _COMMON
