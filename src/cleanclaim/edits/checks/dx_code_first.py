"""DX-CODE-FIRST: what a "code first" note names stands before the code that bears the note."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.codesets.entry import Note
from cleanclaim.codesets.relations import is_manifestation, names_any
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import listed_diagnoses
from cleanclaim.kernel.because import Citation

_CONDITIONAL = re.compile(r"\b(if|any|when|where|possible|poisoning|sequelae)\b", re.IGNORECASE)
EDIT = Edit(
    "DX-CODE-FIRST",
    "The cause that a code-first note names is listed before the condition it caused.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.A.13 and I.B.7"),
)


@EDIT.per_claim
def dx_code_first(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Ask of every listed diagnosis whether what must come first does."""
    codes = listed_diagnoses(claim)
    fields = context.placed(claim)
    for place, diagnosis in enumerate(codes):
        days = fields[place].days
        if not days:
            continue
        notes = _notes(context, diagnosis.code, days[0])
        if not notes or _any_named(notes, codes[:place]):
            continue
        field = fields[place].field
        if _any_named(notes, codes[place + 1 :]):
            yield EDIT.reject(
                claim,
                f"{diagnosis.code} stands before its cause; the note at {notes[0].source} puts the cause "
                "first",
                "List the cause before this code.",
                field=field,
            )
        elif _must(context, diagnosis.code, days[0]):
            yield EDIT.reject(
                claim,
                f"{diagnosis.code} is a manifestation, and no diagnosis before it is its cause "
                f"(code-first note at {notes[0].source})",
                "Add the underlying disease before this code.",
                field=field,
            )
        elif not _CONDITIONAL.search(notes[0].text):
            yield EDIT.info(
                claim,
                f"{diagnosis.code} asks for its cause to be coded first (note at {notes[0].source}), "
                "and none of the causes it names is listed",
                "Look in the note for the cause and list it first.",
                field=field,
            )


def _notes(context: ScrubContext, code: str, day: dt.date) -> tuple[Note, ...]:
    entry = context.find("ICD-10-CM", code, day)
    return () if entry is None else entry.notes.code_first


def _any_named(notes: Sequence[Note], others: Sequence[Diagnosis]) -> bool:
    return names_any(tuple(notes), tuple(other.code for other in others)) is not None


def _must(context: ScrubContext, code: str, day: dt.date) -> bool:
    start = quarter_start(day)
    return context.once(("manifestation", code, start), lambda: is_manifestation(context.book, code, start))
