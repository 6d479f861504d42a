"""`cleanclaim scrub`: the findings of every edit on an 837 or on claims as JSON lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.records import claim_from_json
from cleanclaim.claims.unread import Unread
from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.files import in_file, read_bytes, text_lines
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.store import imported_sets
from cleanclaim.edits import ScrubContext, ScrubReport, scrub
from cleanclaim.edits.imported_tables import tables_from
from cleanclaim.kernel.errors import InputError

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def scrub_file(file: Path, *, asof: str = "", json: bool = False) -> int:
    """Scrub the claims of a file.

    Args:
        file: an 837, or claims as JSON lines.
        asof: the day on which the claims are to be sent, YYYY-MM-DD; left out, today.
        json: print JSON.
    """
    day = day_or_today(asof, "--asof")
    context = ScrubContext(asof=day, book=open_book(), tables=tables_from(imported_sets()))
    claims, unread = read_claims(file)
    report = scrub(claims, context)
    if json:
        print_json({**report_shape(report), **unread_shape(unread)})
    else:
        _print(report)
        for item in unread:
            say(f"Not scrubbed: {item.sentence()}")
    return DONE if report.is_clean() and not unread else FINDINGS


def read_claims(file: Path) -> tuple[list[AnyClaim], list[Unread]]:
    """The claims of an 837 or of a file of JSON lines, and what of an 837 cannot be read.

    Raises:
        InputError: it is neither, or nothing in it can be read.
    """
    data = read_bytes(file)
    if data.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"{":
        lines = text_lines(file)
        return [claim_from_json(line, where=f"{file}, line {number}") for number, line in lines], []
    if data.lstrip()[:3].upper() != b"ISA":
        raise InputError(
            "this is no file of claims",
            where=str(file),
            why="it is neither an 837 nor JSON lines",
            fix="give one of these",
        )
    from cleanclaim.x12 import read_each_837

    with in_file(file):
        found = read_each_837(data)
    claims = [item.claim for item in found if not isinstance(item, Unread)]
    return claims, [item for item in found if isinstance(item, Unread)]


def unread_shape(unread: Sequence[Unread]) -> dict[str, Any]:
    """What could not be read, as a key of its own where there is any."""
    shown = [{"claim": item.claim_id, "segment": item.segment, "reason": item.sentence()} for item in unread]
    return {"unread": shown} if shown else {}


def report_shape(report: ScrubReport) -> dict[str, Any]:
    """The contract's shape of a scrub report."""
    return {
        "claims": [
            {
                "claim": claim.claim,
                "verdict": claim.verdict,
                "findings": [
                    {
                        "edit": item.edit,
                        "severity": item.severity,
                        "line": item.line,
                        "field": item.field,
                        "message": item.message,
                        "fix": item.fix,
                        "citation": item.citation,
                    }
                    for item in claim.findings
                ],
            }
            for claim in report.claims
        ],
        "not_checked": [{"edit": item.edit, "reason": item.reason} for item in report.not_checked],
    }


def _print(report: ScrubReport) -> None:
    rows = [
        (claim.claim, item.severity.value, item.edit, str(item.line or ""), item.message, item.fix)
        for claim in report.claims
        for item in claim.findings
    ]
    print_table("Findings", ("claim", "severity", "edit", "line", "what", "what to do"), rows)
    held = sum(claim.verdict.value == "hold" for claim in report.claims)
    say(f"{len(report.claims)} claims, {held} on hold.")
    for item in report.not_checked:
        say(f"Not checked: {item.edit}: {item.reason}")
