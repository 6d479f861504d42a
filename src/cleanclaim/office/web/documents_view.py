"""What the coding page says of a visit's documents: what each was read as, what is missing, drugs, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.coding.lexicon import query_table
from cleanclaim.coding.medicines.drug_hints import DrugHint, drug_hints
from cleanclaim.coding.queries.query import draft_queries
from cleanclaim.coding.queries.query_lint import lint_query
from cleanclaim.coding.records import Suggestion, SuggestionStatus
from cleanclaim.coding.severity import severities
from cleanclaim.documents.needed import needed_table
from cleanclaim.documents.reading import read_note
from cleanclaim.office.encounters.coding import kept_result
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow
from cleanclaim.office.encounters.needed_documents import documents_missing, read_document

_DRUGS = "HCPCS"


def documents_of(encounter: EncounterRow, documents: Sequence[DocumentRow]) -> dict[str, Any]:
    """The readings by row number, what is missing and what was let go."""
    table = needed_table()
    waivers = [
        {"words": table[row.needed]["words"] if row.needed in table else row.needed, "row": row}
        for row in encounter.waivers.all()
    ]
    open_still = encounter.state != "released"
    return {
        "readings": {row.pk: read_document(row) for row in documents},
        "documents_missing": documents_missing(encounter) if open_still else (),
        "waivers": waivers,
    }


def drugs_given(
    encounter: EncounterRow, documents: Sequence[DocumentRow], standing: set[tuple[str, str]]
) -> list[dict[str, Any]]:
    """A line for each drug given, with what the claim needs of it; none for a stay, which pays drugs by its group."""
    if encounter.setting == "inpatient":
        return []
    return [
        {"hint": hint, "amount": _plain(hint), "standing": (_DRUGS, hint.code) in standing}
        for hint in _hints(encounter, documents)
    ]


def questions(
    encounter: EncounterRow, documents: Sequence[DocumentRow], turned_down: set[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Drafts of what the clinician may be asked, for codes that nobody turned down, each with what its linter says."""
    found = []
    for row in documents:
        result = kept_result(encounter, row)
        if not any(_may_be_open(one) for one in result.suggestions) and not result.conflicting:
            continue
        for draft in draft_queries(row.text, result, Setting(encounter.setting)):
            if ("ICD-10-CM", draft.code) not in turned_down:
                found.append({"draft": draft, "faults": lint_query(draft, row.text)})
    return found


def _may_be_open(suggestion: Suggestion) -> bool:
    return suggestion.status is SuggestionStatus.SUGGESTED and (
        "unspecified" in suggestion.description.lower()
        or any(suggestion.code in row["dx"] for row in query_table()["questions"])
    )


def with_severity(
    encounter: EncounterRow, chosen: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]
) -> None:
    """Mark what counts as CC or MCC beside the principal diagnosis of a stay; the first one has no level itself."""
    if encounter.setting != "inpatient":
        return
    diagnoses = [item for item in (*chosen, *others) if item["system"] == "ICD-10-CM"]
    codes = list(dict.fromkeys(item["code"] for item in diagnoses))
    found = severities(codes, open_book(), encounter.last_date)
    for item in diagnoses:
        severity = found.get(item["code"])
        item["severity"] = severity if severity is not None and severity.level in ("CC", "MCC") else None


def _hints(encounter: EncounterRow, documents: Sequence[DocumentRow]) -> Iterator[DrugHint]:
    for row in documents:
        if read_document(row).gives_drugs:
            yield from drug_hints(read_note(row.text), open_book(), encounter.last_date)


def _plain(hint: DrugHint) -> str:
    return f"{hint.given.amount.normalize():f} {hint.given.unit}"
