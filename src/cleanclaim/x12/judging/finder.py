"""Where findings are made and kept: in order, with the claim they belong to, never too many."""

from __future__ import annotations

from attrs import define, evolve, field

from cleanclaim.x12.guide.guide_specs import ElementSpec, SegmentSpec
from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.syntax.reader import Segment

MOST_FINDINGS = 5_000
"""Findings kept for one transaction set; what is beyond is counted and told in one last finding."""
MOST_WARNINGS = 1_000
"""Warnings kept for one transaction set: they neither reject it nor end its judgement, however many there are."""
_ALWAYS, _BYTES_A_FINDING = 1_000, 20


def most_within(size: int) -> int:
    """Findings kept within so many bytes: 1,000, and one more for every 20 bytes.

    What has more wrong than that is no file with faults but no such file, and judging it to its end would cost
    whoever receives it more than reading it.
    """
    return _ALWAYS + size // _BYTES_A_FINDING


@define
class Finder:
    """Collects the findings of one transaction set.

    What is found in a level above a claim waits in ``waiting`` until the first claim below it is known; what is
    found when the level ends belongs to its last claim, kept in ``late``.
    """

    form: str = ""
    level: int = 5
    transaction: str = ""
    claim: str = ""
    last_claim: str = ""
    late: set[str] = field(factory=set)
    findings: list[X12Finding] = field(factory=list)
    waiting: list[int] = field(factory=list)
    above: bool = False
    left_out: int = 0
    said: int = 0
    warnings: int = 0
    errors: int = 0
    nested: bool = False
    faulty_level: bool = False
    faulty_outer: bool = False
    faulty_root: bool = False
    root_is_open: bool = False
    errors_above: int = 0
    begins: int = 0
    reached: int = 0

    def say(
        self,
        snip: int,
        code: str,
        message: str,
        fix: str,
        at: Segment | None,
        *,
        element: str = "",
        loop: str = "",
        severity: str = "error",
    ) -> None:
        """Add a finding, unless its SNIP type lies beyond what was asked."""
        if snip > self.level:
            return
        self.said += 1
        if severity == "error":
            self.errors += 1
            if self.above and not self.claim:
                self.faulty_level = True
        else:
            self.warnings += 1
            if self.warnings > MOST_WARNINGS:
                return
        claim = self.claim
        if self.above and not claim and self.last_claim:
            claim = self.last_claim
            if severity == "error":
                self.late.add(claim)
        if at is not None and at.offset > self.reached:
            self.reached = at.offset
        if len(self.findings) >= min(MOST_FINDINGS, most_within(self.reached - self.begins)):
            self.left_out += 1
            return
        if self.above and not claim:
            self.waiting.append(len(self.findings))
        self.findings.append(
            X12Finding(
                snip=snip,
                severity=severity,
                code=code,
                message=message,
                fix=fix,
                segment=at.ordinal if at is not None else 0,
                offset=at.offset if at is not None else -1,
                element=element,
                loop=loop,
                claim=claim,
                transaction=self.transaction,
            )
        )

    def about(
        self,
        snip: int,
        code: str,
        spec: SegmentSpec,
        segment: Segment,
        want: ElementSpec | None,
        number: int,
        why: str,
        fix: str,
        name: str = "",
        severity: str = "error",
    ) -> None:
        """A finding about one element, told with the name that a biller knows."""
        loop = spec.loop.id if spec.loop is not None else ""
        element = f"{spec.id}{number:02d}"
        if want is not None and want.part:
            element = f"{spec.id}{want.number:02d}-{want.part}"
        called = name or (want.name if want is not None else "")
        box = f", {self.form} {want.box}" if want is not None and want.box and self.form else ""
        self.say(
            snip,
            code,
            f"{spec.words}: {called} ({element}{box}) {why}",
            fix,
            segment,
            element=element,
            loop=loop,
            severity=severity,
        )

    def open_claim(self, claim: str) -> None:
        """From here on findings belong to this claim, and so do those that waited for it."""
        self.claim = self.last_claim = claim
        for place in self.waiting:
            self.findings[place] = evolve(self.findings[place], claim=claim)
        self.waiting.clear()

    def leave_levels(self) -> None:
        """No level above a claim is open any more: what is found now belongs to no claim."""
        self.waiting.clear()
        self.above, self.last_claim = False, ""

    def level_is_faulty(self) -> bool:
        """Whether a level above the claim is at fault: its own, or the provider's above all claims."""
        return self.faulty_level or self.faulty_root

    def close_claim(self) -> None:
        """From here on findings belong to no claim."""
        self.claim = ""

    def open_level(self, *, above_claims: bool, nested: bool) -> None:
        """A level begins: what waited for a claim that never came stays without one.

        A level nested in another (a patient below a subscriber) takes over what is wrong with the outer one,
        and nothing of its sisters.
        """
        self.last_claim = ""
        if nested and self.above:
            if self.nested:
                self.waiting.clear()
            else:
                self.faulty_outer = self.faulty_level
            self.nested, self.faulty_level = True, self.faulty_outer
            return
        self.waiting.clear()
        if not above_claims:
            self.errors_above, self.faulty_root, self.root_is_open = self.errors, False, True
        elif self.root_is_open:
            self.faulty_root, self.root_is_open = self.errors > self.errors_above, False
        self.above, self.nested = above_claims, False
        self.faulty_level = self.faulty_outer = False
