"""What a rule of SNIP types 3 and 4 gets to see, and how it speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import define, field

from cleanclaim.x12.guide.guide_specs import GuideSpec
from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.judging.values import Values
from cleanclaim.x12.judging.walker import Steps
from cleanclaim.x12.syntax.reader import Segment


@define(eq=False)
class Case:
    """One transaction set under judgement.

    ``written_on`` is the day of the group (GS04), ``seen`` the claim numbers met so far, ``sums`` whatever
    the rules of a set add up over its claims.
    """

    guide: GuideSpec
    finder: Finder
    values: Values
    written_on: dt.date | None = None
    seen: set[str] = field(factory=set)
    sums: dict[str, int] = field(factory=dict)
    days: dict[str, dt.date] = field(factory=dict)
    steps: Steps = field(kw_only=True)

    def say(
        self,
        snip: int,
        code: str,
        message: str,
        fix: str,
        segment: Segment,
        element: str = "",
        loop: str = "",
        severity: str = "error",
    ) -> None:
        """A finding at a segment."""
        self.finder.say(snip, code, message, fix, segment, element=element, loop=loop, severity=severity)


Rule = Callable[[Instance, Case], None]
