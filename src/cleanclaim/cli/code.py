"""`cleanclaim code`: suggestions with evidence, for one note or many."""

from __future__ import annotations

import datetime as dt
import json as json_module
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from cleanclaim.claims.setting import Setting
from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.files import LARGEST_NOTE_BYTES, in_file, json_lines, read_text, writing
from cleanclaim.cli.output import DONE, UNREADABLE, complain, print_json, print_table, progress, say
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.json import plain

_CHUNK = 16


def code(
    note: Path | None = None,
    *,
    batch: Path | None = None,
    out: Path | None = None,
    setting: str = "outpatient",
    on: str = "",
    earlier: list[Path] | None = None,
    json: bool = False,
) -> int:
    """Suggest codes for a note, each with the words it stands on.

    Args:
        note: a text file below 10,000,000 bytes; of one longer than 300,000 characters both ends are read, and the
            answer says what was passed over.
        batch: a file of JSON lines {"id", "text", "setting", "on"} instead of one note.
        out: where the answers of a batch go, as JSON lines.
        setting: outpatient, inpatient or ed.
        on: the date of service (discharge, for a stay) as YYYY-MM-DD; left out, today.
        earlier: an earlier note of the same patient (again for more): sentences that were carried over from it are
            told, and codes that stand on nothing else. A line of a batch may have "earlier", a list of texts.
        json: print JSON.
    """
    if batch is not None:
        if out is None or note is not None or earlier:
            raise InputError(
                "a batch needs --out and no single note", fix="give --batch IN.jsonl --out OUT.jsonl"
            )
        return _batch(batch, out, json=json)
    if note is None:
        raise InputError("there is no note", fix="name a text file, or give --batch and --out")
    if out is not None:
        raise InputError("--out belongs to a batch", fix="redirect the output, or give --batch")
    chosen, day = _setting(setting), day_or_today(on, "--on")
    with in_file(note):
        text = read_text(note, largest=LARGEST_NOTE_BYTES)
        answer = _answer(text, chosen, day, _earlier(earlier or []))
    if json:
        print_json(answer)
    else:
        _print(answer)
    return DONE


def _earlier(files: list[Path]) -> list[tuple[str, str]]:
    """The name and the text of each earlier note."""
    found = []
    for path in files:
        with in_file(path):
            found.append((path.name, read_text(path, largest=LARGEST_NOTE_BYTES)))
    return found


def _answer(
    text: str, setting: Setting, on: dt.date, earlier: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    if not text.strip():
        raise InputError("the note is empty", fix="give a note with text")
    from cleanclaim.codesets.book import open_book
    from cleanclaim.coding.suggest import suggest

    result = suggest(text, setting=setting, on=on, book=open_book())
    shape = plain(result)
    answer = {"suggestions": shape.pop("suggestions"), "em": shape.pop("em"), **shape}
    if setting is Setting.INPATIENT:
        _add_severity(answer["suggestions"], on)
    if earlier:
        from cleanclaim.coding.copied import EarlierNote, copied_text

        notes = [EarlierNote(before, name=name) for name, before in earlier]
        answer["copied"] = plain(copied_text(text, result, notes, setting))
    return answer


def _add_severity(suggestions: list[dict[str, Any]], on: dt.date) -> None:
    """Tell of each secondary diagnosis of a stay whether it counts as CC or MCC beside the principal one."""
    from cleanclaim.codesets.book import open_book
    from cleanclaim.coding.severity import severities

    proposed = [
        item for item in suggestions if item["system"] == "ICD-10-CM" and item["status"] == "suggested"
    ]
    found = severities([item["code"] for item in proposed], open_book(), on)
    for item in proposed:
        severity = found.get(item["code"])
        item["severity"] = plain(severity) if severity is not None else None


def _batch(source: Path, target: Path, *, json: bool) -> int:
    rows = json_lines(source)
    failed = 0
    with writing(target, never=source) as handle, progress(quiet=json) as bar:
        task = bar.add_task("coding", total=len(rows))
        for line, read in _answers(rows):
            failed += not read
            handle.write(line.encode() + b"\n")
            bar.advance(task)
    if json:
        print_json({"out": str(target), "notes": len(rows), "failed": failed})
    if failed:
        complain(f"cleanclaim: {failed} of {len(rows)} notes could not be read; their lines say why.")
    return UNREADABLE if failed else DONE


def _answers(rows: list[tuple[int, Any]]) -> Iterator[tuple[str, bool]]:
    workers = min(os.cpu_count() or 1, max(1, len(rows) // _CHUNK))
    if workers == 1:
        yield from map(_one, rows)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_one, rows, chunksize=_CHUNK)


def _one(row: tuple[int, Any]) -> tuple[str, bool]:
    """The answer to one line, and whether the line could be read; its fault stays in its own line."""
    number, item = row
    identifier = item.get("id") if isinstance(item, dict) else None
    answer: dict[str, Any]
    try:
        answer, read = _answer_to(item), True
    except CleanClaimError as error:
        where = f"line {number}, {error.where}" if error.where else f"line {number}"
        told = InputError(error.what, where=where, why=error.why, fix=error.fix)
        answer, read = {"error": told.sentence()}, False
    return json_module.dumps({"id": identifier, **answer}, ensure_ascii=False, allow_nan=False), read


def _answer_to(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise InputError("the line has no text", fix='write {"id", "text", "setting", "on"}')
    setting = _setting(item.get("setting") or Setting.OUTPATIENT.value)
    given = item.get("earlier") or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise InputError(
            "the earlier notes are no list of texts", where="earlier", fix="write a list of texts"
        )
    earlier = [(f"earlier {number}", one) for number, one in enumerate(given, 1)]
    return _answer(item["text"], setting, day_or_today(item.get("on") or "", "on"), earlier)


def _setting(given: object) -> Setting:
    try:
        return Setting(str(given).lower())
    except ValueError:
        raise InputError("this is no setting", fix="use outpatient, inpatient or ed") from None


def _print(answer: dict[str, Any]) -> None:
    rows = [
        (
            item["status"],
            item["system"],
            item["code"],
            item["description"],
            f"{item['confidence']:.2f}",
            " | ".join(span["text"].replace("\n", " ") for span in item["evidence"])[:80],
            "; ".join(reason["text"] for reason in item["because"]),
        )
        for item in answer["suggestions"]
    ]
    columns = ("status", "system", "code", "description", "confidence", "evidence", "because")
    print_table("Suggestions", columns, rows, right=("confidence",))
    if answer["em"]:
        say(f"E/M: {answer['em']['code']} by {answer['em']['by']} ({answer['em']['level']})")
    for one in answer["conflicting"]:
        said = "; ".join(" ".join(span["text"].split()) for span in one["evidence"])
        say(f"Contradicted: {one['code']} is named in one place and said to be absent in another ({said})")
    for question in answer["holds"]:
        say(f"Question: {question}")
    for what in answer["missing"]:
        say(f"Missing to bill the visit: {what}")
    for told in answer["not_read"]:
        say(f"Not read: {told}")
    if "copied" in answer:
        _print_copied(answer["copied"])


def _print_copied(copied: dict[str, Any]) -> None:
    for one in copied["sentences"]:
        say(f"Carried over from {one['name']}: {' '.join(one['span']['text'].split())}")
    for one in copied["only"]:
        say(f"{one['code']}: {one['because']['text']}")
    if not copied["sentences"]:
        say("No sentence was carried over from the earlier note.")
