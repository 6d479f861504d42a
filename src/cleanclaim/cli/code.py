"""`cleanclaim code`: suggestions with evidence, for one note or many."""

from __future__ import annotations

import datetime as dt
import json as json_module
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from cleanclaim.claims.encounter import Setting
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
    json: bool = False,
) -> int:
    """Suggest codes for a note, each with the words it stands on.

    Args:
        note: a text file below 10,000,000 bytes; of one longer than 4,000,000 characters both ends are read, and the
            answer says what was passed over.
        batch: a file of JSON lines {"id", "text", "setting", "on"} instead of one note.
        out: where the answers of a batch go, as JSON lines.
        setting: outpatient, inpatient or ed.
        on: the date of service (discharge, for a stay) as YYYY-MM-DD; left out, today.
        json: print JSON.
    """
    if batch is not None:
        if out is None or note is not None:
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
        answer = _answer(read_text(note, largest=LARGEST_NOTE_BYTES), chosen, day)
    if json:
        print_json(answer)
    else:
        _print(answer)
    return DONE


def _answer(text: str, setting: Setting, on: dt.date) -> dict[str, Any]:
    if not text.strip():
        raise InputError("the note is empty", fix="give a note with text")
    from cleanclaim.codesets.book import open_book
    from cleanclaim.coding.suggest import suggest

    shape = plain(suggest(text, setting=setting, on=on, book=open_book()))
    return {"suggestions": shape.pop("suggestions"), "em": shape.pop("em"), **shape}


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
    return _answer(item["text"], setting, day_or_today(item.get("on") or "", "on"))


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
    for what in answer["missing"]:
        say(f"Missing to bill the visit: {what}")
    for told in answer["not_read"]:
        say(f"Not read: {told}")
