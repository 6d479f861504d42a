"""Our own short words for codes of inquiries and answers, read from `reference/x12/words`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder


def words(list_name: str, code: str, otherwise: str = "code {}") -> str:
    """The words for a code of a list, or ``otherwise`` with the code where the list has none; empty for none."""
    if not code:
        return ""
    return code_list(list_name).get(code) or otherwise.format(code)


def code_list(name: str) -> Mapping[str, str]:
    """A whole list by code. Raises InputError where there is none of that name."""
    found = _lists().get(name)
    if found is None:
        raise InputError("there is no list of words of that name", where=name)
    return found


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for path in sorted((reference_folder() / "x12" / "words").glob("*.txt")):
        current: dict[str, str] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code, _, text = line.strip().partition(" ")
            if not code or code.startswith("#"):
                continue
            if code == "list":
                current = lists.setdefault(text, {})
            elif code in current or not text:
                raise InputError("a code stands twice or has no words", where=f"{path.name}, line {number}")
            else:
                current[code] = text
    return lists
