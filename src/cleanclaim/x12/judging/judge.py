"""The judge: a file of anybody against envelope, guide, sums, situations and code values (SNIP types 1 to 5)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve, field

from cleanclaim.codesets.book import CodeBook
from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.guide.guide_specs import GuideSpec, SegmentSpec
from cleanclaim.x12.guide.guides import find_guide, guide
from cleanclaim.x12.judging.element_check import ElementCheck
from cleanclaim.x12.judging.envelope_check import EnvelopeWalk
from cleanclaim.x12.judging.finder import MOST_WARNINGS, Finder, most_within
from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.judging.headers import check_group, check_interchange, check_set
from cleanclaim.x12.judging.instances import MOST_KEPT, Instance
from cleanclaim.x12.judging.levels import Levels
from cleanclaim.x12.judging.values import Values
from cleanclaim.x12.judging.verdict import ClaimVerdict, FileVerdict, TransactionVerdict
from cleanclaim.x12.judging.walker import Walker, steps_of
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.rules.rule_book import rules_of
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.formats import day
from cleanclaim.x12.syntax.kinds import refuse_others, set_name
from cleanclaim.x12.syntax.reader import Excess, Gap, Segment, tokens

# A byte order mark is a fault, but what stands behind it can be judged.
_MARKED = b"\xef\xbb\xbfISA"
_MOST_WAITING = 1_000
MOST_FILE_FINDINGS = 100_000
"""Findings kept for one file; one with more is not judged to its end."""
_HEADERS = frozenset({"ISA", "GS", "ST"})
_OUTER = frozenset({"ISA", "GS", "ST", "GE", "IEA"})
_ENVELOPE = _OUTER | {"SE"}


def check(data: Bytes, level: int = 5, *, book: CodeBook | None = None) -> FileVerdict:
    """The verdict on a file with all findings up to a SNIP level. Never raises for what the file holds."""
    try:
        if data[:6] != _MARKED:
            refuse_others(data)
    except InputError as error:
        return FileVerdict(
            verdict="unreadable", findings=(_unreadable(f"{error.what}: {error.why}", error.fix),)
        )
    judge = Judge(level=level, book=book)
    transactions = tuple(judge.transactions(data))
    if not judge.saw_interchange:
        return FileVerdict(verdict="unreadable", findings=tuple(judge.loose))
    bad = any(item.severity == "error" for item in judge.loose)
    bad = bad or any(item.verdict == "rejected" for item in transactions)
    if not transactions and not bad:
        judge.loose.append(_unreadable("the file holds no transaction set", "send the file as it was made"))
        bad = True
    return FileVerdict(
        verdict="rejected" if bad else "accepted", transactions=transactions, findings=tuple(judge.loose)
    )


def _unreadable(sentence: str, fix: str) -> X12Finding:
    return X12Finding(
        snip=1,
        severity="error",
        code="NOT-X12",
        message=sentence,
        fix=fix,
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
    _values: Values | None = None
    _isa: Segment | None = None
    _gs: Segment | None = None
    _current: _Open | None = None
    _done: TransactionVerdict | None = None
    _behind: list[X12Finding] = field(factory=list)
    _waiting: list[X12Finding] = field(factory=list)
    _ready: list[TransactionVerdict] = field(factory=list)
    _said: int = 0

    def transactions(self, data: Bytes) -> Iterator[TransactionVerdict]:
        """The verdict on every transaction set, in order; each waits for the trailers behind it."""
        walk = self._walk
        for token in tokens(data):
            current = self._current
            if current is not None:
                if isinstance(token, Segment):
                    name = token.id
                    if name and name not in _ENVELOPE and (token.__class__ is Segment or token.terminated):
                        walk.last = token.ordinal
                        walk.open[-1].members += 1
                        if current.finder.left_out:
                            current.give_up(token)
                        current.walker.feed(token)
                        continue
                elif token.__class__ is Gap and token.is_blank():
                    continue
            self._edge(token, data)
            if walk.is_hopeless():
                break
            if self._ready:
                yield from self._ready
                self._ready.clear()
                if self._said > min(MOST_FILE_FINDINGS, most_within(token.offset)):
                    self.loose.append(_more_findings("the rest of the file", token))
                    return
        walk.end()
        found = self._new_findings()
        if self._current is not None:
            self._current.findings += found
            found = []
            self._close()
        self._behind += self._waiting + found
        if self._done is not None:
            self._settle()
            yield from self._ready
        else:
            self.loose += self._behind

    def _edge(self, token: Segment | Gap, data: Bytes) -> None:
        """Whatever is no plain segment inside of a set: envelopes, gaps, odd segments."""
        walk, name = self._walk, ""
        if isinstance(token, Segment):
            name = token.id
            walk.segment(token)
            self._header(token)
        elif isinstance(token, Excess):
            walk.excess(token)
        else:
            walk.gap(token, data)
        found, current = self._new_findings(), self._current
        if current is not None:
            current.findings += found
            if isinstance(token, Segment) and name and name not in _OUTER:
                current.walker.feed(token)
            if name in _ENVELOPE:
                self._close()
        elif self._done is not None and name not in _HEADERS:
            self._behind += found
        else:
            self._waiting += found
        if isinstance(token, Segment) and name in {"ST", "TA1"}:
            self._start(token)

    def _header(self, segment: Segment) -> None:
        if segment.id == "ISA":
            self.saw_interchange = True
            self._isa = segment
            check_interchange(segment, self._walk)
        elif segment.id == "GS":
            self._gs = segment
            check_group(segment, self._walk)

    def _start(self, st: Segment) -> None:
        if self._current is not None or self._isa is None or not (self._walk.open or st.id == "TA1"):
            return
        self._settle()
        self._current = self._open(st)
        self._current.findings += self._waiting
        self._waiting = []
        self._current.walker.feed(st)
        if st.id == "TA1":
            self._close()

    def _close(self) -> None:
        if self._current is not None:
            self._settle()
            self._done = self._current.verdict()
            self._said += len(self._done.findings)
            self._current = None

    def _settle(self) -> None:
        """The set read last is done with: it takes on what was found in the envelope behind it."""
        if self._done is not None:
            found, self._behind = self._behind, []
            self._ready.append(_with(self._done, found) if found else self._done)
            self._done = None

    def _new_findings(self) -> list[X12Finding]:
        found = self._walk.findings
        if not found:
            return []
        taken = list(found)
        found.clear()
        return taken if self.level >= 1 else []

    def _open(self, st: Segment) -> _Open:
        version = self._gs.get(8) if self._gs is not None else ""
        number = st.get(2) if st.id == "ST" else ""
        finder = Finder(level=self.level, transaction=number, begins=st.offset)
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
        return Case(known, finder, values, written, steps=steps_of(known))


def _with(done: TransactionVerdict, found: list[X12Finding]) -> TransactionVerdict:
    bad = any(item.severity == "error" for item in found)
    return evolve(done, findings=done.findings + tuple(found), verdict="rejected" if bad else done.verdict)


def _more_findings(unjudged: str, place: Segment | Gap) -> X12Finding:
    return X12Finding(
        snip=1,
        severity="error",
        code="MORE-FINDINGS",
        message=f"there is more wrong than is listed: {unjudged} was not judged",
        fix="correct these findings first",
        segment=place.ordinal if isinstance(place, Segment) else 0,
        offset=place.offset,
    )


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
    rules: dict[str, tuple[Rule, ...]] = field(factory=dict)
    given_up: Segment | None = None
    _errors_before: int = 0
    _findings_before: int = 0

    def __attrs_post_init__(self) -> None:
        case, delimiters = self.case, self.st.delimiters
        if case is None:
            self.walker = _NoWalker()
            return
        self.rules = rules_of(case.guide)
        checker = ElementCheck(
            self.finder,
            case.values,
            delimiters.component,
            delimiters.repetition,
            any_year=case.guide.set_code != "837",
        )
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
            self._errors_before, self._findings_before = finder.errors, len(finder.findings)
            if segment.id == name:
                finder.open_claim(segment.get(element)[:38])

    def _closed(self, here: Instance) -> None:
        case = self.case
        assert case is not None
        rules = self.rules.get(here.spec.id, ())
        if here.overfull and rules:
            self._too_large(here)
            rules = ()
        for rule in rules:
            rule(here, case)
        if here.spec.is_level and len(case.values.pending) > _MOST_WAITING:
            case.values.settle(case.written_on)
        if here.spec.is_claim:
            case.values.settle(case.written_on)
            finder = self.finder
            bad = finder.level_is_faulty() or finder.errors > self._errors_before
            claim = finder.claim or self._number_inside(here, case.guide)
            self.claims.append(ClaimVerdict(claim, here.opener().ordinal, "rejected" if bad else "accepted"))
            finder.close_claim()

    def _number_inside(self, here: Instance, known: GuideSpec) -> str:
        """The number of a claim that stands behind its first segment (278, 834); its findings take it on."""
        name, element = known.claim_key
        uses = (item for item in here.spec.members if isinstance(item, SegmentSpec) and item.id == name)
        key = next((item.key for item in uses), "")
        number = here.value(key, element)[:38]
        findings = self.finder.findings
        for place in range(self._findings_before, len(findings)):
            if not findings[place].claim:
                findings[place] = evolve(findings[place], claim=number)
        return number

    def _too_large(self, here: Instance) -> None:
        self.finder.say(
            1,
            "TOO-LARGE",
            f"{here.spec.words}: there are more than {MOST_KEPT} segments or loops in one: its sums and what it"
            " asks for were not checked",
            "split it",
            here.opener(),
            loop=here.spec.id,
        )

    def give_up(self, segment: Segment) -> None:
        """Stop judging a set that is wrong all through; what follows in it passes unread."""
        finder = self.finder
        finder.left_out = 0
        finder.close_claim()
        self.walker = _NoWalker()
        self.given_up = segment

    def verdict(self) -> TransactionVerdict:
        """The verdict once the last segment was read."""
        self.walker.end()
        finder = self.finder
        if self.case is not None:
            self.case.values.settle(self.case.written_on)
        if finder.left_out or self.given_up is not None:
            more = _more_findings("the rest of the set", self.given_up or self.st)
            finder.findings.append(evolve(more, transaction=finder.transaction))
        if finder.warnings > MOST_WARNINGS:
            finder.findings.append(
                evolve(
                    _more_findings("", self.st),
                    severity="warning",
                    code="MORE-WARNINGS",
                    message=f"there are {finder.warnings - MOST_WARNINGS} more warnings like those listed",
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
            claims=tuple(
                one._replace(verdict="rejected") if one.claim in finder.late else one for one in self.claims
            )
            if finder.late
            else tuple(self.claims),
            findings=tuple(found),
        )
