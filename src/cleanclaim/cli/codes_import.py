"""`cleanclaim codes import`: official files into the store of this home, with a summary of what they change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleanclaim.cli.breaks import breaks_of
from cleanclaim.cli.output import DONE, UNREADABLE, complain, print_json, print_table, progress, say
from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.impact import Break
from cleanclaim.codesets.imports.load import ImportChoices, ImportSummary, import_files
from cleanclaim.codesets.store import imported_path
from cleanclaim.kernel.dates import parse_date

_SHOWN = 10
_SHOWN_BREAKS = 40


def import_sets(
    files: Sequence[Path],
    /,
    *,
    effective: str = "",
    setting: str = "",
    list: str = "",
    older: bool = False,
    smaller: bool = False,
    json: bool = False,
) -> int:
    """Load official files, all of them or none; each is recognised by its content, never by its name.

    Args:
        files: code sets, edit tables and fee schedules as published, also as zip or gz; several make up one release.
        effective: the first day of the release, YYYY-MM-DD, where the files do not tell it.
        setting: practitioner, hospital or supplier, where the files do not tell it.
        list: CARC, RARC, CLAIM-STATUS, CLAIM-STATUS-CATEGORY or REVENUE, for a table of your own that does not say so.
        older: load a release that is older than the loaded one.
        smaller: load a release that has less than half the rows of the loaded one.
        json: print JSON.
    """
    if not files:
        complain("cleanclaim: no file is named. Give one or more official files.")
        return UNREADABLE
    choices = ImportChoices(
        effective=parse_date(effective, where="--effective") if effective else None,
        setting=setting,
        own_list=list.strip().upper(),
        allow_older=older,
        allow_smaller=smaller,
    )
    with progress(quiet=json) as bar:
        tasks: dict[str, Any] = {}

        def show(name: str, rows: int) -> None:
            task = tasks.get(name) or tasks.setdefault(name, bar.add_task(name, total=None))
            bar.update(task, completed=rows)

        done = import_files(
            files, imported_path(), now=dt.datetime.now(dt.UTC), choices=choices, progress=show
        )
    breaks, not_compared = breaks_of(done, open_book())
    if json:
        print_json([_shape(item, breaks) for item in done])
    else:
        _print(done)
        for found in breaks[:_SHOWN_BREAKS]:
            say(f"{found.text()}.")
        if len(breaks) > _SHOWN_BREAKS:
            say(f"... and {len(breaks) - _SHOWN_BREAKS} more; --json lists all.")
    if not_compared:
        complain(f"cleanclaim: {not_compared}")
    return DONE


def _shape(item: ImportSummary, breaks: tuple[Break, ...]) -> dict[str, Any]:
    return {
        "set": item.set_name,
        "setting": item.setting,
        "release": item.release,
        "valid_from": item.first,
        "valid_to": item.last,
        "rows": item.rows,
        "added": item.added,
        "changed": item.changed,
        "ended": item.ended,
        "against": item.against,
        "ended_keys": list(item.ended_keys),
        "changed_keys": list(item.changed_keys),
        "already_loaded": item.already_loaded,
        "said": list(item.said),
        "breaks": [
            {
                "code": found.used.code,
                "system": found.used.system,
                "where": found.used.where,
                "kind": found.kind,
                "on": found.on,
                "text": found.text(),
            }
            for found in breaks
            if found.set_name == item.set_name
        ],
    }


def _print(done: list[ImportSummary]) -> None:
    rows = [
        (
            item.set_name + (f" {item.setting}" if item.setting else ""),
            item.release,
            f"{item.rows:,}",
            str(item.first or ""),
            str(item.last or ""),
            "loaded before" if item.already_loaded else f"{item.added:,}",
            f"{item.changed:,}",
            f"{item.ended:,}",
            item.against,
        )
        for item in done
    ]
    columns = ("set", "release", "rows", "valid from", "valid to", "added", "changed", "ended", "against")
    print_table("Imported", columns, rows, right=("rows", "added", "changed", "ended"))
    for item in done:
        for remark in item.said:
            say(f"{item.set_name}: {remark}.")
        if item.ended_keys and item.against:
            shown = ", ".join(item.ended_keys[:_SHOWN])
            say(f"{item.set_name}: ended: {shown}{' ...' if item.ended > _SHOWN else ''}")
