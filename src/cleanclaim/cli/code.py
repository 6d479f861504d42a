"""`cleanclaim code`: suggestions with evidence, for one note or many."""

from __future__ import annotations

import datetime as dt
import json as json_module
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from cleanclaim.claims.encounter import Setting
from cleanclaim.cli.output import (
    DONE,
    UNREADABLE,
    complain,
    json_lines,
    print_json,
    print_table,
    progress,
    read_text,
    say,
)
from cleanclaim.kernel.dates import parse_date
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
        note: a text file.
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
        return _batch(batch, out)
    if note is None:
        raise InputError("there is no note", fix="name a text file, or give --batch and --out")
    answer = _answer(read_text(note), _setting(setting), _day(on), str(note))
    if json:
        print_json(answer)
    else:
        _print(answer)
    return DONE


def _answer(text: str, setting: Setting, on: dt.date, where: str) -> dict[str, Any]:
    from cleanclaim.codesets.book import open_book
    from cleanclaim.coding.suggest import suggest

    if not text.strip():
        raise InputError("the note is empty", where=where, fix="give a note with text")
    result = suggest(text, setting=setting, on=on, book=open_book())
    shape = plain(result)
    return {
        "suggestions": shape["suggestions"],
        "em": shape["em"],
        **{k: shape[k] for k in shape if k not in ("suggestions", "em")},
    }


def _batch(source: Path, target: Path) -> int:
    rows = json_lines(source)
    failed = 0
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    except OSError as error:
        raise InputError(
            "the answers cannot be written", where=str(target), why=(error.strerror or "").lower()
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle, progress() as bar:
            task = bar.add_task("coding", total=len(rows))
            for line in _answers(rows):
                failed += '"error"' in line[:200] and "suggestions" not in json_module.loads(line)
                handle.write(line + "\n")
                bar.advance(task)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    if failed:
        complain(f"cleanclaim: {failed} of {len(rows)} notes could not be read; their lines say why.")
    return UNREADABLE if failed else DONE


def _answers(rows: list[tuple[int, Any]]) -> Iterator[str]:
    workers = min(os.cpu_count() or 1, max(1, len(rows) // _CHUNK))
    if workers == 1:
        yield from map(_one, rows)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_one, rows, chunksize=_CHUNK)


def _one(row: tuple[int, Any]) -> str:
    number, item = row
    identifier = item.get("id") if isinstance(item, dict) else None
    try:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise InputError(
                "the line has no text", where=f"line {number}", fix='write {"id", "text", "setting", "on"}'
            )
        setting = _setting(item.get("setting") or "outpatient")
        answer = _answer(item["text"], setting, _day(item.get("on") or ""), f"line {number}")
    except CleanClaimError as error:
        return json_module.dumps({"id": identifier, "error": error.sentence()}, ensure_ascii=False)
    return json_module.dumps({"id": identifier, **answer}, ensure_ascii=False)


def _setting(given: str) -> Setting:
    try:
        return Setting(given.lower())
    except ValueError:
        raise InputError(f"{given!r} is no setting", fix="use outpatient, inpatient or ed") from None


def _day(given: str) -> dt.date:
    return parse_date(given, where="--on") if given else dt.datetime.now(dt.UTC).date()


def _print(answer: dict[str, Any]) -> None:
    rows = []
    for item in answer["suggestions"]:
        words = " | ".join(span["text"].replace("\n", " ") for span in item["evidence"])[:80]
        because = "; ".join(reason["text"] for reason in item["because"])
        rows.append(
            (
                item["status"],
                item["system"],
                item["code"],
                item["description"],
                f"{item['confidence']:.2f}",
                words,
                because,
            )
        )
    columns = ("status", "system", "code", "description", "confidence", "evidence", "because")
    print_table("Suggestions", columns, rows, right=("confidence",))
    if answer["em"]:
        say(f"E/M: {answer['em']['code']} by {answer['em']['by']} ({answer['em']['level']})")
