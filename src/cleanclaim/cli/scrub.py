"""`cleanclaim scrub`: the findings of every edit on an 837 or on claims as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.records import claim_from_json
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
    report = scrub(read_claims(file), context)
    if json:
        print_json(report_shape(report))
    else:
        _print(report)
    return DONE if report.is_clean() else FINDINGS


def read_claims(file: Path) -> list[AnyClaim]:
    """The claims of an 837 or of a file of JSON lines.

    Raises:
        InputError: it is neither.
    """
    data = read_bytes(file)
    if data.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"{":
        lines = text_lines(file)
        return [claim_from_json(line, where=f"{file}, line {number}") for number, line in lines]
    if data.lstrip()[:3].upper() != b"ISA":
        raise InputError(
            "this is no file of claims",
            where=str(file),
            why="it is neither an 837 nor JSON lines",
            fix="give one of these",
        )
    from cleanclaim.x12 import read_837

    with in_file(file):
        claims = [item.claim for item in read_837(data)]
        if not claims:
            raise InputError("the file holds no claim", fix="choose a file of claims")
    return claims


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
