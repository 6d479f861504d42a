"""The answers to an interchange received: TA1 for its envelope, 999 for its groups, from what the judge found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import define, field, frozen

from cleanclaim.claims.acknowledgement import Verdict
from cleanclaim.codesets.book import CodeBook
from cleanclaim.x12.acknowledgements.answer_codes import FIT, group_code, interchange_code
from cleanclaim.x12.acknowledgements.answer_rows import is_plain, set_rows
from cleanclaim.x12.acknowledgements.write_acknowledgements import ta1_bytes
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.judging.judge import check
from cleanclaim.x12.judging.verdict import TransactionVerdict
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.reader import Segment, tokens
from cleanclaim.x12.syntax.rows import Row, row
from cleanclaim.x12.syntax.writer import IMPLEMENTATION_ACKNOWLEDGEMENT, interchange

_NEVER_ANSWERED = "FA"
_CONTENTS = "024"
_MOST_CODES = 5


@frozen(kw_only=True)
class Answers:
    """What is sent back for one interchange.

    ``ta1`` is an interchange of its own; ``implementation`` holds one 999 per group, or is None where the
    interchange was rejected or holds nothing that a 999 answers. ``accepted`` and ``rejected`` count its
    transaction sets.
    """

    interchange_control_number: str
    verdict: Verdict
    note_code: str
    ta1: bytes
    implementation: bytes | None = None
    accepted: int = 0
    rejected: int = 0


@define(eq=False)
class _Set:
    st: Segment
    verdict: TransactionVerdict | None = None


@define(eq=False)
class _Group:
    gs: Segment
    sets: list[_Set] = field(factory=list)
    stated: str = ""
    findings: list[X12Finding] = field(factory=list)


@define(eq=False)
class _Received:
    """One interchange as far as its envelopes can be made out."""

    isa: Segment
    last: int
    groups: list[_Group] = field(factory=list)
    findings: list[tuple[str, X12Finding]] = field(factory=list)


def answer(
    received: Bytes, envelope: Callable[[Segment], Envelope], *, level: int = 4, book: CodeBook | None = None
) -> tuple[Answers, ...]:
    """Judge what was received up to a SNIP level and write the answers, one `Answers` per interchange.

    ``envelope`` is asked for a fresh envelope with numbers of its own for every interchange that is sent back, and
    is shown the ISA received. An interchange whose envelope is broken is rejected by its TA1 and gets no 999; a
    group is accepted, accepted in part or rejected by the verdicts on its sets.

    Raises:
        X12Error: there is no ISA, so that nobody can be answered.
    """
    found = check(received, level, book=book)
    interchanges = _interchanges(received)
    if not interchanges:
        raise X12Error("nobody can be answered", why="there is no ISA segment", fix="ask for an X12 file")
    names = _place_findings(interchanges, found.transactions, found.findings)
    wanted = {one.segment for item in found.transactions for one in item.findings}
    segments = (token for token in tokens(received) if isinstance(token, Segment))
    known = {segment.ordinal: segment for segment in segments if segment.ordinal in wanted}
    return tuple(_answers(item, envelope, known) for item in names)


def _interchanges(received: Bytes) -> list[_Received]:
    found: list[_Received] = []
    for token in tokens(received):
        if not isinstance(token, Segment):
            continue
        name = token.id
        if name == "ISA":
            found.append(_Received(token, token.ordinal))
        elif found:
            found[-1].last = token.ordinal
            _note(found[-1], token)
    return found


def _note(here: _Received, segment: Segment) -> None:
    if segment.id == "GS":
        here.groups.append(_Group(segment))
    elif segment.id == "ST" and here.groups:
        here.groups[-1].sets.append(_Set(segment))
    elif segment.id == "GE" and here.groups:
        here.groups[-1].stated = segment.get(1)


def _place_findings(
    interchanges: list[_Received],
    verdicts: Sequence[TransactionVerdict],
    loose: Sequence[X12Finding],
) -> list[_Received]:
    """Give every finding to the set, the group or the interchange whose segment it is about."""
    by_st = {item.segment: item for item in verdicts}
    for here in interchanges:
        for group in here.groups:
            for one in group.sets:
                one.verdict = by_st.get(one.st.ordinal)
    for finding in [*loose, *(one for item in verdicts for one in item.findings)]:
        if finding.severity != "error":
            continue
        here = next(
            (item for item in reversed(interchanges) if item.isa.ordinal <= finding.segment), interchanges[0]
        )
        _place(here, finding)
    return interchanges


def _place(here: _Received, finding: X12Finding) -> None:
    if finding.segment in {here.isa.ordinal, 0} or finding.element[:3] in {"ISA", "IEA"}:
        here.findings.append(("ISA", finding))
    elif finding.element[:2] in {"GS", "GE"}:
        group = next((item for item in reversed(here.groups) if item.gs.ordinal <= finding.segment), None)
        if group is not None:
            group.findings.append(finding)
        else:
            here.findings.append(("GS", finding))
    elif any(item.gs.ordinal == finding.segment for item in here.groups):
        next(item for item in here.groups if item.gs.ordinal == finding.segment).findings.append(finding)
    elif finding.code in {"MISPLACED", "CUT-OFF", "NOT-X12", "BYTE-ORDER-MARK"}:
        here.findings.append(("", finding))


def _answers(here: _Received, envelope: Callable[[Segment], Envelope], known: dict[int, Segment]) -> Answers:
    code = next((interchange_code(one, name) for name, one in here.findings), FIT)
    if code == FIT and not all(_can_be_named(item.gs) for item in here.groups):
        code = _CONTENTS
    number = here.isa.get(13)
    verdict = Verdict.ACCEPTED if code == FIT else Verdict.REJECTED
    ta1 = ta1_bytes(here.isa, envelope(here.isa), code)
    groups = [item for item in here.groups if item.gs.get(1) != _NEVER_ANSWERED]
    if code != FIT or not groups:
        return Answers(interchange_control_number=number, verdict=verdict, note_code=code, ta1=ta1)
    bodies = [list(_group_rows(item, known)) for item in groups]
    sets = [one for item in groups for one in item.sets]
    rejected = sum(_is_rejected(one, item) for item in groups for one in item.sets)
    if rejected:
        verdict = Verdict.ACCEPTED_WITH_ERRORS if rejected < len(sets) else Verdict.REJECTED
    return Answers(
        interchange_control_number=number,
        verdict=verdict,
        note_code=code,
        ta1=ta1,
        implementation=interchange(IMPLEMENTATION_ACKNOWLEDGEMENT, bodies, envelope(here.isa)),
        accepted=len(sets) - rejected,
        rejected=rejected,
    )


def _is_rejected(one: _Set, group: _Group) -> bool:
    if group.findings or one.verdict is None or not _can_be_named(one.st):
        return True
    return any(_counts(finding) for finding in one.verdict.findings)


def _can_be_named(header: Segment) -> bool:
    """Whether what AK1 or AK2 repeats of a GS or ST has the shape that those may carry.

    Where a GS has not, nobody would know what is answered, and the interchange is rejected as a whole; a set that
    cannot be named is counted and rejected in AK9 alone.
    """
    if header.id == "GS":
        kind, number, version = header.get(1), header.get(6), header.get(8)
        fit = len(kind) == 2 and 1 <= len(version) <= 12
        fit = fit and 1 <= len(number) <= 9 and number.isascii() and number.isdigit()
    else:
        kind, number, version = header.get(1), header.get(2), header.get(3)
        fit = len(kind) == 3 and 4 <= len(number) <= 9 and len(version) <= 35
    return fit and all(is_plain(text) and text == text.strip() for text in (kind, number, version))


def _counts(finding: X12Finding) -> bool:
    """Whether a finding of a set rejects it: those of GS, GE and IEA are told elsewhere."""
    return finding.severity == "error" and finding.element[:3] not in {"ISA", "IEA"}


def _group_rows(group: _Group, known: dict[int, Segment]) -> Iterator[Row]:
    gs, of = group.gs, f"999 for group {group.gs.get(6)}"
    yield row(of, "AK1", gs.get(1), gs.get(6), gs.get(8))
    fine = noted = 0
    for one in group.sets:
        rejected = _is_rejected(one, group)
        if not _can_be_named(one.st):
            continue
        rows, codes = set_rows(of, one.st, one.verdict, known)
        yield row(of, "AK2", one.st.get(1), one.st.get(2), one.st.get(3))
        yield from rows
        fine += not rejected
        noted += bool(rows) and not rejected
        told = "R" if rejected else "E" if rows else "A"
        yield row(of, "IK5", told, *(codes[:_MOST_CODES] if told != "A" else ()))
    stated = group.stated if group.stated.isdigit() else str(len(group.sets))
    verdict = "R" if not fine else "P" if fine < len(group.sets) else "E" if noted else "A"
    codes = list(dict.fromkeys(map(group_code, group.findings)))[:_MOST_CODES]
    yield row(of, "AK9", verdict, stated[:6], str(len(group.sets)), str(fine), *codes)
