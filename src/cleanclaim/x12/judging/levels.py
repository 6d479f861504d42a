"""The tree of HL segments: numbers that count up, parents that exist, child codes that tell the truth."""

from __future__ import annotations

from attrs import define

from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.syntax.reader import Segment


@define
class Levels:
    """Counts the levels of one transaction set."""

    count: int = 0

    def open(self, here: Instance, segment: Segment, finder: Finder) -> None:
        """A level begins with its HL segment."""
        self.count += 1
        number = segment.get(1)
        if number != str(self.count):
            finder.say(
                2,
                "LEVEL-NUMBER",
                f"{here.spec.words}: HL01 is not {self.count}, the next number",
                "number the levels from 1, one by one",
                segment,
                element="HL01",
                loop=here.spec.id,
            )
        above = here.parent
        if above is not None and above.spec.is_level:
            expected = above.opener().get(1)
            if segment.get(2) != expected:
                finder.say(
                    2,
                    "LEVEL-PARENT",
                    f"{here.spec.words}: HL02 does not name {expected[:12]}, the level it stands below",
                    "name the level above",
                    segment,
                    element="HL02",
                    loop=here.spec.id,
                )

    def close(self, here: Instance, finder: Finder) -> None:
        """A level ends: does its child code say whether levels stood below it?"""
        opener = here.opener()
        told, spec = opener.get(4), here.spec
        below = any(here.mask & member.bit for member in spec.members if getattr(member, "is_level", False))
        if told == "1" and _refused(here):
            return
        if (told == "1" and not below) or (told == "0" and below):
            finder.say(
                2,
                "LEVEL-CHILD",
                f"{spec.words}: HL04 says {told}, but {'no level' if told == '1' else 'a level'} stands below it",
                "say 1 where a level follows below, 0 where none does",
                opener,
                element="HL04",
                loop=spec.id,
            )


def _refused(here: Instance) -> bool:
    """Whether an answer says at this level that it goes no further (AAA)."""
    return "AAA" in here.at or any(key.startswith("AAA") for kid in here.kids for key in kid.at)
