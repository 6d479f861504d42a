"""The guides at hand: compiled once from `reference/x12`, found by set and version."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder
from cleanclaim.x12.guide.guide_specs import GuideSpec
from cleanclaim.x12.guide.guide_text import Dictionary, read_dictionary, read_guide

_NO_GUIDE = frozenset({"segments", "common"})


def guide_names() -> tuple[str, ...]:
    """The names of all guides at hand, such as "837P"."""
    return tuple(sorted(path.stem for path in _folder().glob("*.txt") if path.stem not in _NO_GUIDE))


@lru_cache(maxsize=64)
def guide(name: str) -> GuideSpec:
    """One guide by name. Raises InputError where there is none or its file cannot be read."""
    return read_guide(_guide_text(name), _text("common"), _dictionary())


def find_guide(set_code: str, version: str) -> GuideSpec | None:
    """The guide of ST01 and ST03 (or GS08), or None where none is at hand."""
    name = _by_version().get((set_code, version))
    return guide(name) if name else None


def is_known_segment(name: str) -> bool:
    """Whether the standard, as far as it is at hand, has a segment of this name."""
    return name in _dictionary().segments


def _guide_text(name: str) -> str:
    """A guide's text; one that says it is like another is that other with its swaps made."""
    text = _text(name)
    header = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.strip()}
    if "like" not in header:
        return text
    base = _text(header["like"][0])
    for word in ("set", "versions", "cite"):
        base = "\n".join(
            f"{word} {' '.join(header[word])}" if line.split(" ")[0] == word else line
            for line in base.splitlines()
        )
    if "light" in header:
        base = "light\n" + base
    for line in text.splitlines():
        if line.startswith("swap "):
            old, _, new = line[5:].partition(" => ")
            if old not in base:
                raise InputError("a swap finds nothing to swap", where=f"{name}.txt", why=old[:60])
            base = base.replace(old, new.replace("\\n", "\n"))
    return base


@lru_cache(maxsize=1)
def _by_version() -> dict[tuple[str, str], str]:
    found = {}
    for name in guide_names():
        words = {line.split()[0]: line.split()[1:] for line in _text(name).splitlines() if line.strip()}
        for version in words["versions"]:
            found[words["set"][1], version] = name
    return found


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return read_dictionary(_text("segments"))


@lru_cache(maxsize=64)
def _text(name: str) -> str:
    path = _folder() / f"{name}.txt"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            "this guide is not at hand", where=path.name, why=(error.strerror or "").lower()
        ) from error


def _folder() -> Path:
    return reference_folder() / "x12"
