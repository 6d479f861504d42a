"""A guide once compiled: loops, segments and elements as plain records with slots, quick to read."""

from __future__ import annotations

from attrs import define, field

UNLIMITED = 1_000_000_000


@define(eq=False)
class ElementSpec:
    """What a guide wants of one element or component.

    ``kind`` is AN, ID, N0, R, DT, TM or DX (a date in the format that the element before it names).
    ``codes`` is the list it must come from and ``codes_snip`` the SNIP type of that test; ``domain`` names an
    outer code set. ``parts`` are the components of a composite. ``rules`` are the conditions between parts.
    ``is_plain`` says that length and codes are all there is to check.
    """

    required: bool
    kind: str
    shortest: int
    longest: int
    name: str
    codes: frozenset[str] | None = None
    codes_snip: int = 2
    domain: str = ""
    parts: tuple[ElementSpec | None, ...] = ()
    part_names: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[int, ...]], ...] = ()
    least_parts: int = 0
    repeat: int = 1
    box: str = ""
    number: int = 0
    part: int = 0
    is_plain: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.is_plain = self.kind in {"AN", "ID"} and self.repeat == 1 and not self.domain


@define(eq=False)
class SegmentSpec:
    """One use of a segment in a loop.

    ``slot`` is its place in the order of the loop, ``bit`` its own bit among the loop's members; ``key`` names
    it for the rules ("DTP435"); ``qualifiers`` are the codes that tell it from its likes, None where none do.
    ``least`` is the number of the last required element.
    """

    id: str
    required: bool
    repeat: int
    words: str
    key: str
    elements: tuple[ElementSpec | None, ...]
    names: tuple[str, ...]
    rules: tuple[tuple[str, tuple[int, ...]], ...]
    qualifiers: frozenset[str] | None
    least: int
    slot: int = 0
    bit: int = 0
    loop: LoopSpec | None = None


@define(eq=False)
class LoopSpec:
    """A loop: its members in order, the first of which is the segment that opens it."""

    id: str
    required: bool
    repeat: int
    words: str
    members: list[SegmentSpec | LoopSpec] = field(factory=list)
    required_mask: int = 0
    slot: int = 0
    bit: int = 0
    parent: LoopSpec | None = None
    is_claim: bool = False
    is_above: bool = False
    is_level: bool = False

    def starter(self) -> SegmentSpec:
        """The segment that opens the loop."""
        first = self.members[0]
        assert isinstance(first, SegmentSpec)
        return first


@define(eq=False)
class GuideSpec:
    """A transaction set as one guide wants it.

    ``claim_key`` is the segment and element that number a claim, such as ("CLM", 1); ``form`` is how its paper
    form is named before a box ("CMS-1500 box"). ``qualified_ids`` are segments told apart by a code, ``part_ids``
    those of them whose code is the first component of a composite.
    """

    name: str
    set_code: str
    group_code: str
    versions: tuple[str, ...]
    form: str
    citation: str
    root: LoopSpec
    claim_key: tuple[str, int]
    starters: frozenset[str]
    segment_ids: frozenset[str]
    qualified_ids: frozenset[str]
    part_ids: frozenset[str]
    light: bool = False
