"""`cleanclaim x12 check`, `x12 copy` and `x12 show`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanclaim import x12
from cleanclaim.cli.files import in_file, read_bytes, writing
from cleanclaim.cli.mapped import MappedFile, mapped
from cleanclaim.cli.output import DONE, FINDINGS, UNREADABLE, print_json, progress, say
from cleanclaim.cli.scrub import unread_shape
from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.acknowledgements.sent_claims import sent_file as claims_sent
from cleanclaim.x12.in_words import said_of
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.kinds import refuse_others

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_MEGABYTE = 1_000_000
_MARK = b"\xef\xbb\xbf"


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


def show(file: Path, *, claims: Path | None = None, json: bool = False) -> int:
    """Tell an X12 file in words.

    A claim or a set that cannot be read is told by the reason why, in its place, and the exit status is 1. Where the
    file breaks off, what stands before is told and the status is 2.

    Args:
        file: an interchange.
        claims: the claims that were sent, in whose words a TA1, 999 or 277CA is then told.
        json: the words and the sets as JSON.
    """
    data = read_bytes(file)
    sent = None
    if claims is not None:
        sent = read_bytes(claims)
        with in_file(claims):
            claims_sent(sent)
    told: list[str] = []
    unread: list[x12.Unread] = []
    with in_file(file):
        for item in x12.tell(data, sent):
            if isinstance(item, x12.Unread):
                unread.append(item)
            _tell(said_of(item), told if json else None)
        if json:
            sets = list(x12.sniff(data))
            print_json({"file": str(file), "sets": sets, "words": told, **unread_shape(unread)})
    return FINDINGS if unread else DONE


def _tell(line: str, kept: list[str] | None) -> None:
    if kept is None:
        say(line)
    else:
        kept.append(line)


def check(*files: Path, level: int = 5, json: bool = False) -> int:
    """Judge X12 files: the verdict per file, transaction and claim, with findings.

    Files of any size are judged in flat memory; a progress bar stands on standard error while that takes.

    Args:
        files: one or more interchanges.
        level: the highest SNIP type to test, 1 to 7; 6 and 7 are what a payer with a pack of rules asks for.
        json: print JSON.
    """
    if not files:
        raise InputError("there is no file to check", fix="name one or more X12 files")
    if not 1 <= level <= 7:
        raise InputError("the level is not 1 to 7", fix="give a SNIP type such as --level 4")
    report = JsonReport() if json else PlainReport()
    verdicts = set()
    with contextlib.ExitStack() as stack:
        bar = stack.enter_context(progress(quiet=json))
        opened = [stack.enter_context(_watched(file, bar)) for file in files]
        for file, data in zip(files, opened, strict=True):
            verdicts.add(_judge(file, data, level, report))
    report.close()
    if "unreadable" in verdicts:
        return UNREADABLE
    return FINDINGS if "rejected" in verdicts else DONE


def _watched(file: Path, bar: Progress) -> contextlib.AbstractContextManager[MappedFile | bytes]:
    """A file whose reading moves a bar, once it is large enough for anybody to wait for it."""
    task: list[TaskID] = []

    def watch(place: int) -> None:
        if not task:
            task.append(bar.add_task(f"{file.name}, MB", total=file.stat().st_size // _MEGABYTE))
        bar.update(task[0], completed=place // _MEGABYTE)

    return mapped(file, watch)


def _judge(file: Path, data: Bytes, level: int, report: JsonReport | PlainReport) -> str:
    """Judge one file and report set by set, so that nothing of it is kept; answers its verdict."""
    report.open(file)
    try:
        if data[:3] != _MARK:
            refuse_others(data)
    except InputError:
        found = x12.check(data, level)
        report.end(found.verdict, found.findings)
        return found.verdict
    judge, sets, bad = x12.Judge(level=level), 0, False
    for item in judge.transactions(data):
        report.set(item)
        sets, bad = sets + 1, bad or item.verdict == "rejected"
    bad = bad or any(one.severity == "error" for one in judge.loose)
    verdict = "unreadable" if not judge.saw_interchange else "rejected" if bad or not sets else "accepted"
    findings = judge.loose if sets or bad else x12.check(data, level).findings
    report.end(verdict, findings)
    return verdict


class PlainReport:
    """The report for a person, one line per verdict and per finding, as they come."""

    def open(self, file: Path) -> None:
        """A file begins."""
        self._file = file

    def set(self, item: x12.TransactionVerdict) -> None:
        """A transaction set was judged."""
        rejected = sum(claim.verdict == "rejected" for claim in item.claims)
        told = f", {len(item.claims)} claims, {rejected} rejected" if item.claims else ""
        say(f"  {item.set} {item.control}: {item.verdict}{told}")
        for one in item.findings:
            _say_finding(one)

    def end(self, verdict: str, findings: Sequence[x12.X12Finding]) -> None:
        """A file ends: what is wrong with it as a whole, and its verdict."""
        for one in findings:
            _say_finding(one)
        say(f"{self._file}: {verdict}")

    def close(self) -> None:
        """All files are judged."""


class JsonReport:
    """The report as one JSON list, written as it comes, a set a line."""

    def __init__(self) -> None:
        self._files = self._sets = 0

    def open(self, file: Path) -> None:
        """A file begins."""
        self._write(f'{"," if self._files else "["}\n{{"file": {dumps(str(file))}, "transactions": [')
        self._files, self._sets = self._files + 1, 0

    def set(self, item: x12.TransactionVerdict) -> None:
        """A transaction set was judged."""
        shape = {
            "set": item.set,
            "version": item.version,
            "control": item.control,
            "verdict": item.verdict,
            "claims": [one._asdict() for one in item.claims],
            "findings": [_finding(one) for one in item.findings],
        }
        self._write(f"{',' if self._sets else ''}\n {dumps(shape, ensure_ascii=False)}")
        self._sets += 1

    def end(self, verdict: str, findings: Sequence[x12.X12Finding]) -> None:
        """A file ends."""
        shown = dumps([_finding(one) for one in findings], ensure_ascii=False)
        self._write(f'], "findings": {shown}, "verdict": {dumps(verdict)}}}')

    def close(self) -> None:
        """All files are judged."""
        self._write("\n]\n")

    def _write(self, text: str) -> None:
        sys.stdout.write(text)


def _finding(one: x12.X12Finding) -> dict[str, Any]:
    return {
        "snip": one.snip,
        "severity": one.severity,
        "code": one.code,
        "segment": one.segment,
        "offset": one.offset,
        "element": one.element,
        "loop": one.loop,
        "claim": one.claim,
        "message": one.message,
        "fix": one.fix,
    }


def _say_finding(one: x12.X12Finding) -> None:
    claim = f", claim {one.claim}" if one.claim else ""
    weight = "" if one.severity == "error" else f" ({one.severity})"
    fix = one.fix[:1].upper() + one.fix[1:]
    place = f"segment {one.segment}" + (f" at byte {one.offset}" if one.offset >= 0 else "")
    say(f"    SNIP {one.snip}{weight}, {place}{claim}: {one.message}. {fix}.")
