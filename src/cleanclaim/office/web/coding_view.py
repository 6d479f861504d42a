"""What the coding page shows: the note with its evidence, the codes that stand, those to decide, those left out."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from cleanclaim.codesets.book import open_book
from cleanclaim.office.encounters.carried_over import CarriedOver
from cleanclaim.office.encounters.coding import DIAGNOSIS, HOSPITAL_PROCEDURE, chosen_codes
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow, SuggestionRow
from cleanclaim.office.registry.models import ChargePriceRow
from cleanclaim.office.web.carried_view import blocks, carried_texts, only_carried, runs_of
from cleanclaim.office.web.chosen_view import LETTERS, chosen_shown, letters, service_shown, service_words
from cleanclaim.office.web.code_acts import TAKEN_BACK, Verdict, can_undo, verdicts
from cleanclaim.office.web.documents_view import documents_of, drugs_given, questions, with_severity
from cleanclaim.office.web.note_view import MarkedSpan, cut

REASONS = (
    "not supported by the note",
    "said of the past or of the family",
    "ruled out or not confirmed",
    "part of another code",
    "not treated or evaluated at this visit",
    "another code is more specific",
)
LEVEL_NUMBER = 0
_POA = ("Y", "N", "U", "W", "1")


def coding_page(encounter: EncounterRow) -> dict[str, Any]:
    """Everything on the page."""
    chosen = chosen_codes(encounter)
    decided = verdicts(encounter)
    level = json.loads(encounter.em)
    suggestions = [_suggestion(row) for row in encounter.suggestions.all()]
    documents = list(encounter.documents.order_by("document_id"))
    if level is not None and not (encounter.kind == "institutional" and encounter.setting == "inpatient"):
        suggestions = _with_level(suggestions, level, encounter)
    standing = {(item.system, item.code) for item in chosen}
    by_key = {item["key"]: item for item in suggestions}
    diagnoses = [item for item in chosen if item.system == DIAGNOSIS]
    services = [item for item in chosen if item.system != DIAGNOSIS]
    shown_diagnoses = [chosen_shown(item, place, by_key, encounter) for place, item in enumerate(diagnoses)]
    shown_services = [
        service_shown(item, place, by_key, encounter) for place, item in enumerate(services, len(diagnoses))
    ]
    suggested = {item["key"] for item in suggestions if item["status"] == "suggested"}
    undecided = [item for item in suggestions if item["status"] == "suggested" and item["key"] not in decided]
    charges = [item["cents"] for item in shown_services]
    shown = [*suggestions, *shown_diagnoses, *shown_services]
    texts = carried_texts(encounter, documents, shown)
    runs = {row.pk: runs_of(texts[row.pk], order) for order, row in enumerate(documents)}
    asked = only_carried(texts, suggestions)
    for item in shown:
        item["carried"] = asked.get((item["system"], item["code"]))
    with_severity(encounter, shown_diagnoses, suggestions)
    return {
        **documents_of(encounter, documents),
        "principal": diagnoses[0].code if diagnoses else "the first",
        "drugs": drugs_given(encounter, documents, standing),
        "questions": []
        if encounter.state == "released"
        else questions(encounter, documents, {key for key, one in decided.items() if one.action == "reject"}),
        "encounter": encounter,
        "patient": encounter.patient.patient(),
        "facts": json.loads(encounter.facts),
        "documents": [
            {
                "row": row,
                "blocks": list(
                    blocks(
                        _pieces(row, suggestions, shown_diagnoses + shown_services, standing, runs[row.pk]),
                        runs[row.pk],
                    )
                ),
            }
            for row in documents
        ],
        "carried": [
            {"number": number, "place": place, "text": row.text[place.start : place.end]}
            for row in documents
            for number, place in runs[row.pk]
        ],
        "not_compared": [told for row in documents for told in texts[row.pk].not_compared],
        "open": [item for item in undecided if item["key"] not in standing],
        "rejected": _rejected(decided, by_key),
        "suppressed": [
            item
            for item in suggestions
            if item["status"] == "suppressed" and item["key"] not in {*decided, *standing, *suggested}
        ],
        "diagnoses": shown_diagnoses,
        "services": shown_services,
        "charge_cents": sum(charges) if charges and None not in charges else None,
        "level": level,
        "reasons": REASONS,
        "poa_letters": _POA,
        "inpatient": encounter.setting == "inpatient",
        "institutional": encounter.kind == "institutional",
        "released": encounter.state == "released",
        "can_undo": encounter.state != "released" and can_undo(encounter),
        "claim": encounter.claims.first(),
        "standing_numbers": [
            item["number"] for item in shown_diagnoses + shown_services if item["number"] is not None
        ],
        "decided_count": len([item for item in suggestions if item["status"] == "suggested"])
        - len(undecided),
        "suggested_count": len([item for item in suggestions if item["status"] == "suggested"]),
    }


def found_codes(encounter: EncounterRow, words: str) -> list[dict[str, Any]]:
    """Codes for what was typed: the code set's, then the practice's own services and prices."""
    if len(words) < 2:
        return []
    book, on = open_book(), encounter.last_date
    systems = (DIAGNOSIS, HOSPITAL_PROCEDURE) if encounter.setting == "inpatient" else (DIAGNOSIS,)
    found = [
        {"system": system, "code": entry.code, "words": entry.title, "revenue_code": "", "cents": None}
        for system in systems
        for entry in [
            entry for entry in book.search(words, system=system, on=on, limit=40) if entry.billable
        ][:12]
    ]
    services = _services(words, institutional=encounter.kind == "institutional")
    return services + found if words[:1].isdigit() else found + services


def details_from(
    encounter: EncounterRow, system: str, code: str, given: dict[str, str], *, on_file: dict[str, Any] | None
) -> dict[str, Any]:
    """A decision's details: what stands already or was suggested, changed by what the form gives.

    Raises:
        ValueError: a place, a pointer or a number that is none.
    """
    details = dict(on_file) if on_file is not None else _suggested_details(encounter, system, code)
    for name in ("units", "poa", "revenue_code", "performed_on"):
        if name in given:
            details[name] = given[name].strip().upper()
    if "modifiers" in given:
        details["modifiers"] = given["modifiers"].upper().replace(",", " ").split()
    if "pointers" in given:
        wanted = "".join(given["pointers"].upper().replace(",", " ").split())
        if wanted != letters(details.get("pointers") or []):
            details["pointers"] = [LETTERS.index(letter) + 1 for letter in wanted]
            details.pop("pointers_by", None)
    if system == HOSPITAL_PROCEDURE:
        details.setdefault("performed_on", encounter.first_date.isoformat())
        dt.date.fromisoformat(details["performed_on"])
    if details.get("poa", "Y") not in {*_POA, ""}:
        raise ValueError("present on admission")
    span = _span(encounter, given)
    if span is not None:
        details["evidence"] = [span]
    return details


def _suggested_details(encounter: EncounterRow, system: str, code: str) -> dict[str, Any]:
    if system in {DIAGNOSIS, HOSPITAL_PROCEDURE}:
        return {}
    level = json.loads(encounter.em)
    if level is not None and level["code"] == code:
        return {"modifiers": list(level.get("modifiers") or ()), "units": "1"}
    row = encounter.suggestions.filter(system=system, code=code).first()
    if row is None:
        return {"modifiers": [], "units": "1"}
    body = json.loads(row.body)
    return {"modifiers": body["modifiers"], "units": body["units"]}


def _span(encounter: EncounterRow, given: dict[str, str]) -> dict[str, Any] | None:
    document = encounter.documents.filter(document_id=given.get("document", "")).first()
    if document is None or not given.get("start", "").isdigit() or not given.get("end", "").isdigit():
        return None
    start, end = int(given["start"]), int(given["end"])
    if not 0 <= start < end <= len(document.text):
        return None
    return {"document": document.document_id, "start": start, "end": end, "text": document.text[start:end]}


def _services(words: str, *, institutional: bool) -> list[dict[str, Any]]:
    rows = (
        ChargePriceRow.objects.exclude(revenue_code="")
        if institutional
        else ChargePriceRow.objects.filter(revenue_code="")
    )
    fitting = [
        row
        for row in rows.order_by("code", "revenue_code")
        if (row.code or row.revenue_code).startswith(words.upper())
        or all(word in row.words.casefold() for word in words.casefold().split())
    ]
    return [
        {
            "system": _system(row.code),
            "code": row.code or row.revenue_code,
            "words": row.words,
            "revenue_code": row.revenue_code,
            "cents": row.charge_cents,
        }
        for row in fitting[:8]
    ]


def _system(code: str) -> str:
    if not code:
        return "REVENUE"
    return "CPT" if code[0].isdigit() else "HCPCS"


def _suggestion(row: SuggestionRow) -> dict[str, Any]:
    body = json.loads(row.body)
    return {
        "key": (row.system, row.code),
        "system": row.system,
        "code": row.code,
        "description": row.description or service_words(row.system, row.code),
        "status": row.status,
        "assertion": row.assertion,
        "number": row.number,
        "document": row.document_id,
        "score": row.confidence_per_mille / 1000,
        "evidence": body["evidence"],
        "because": body["because"],
        "modifiers": body["modifiers"],
        "units": body["units"],
    }


def _with_level(
    suggestions: list[dict[str, Any]], level: dict[str, Any], encounter: EncounterRow
) -> list[dict[str, Any]]:
    """The visit's level among the suggestions, after the diagnoses, with the evidence of what it rests on."""
    spans = [span for element in level["elements"] for span in element["evidence"]]
    there = next((item for item in suggestions if item["code"] == level["code"]), None)
    if there is not None:
        there["level"] = level
        there["evidence"] = there["evidence"] or spans
        return suggestions
    document = _document_of(encounter, spans)
    item = {
        "key": ("CPT", level["code"]),
        "system": "CPT",
        "code": level["code"],
        "description": service_words("CPT", level["code"]),
        "status": "suggested",
        "assertion": "affirmed",
        "number": LEVEL_NUMBER,
        "document": document,
        "score": None,
        "evidence": spans,
        "because": level["because"],
        "modifiers": level.get("modifiers") or [],
        "units": "1",
        "level": level,
    }
    place = sum(one["system"] == DIAGNOSIS for one in suggestions)
    return [*suggestions[:place], item, *suggestions[place:]]


def _document_of(encounter: EncounterRow, spans: list[dict[str, Any]]) -> int | None:
    rows = list(encounter.documents.order_by("document_id"))
    for row in rows:
        if all(row.text[span["start"] : span["end"]] == span["text"] for span in spans):
            return row.pk
    return rows[0].pk if rows else None


def _rejected(decided: dict[Any, Verdict], by_key: dict[Any, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "system": system,
            "code": code,
            "reason": verdict.reason,
            "number": by_key[system, code]["number"] if (system, code) in by_key else None,
            "description": by_key[system, code]["description"] if (system, code) in by_key else "",
        }
        for (system, code), verdict in decided.items()
        if verdict.action == "reject" and verdict.reason != TAKEN_BACK
    ]


def _pieces(
    document: DocumentRow,
    suggestions: list[dict[str, Any]],
    chosen: list[dict[str, Any]],
    standing: set[tuple[str, str]],
    runs: list[tuple[int, CarriedOver]],
) -> list[Any]:
    spans = [
        MarkedSpan(
            number=item["number"],
            start=span["start"],
            end=span["end"],
            kind="chosen" if item["key"] in standing else item["status"],
        )
        for item in suggestions
        if item["document"] == document.pk
        for span in item["evidence"]
    ]
    spans += [
        MarkedSpan(number=item["number"], start=span["start"], end=span["end"], kind="chosen")
        for item in chosen
        for span in item["own"]
        if span["document"] == document.document_id
    ]
    return cut(document.text, spans, [edge for _, place in runs for edge in (place.start, place.end)])
