"""The judge: a file of anybody against envelope, guide, sums, situations and code values (SNIP types 1 to 5)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve, field

from cleanclaim.codesets.book import CodeBook
from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.delimiters import Bytes
from cleanclaim.x12.element_check import ElementCheck
from cleanclaim.x12.envelope_check import EnvelopeWalk
from cleanclaim.x12.finder import MOST_FINDINGS, Finder
from cleanclaim.x12.finding import X12Finding
from cleanclaim.x12.formats import day
from cleanclaim.x12.guide_specs import GuideSpec
from cleanclaim.x12.guides import find_guide, guide
from cleanclaim.x12.headers import check_group, check_interchange, check_set
from cleanclaim.x12.instances import Instance
from cleanclaim.x12.kinds import refuse_others, set_name
from cleanclaim.x12.levels import Levels
from cleanclaim.x12.reader import Excess, Gap, Segment, tokens
from cleanclaim.x12.rule import Case
from cleanclaim.x12.rule_book import RULES
from cleanclaim.x12.values import Values
from cleanclaim.x12.verdict import ClaimVerdict, FileVerdict, TransactionVerdict
from cleanclaim.x12.walker import Steps, Walker

_ENVELOPE = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})


def check(data: Bytes, level: int = 5, *, book: CodeBook | None = None) -> FileVerdict:
    """The verdict on a file with all findings up to a SNIP level. Never raises for what the file holds."""
    try:
        refuse_others(data)
    except InputError as error:
        return FileVerdict(verdict="unreadable", findings=(_unreadable(error.sentence()),))
    judge = Judge(level=level, book=book)
    transactions = tuple(judge.transactions(data))
    if not judge.saw_interchange:
        return FileVerdict(verdict="unreadable", findings=tuple(judge.loose))
    bad = any(item.severity == "error" for item in judge.loose)
    bad = bad or any(item.verdict == "rejected" for item in transactions)
    if not transactions and not bad:
        judge.loose.append(_unreadable("the file holds no transaction set"))
        bad = True
    return FileVerdict(
        verdict="rejected" if bad else "accepted", transactions=transactions, findings=tuple(judge.loose)
    )


def _unreadable(sentence: str) -> X12Finding:
    return X12Finding(
        snip=1,
        severity="error",
        code="NOT-X12",
        message=sentence,
        fix="send the file as it was made",
        segment=0,
    )


@define(eq=False)
class Judge:
    """Judges the transaction sets of one file, one after the other, in flat memory.

    ``loose`` are findings of the envelope that no transaction set could take.
    """

    level: int = 5
    book: CodeBook | None = None
    loose: list[X12Finding] = field(factory=list)
    saw_interchange: bool = False
    _walk: EnvelopeWalk = field(factory=EnvelopeWalk)
    _steps: dict[str, Steps] = field(factory=dict)
    _values: Values | None = None
    _isa: Segment | None = None
    _gs: Segment | None = None
    _taken: int = 0

    def transactions(self, data: Bytes) -> Iterator[TransactionVerdict]:
        """The verdict on every transaction set, in order; each waits for the trailers behind it."""
        walk = self._walk
        current: _Open | None = None
        done: TransactionVerdict | None = None
        waiting: list[X12Finding] = []
        for token in tokens(data):
            if token.__class__ is Segment and current is not None and token.id not in _ENVELOPE:  # type: ignore[union-attr]
                assert isinstance(token, Segment)
                walk.last = token.ordinal
                walk.open[-1].members += 1
                if token.id:
                    current.walker.feed(token)
                    continue
                walk.say("EMPTY-SEGMENT", "this segment is empty", token.ordinal)
            elif isinstance(token, Segment):
                self._envelope(token, current, data)
            elif isinstance(token, Excess):
                walk.excess(token)
            else:
                assert isinstance(token, Gap)
                walk.gap(token, data)
            found = self._new_findings()
            if current is not None:
                current.findings += found
                found = []
                if not walk.is_in_set():
                    if done is not None:
                        yield done
                    done, current = current.verdict(), None
            if isinstance(token, Segment) and token.id in {"ST", "TA1"} and current is None:
                current = self._open(token)
                if current is not None:
                    if done is not None:
                        yield done
                        done = None
                    current.findings += waiting + found
                    waiting, found = [], []
                    current.walker.feed(token)
                    if token.id == "TA1":
                        done, current = current.verdict(), None
            if done is not None and found:
                done = _with(done, found)
            else:
                waiting += found
        walk.end()
        found = self._new_findings()
        if current is not None:
            current.findings += found
            found = []
            if done is not None:
                yield done
            done = current.verdict()
        if done is not None:
            yield _with(done, waiting + found) if waiting or found else done
        else:
            self.loose += waiting + found

    def _envelope(self, segment: Segment, current: _Open | None, data: Bytes) -> None:
        walk = self._walk
        name = segment.id
        if current is not None and name not in {"ISA", "GS", "ST", "GE", "IEA"}:
            walk.segment(segment)
            if name:
                current.walker.feed(segment)
            return
        walk.segment(segment)
        if name == "ISA":
            self.saw_interchange = True
            self._isa = segment
            check_interchange(segment, walk)
        elif name == "GS":
            self._gs = segment
            check_group(segment, walk)

    def _new_findings(self) -> list[X12Finding]:
        found = self._walk.findings
        if not found:
            return []
        self._taken += len(found)
        taken = found[: max(0, MOST_FINDINGS - self._taken + len(found))]
        found.clear()
        return taken if self.level >= 1 else []

    def _open(self, st: Segment) -> _Open | None:
        if self._isa is None:
            return None
        version = self._gs.get(8) if self._gs is not None else ""
        finder = Finder(level=self.level, transaction=st.get(2) if st.id == "ST" else "")
        stated = st.get(3) or version
        known = guide("TA1") if st.id == "TA1" else find_guide(st.get(1), stated)
        name = known.name if known is not None else (set_name(st, version) if st.id == "ST" else "TA1")
        if st.id == "ST":
            check_set(st, self._gs, known, finder)
        if self._values is None:
            self._values = Values(finder, self.book)
        values = self._values
        values.finder = finder
        return _Open(
            name, stated if st.id == "ST" else "", st, known, finder, self._case(known, finder, values)
        )

    def _case(self, known: GuideSpec | None, finder: Finder, values: Values) -> Case | None:
        if known is None:
            return None
        finder.form = known.form
        written = day(self._gs.get(4)) if self._gs is not None else None
        return Case(known, finder, values, written, steps=self._steps.setdefault(known.name, Steps(known)))


def _with(done: TransactionVerdict, found: list[X12Finding]) -> TransactionVerdict:
    bad = any(item.severity == "error" for item in found)
    return evolve(done, findings=done.findings + tuple(found), verdict="rejected" if bad else done.verdict)


class _NoWalker:
    """Stands in where no guide is at hand: the segments pass unjudged."""

    def feed(self, segment: Segment) -> None:
        """Nothing is said."""

    def end(self) -> None:
        """Nothing is said."""


@define(eq=False)
class _Open:
    """One transaction set while it is read."""

    name: str
    version: str
    st: Segment
    guide: GuideSpec | None
    finder: Finder
    case: Case | None
    findings: list[X12Finding] = field(factory=list)
    claims: list[ClaimVerdict] = field(factory=list)
    walker: Walker | _NoWalker = field(init=False)
    _errors_before: int = 0

    def __attrs_post_init__(self) -> None:
        case, delimiters = self.case, self.st.delimiters
        if case is None:
            self.walker = _NoWalker()
            return
        checker = ElementCheck(self.finder, case.values, delimiters.component, delimiters.repetition)
        self.walker = Walker(case.steps, self.finder, checker, self._closed, self._opened, Levels())

    def _opened(self, here: Instance, segment: Segment) -> None:
        spec, finder = here.spec, self.finder
        if spec.is_level:
            nested = here.parent is not None and here.parent.spec.is_above
            finder.open_level(above_claims=spec.is_above, nested=nested)
            assert isinstance(self.walker, Walker)
            self.walker.levels.open(here, segment, finder)
        if spec.is_claim:
            assert self.guide is not None
            name, element = self.guide.claim_key
            self._errors_before = finder.errors
            if segment.id == name:
                finder.open_claim(segment.get(element)[:38])

    def _closed(self, here: Instance) -> None:
        case = self.case
        assert case is not None
        rules = RULES.get(case.guide.name, {}).get(here.spec.id, ())
        for rule in rules:
            rule(here, case)
        if here.spec.is_claim:
            finder = self.finder
            bad = finder.faulty_level or finder.errors > self._errors_before
            number = here.opener().get(case.guide.claim_key[1])
            claim = finder.claim or number[:38]
            self.claims.append(ClaimVerdict(claim, here.opener().ordinal, "rejected" if bad else "accepted"))
            finder.close_claim()

    def verdict(self) -> TransactionVerdict:
        """The verdict once the last segment was read."""
        self.walker.end()
        finder = self.finder
        if self.case is not None:
            self.case.values.settle(self.case.written_on)
        if finder.left_out:
            finder.findings.append(
                X12Finding(
                    snip=1,
                    severity="warning",
                    code="MORE-FINDINGS",
                    message=f"{finder.left_out} further findings are not listed",
                    fix="correct these first",
                    segment=self.st.ordinal,
                    transaction=finder.transaction,
                )
            )
        found = sorted([*self.findings, *finder.findings], key=lambda item: item.segment)
        bad = finder.errors or any(item.severity == "error" for item in self.findings)
        return TransactionVerdict(
            set=self.name,
            version=self.version,
            control=self.st.get(2) if self.st.id == "ST" else "",
            segment=self.st.ordinal,
            verdict="rejected" if bad else "accepted",
            claims=tuple(self.claims),
            findings=tuple(found),
        )
