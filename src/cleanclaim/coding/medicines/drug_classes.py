"""A drug that a list calls by its class, and the story by its name: the named one has the code (Section I.B.2).

"ATN due to NSAID" beside "naproxen taken for two weeks" is the adverse effect of a propionic acid derivative.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from cleanclaim.coding.medicines.drug_groups import drugs_in
from cleanclaim.coding.medicines.harm_by_drugs import harm_table
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note

_STORY = frozenset(
    ("opening", "hpi", "chief_complaint", "hospital_course", "ed_course", "pmh", "medications")
)
_MOST = 4000


def name_drugs_of_classes(note: Note, picks: Picks) -> Picks:
    """The picks with the named drug in the place of its class, where the story names only one of its groups."""
    table = harm_table()["classes"]
    out = dict(picks)
    for pick in live(picks):
        row = table.get(pick.code[:6])
        stem = _named(note, row) if row and _by_class(pick, row) else ""
        if not stem:
            continue
        code = stem + pick.code[6:]
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the drug itself is named: {code}"))
        if code not in out or out[code].dropped is not None:
            reason = guideline("Section I.B.2", "the story names the drug of the class", ("from", pick.code))
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _by_class(pick: Pick, row: dict[str, Any]) -> bool:
    """Whether the words it stands on name the class only."""
    said = [mention.span.text.lower() for mention in pick.mentions]
    return bool(said) and all(any(word in text for word in row["words"]) for text in said)


def _named(note: Note, row: dict[str, Any]) -> str:
    """The one group of the class of which the story names a drug, or ""."""
    found = {
        stem
        for section in note.sections
        if section.kind in _STORY
        for _, _, stem in drugs_in(note.words.forms, section.first, min(section.last, section.first + _MOST))
        if stem in row["members"]
    }
    return min(found) if len(found) == 1 else ""
