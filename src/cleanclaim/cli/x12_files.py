"""`cleanclaim x12 check`, `x12 copy` and `x12 show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cleanclaim import x12
from cleanclaim.cli.files import in_file, read_bytes, writing
from cleanclaim.cli.output import DONE, FINDINGS, UNREADABLE, print_json, say
from cleanclaim.kernel.errors import InputError


def copy(source: Path, target: Path, *, json: bool = False) -> int:
    """Read an X12 file and write it back, byte for byte.

    Args:
        source: the file to read.
        target: the file to write; it must not be the same one.
        json: say what was done as JSON.
    """
    data = x12.copy(read_bytes(source))
    with writing(target, never=source) as handle:
        handle.write(data)
    if json:
        print_json({"source": str(source), "target": str(target), "bytes": len(data)})
    return DONE


def show(file: Path, *, json: bool = False) -> int:
    """Tell an X12 file in words.

    Args:
        file: an interchange.
        json: the words and the sets as JSON.
    """
    data = read_bytes(file)
    with in_file(file):
        words, sets = x12.show(data), list(x12.sniff(data))
    if json:
        print_json({"file": str(file), "sets": sets, "words": words.splitlines()})
    else:
        sys.stdout.write(words if words.endswith("\n") else words + "\n")
    return DONE


def check(*files: Path, level: int = 5, json: bool = False) -> int:
    """Judge X12 files: the verdict per file, transaction and claim, with findings.

    Args:
        files: one or more interchanges.
        level: the highest SNIP type to test, 1 to 7; 6 and 7 are what a payer with a pack of rules asks for.
        json: print JSON.
    """
    if not files:
        raise InputError("there is no file to check", fix="name one or more X12 files")
    if not 1 <= level <= 7:
        raise InputError("the level is not 1 to 7", fix="give a SNIP type such as --level 4")
    reports = []
    for file in files:
        report = _report(file, x12.check(read_bytes(file), level))
        reports.append(report)
        if not json:
            _say_report(report)
    if json:
        print_json(reports)
    verdicts = {report["verdict"] for report in reports}
    if "unreadable" in verdicts:
        return UNREADABLE
    return FINDINGS if "rejected" in verdicts else DONE


def _report(file: Path, verdict: x12.FileVerdict) -> dict[str, Any]:
    return {
        "file": str(file),
        "verdict": verdict.verdict,
        "transactions": [
            {
                "set": item.set,
                "version": item.version,
                "control": item.control,
                "verdict": item.verdict,
                "claims": [one._asdict() for one in item.claims],
                "findings": [_finding(one) for one in item.findings],
            }
            for item in verdict.transactions
        ],
        "findings": [_finding(one) for one in verdict.findings],
    }


def _finding(one: x12.X12Finding) -> dict[str, Any]:
    return {
        "snip": one.snip,
        "severity": one.severity,
        "code": one.code,
        "segment": one.segment,
        "element": one.element,
        "loop": one.loop,
        "claim": one.claim,
        "message": one.message,
        "fix": one.fix,
    }


def _say_report(report: dict[str, Any]) -> None:
    say(f"{report['file']}: {report['verdict']}")
    for item in report["transactions"]:
        claims = item["claims"]
        rejected = sum(claim["verdict"] == "rejected" for claim in claims)
        told = f", {len(claims)} claims, {rejected} rejected" if claims else ""
        say(f"  {item['set']} {item['control']}: {item['verdict']}{told}")
        for one in item["findings"]:
            _say_finding(one)
    for one in report["findings"]:
        _say_finding(one)


def _say_finding(one: dict[str, Any]) -> None:
    claim = f", claim {one['claim']}" if one["claim"] else ""
    weight = "" if one["severity"] == "error" else f" ({one['severity']})"
    fix = one["fix"][:1].upper() + one["fix"][1:]
    say(f"    SNIP {one['snip']}{weight}, segment {one['segment']}{claim}: {one['message']}. {fix}.")
