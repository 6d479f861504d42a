"""Which group of T36 to T50 a drug belongs to, by the names that notes use."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.lexicon import lexicon_path
from cleanclaim.documents.words import phrase


@lru_cache(maxsize=1)
def drug_groups() -> dict[tuple[str, ...], str]:
    """Folded name -> the code up to the character that tells intent."""
    found: dict[tuple[str, ...], str] = {}
    for line in lexicon_path("drug_groups.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stem, names = line.split("\t")
            for name in names.split("|"):
                found.setdefault(phrase(name), stem)
    return found


@lru_cache(maxsize=1)
def _longest() -> dict[str, int]:
    """The first word of a name -> how many words the longest name has that begins with it."""
    found: dict[str, int] = {}
    for name in drug_groups():
        found[name[0]] = max(len(name), found.get(name[0], 0))
    return found


def drugs_in(forms: list[str], first: int, last: int) -> list[tuple[int, int, str]]:
    """(first, after the last, stem) of every drug in a stretch, the longest names first at each place."""
    known, longest = drug_groups(), _longest()
    found: list[tuple[int, int, str]] = []
    place = first
    while place < last:
        for size in range(min(longest.get(forms[place], 0), last - place), 0, -1):
            stem = known.get(tuple(forms[place : place + size]))
            if stem is not None:
                found.append((place, place + size, stem))
                place += size - 1
                break
        place += 1
    return found


def drug_code(stem: str, intent: str, episode: str = "A") -> str:
    """The code of a group, of an intent (1 to 4 a poisoning, 5 an adverse effect, 6 underdosing) and episode."""
    return f"{stem}{intent}{'' if len(stem) == 6 else 'X'}{episode}"
