"""The claims that an answer is about, found again in the file that was sent: by position, by number, by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.guide.guide_specs import ElementSpec, LoopSpec, SegmentSpec
from cleanclaim.x12.guide.guides import find_guide
from cleanclaim.x12.guide.loop_tree import Node, tree_of
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import transactions

_CLAIM_SETS = ("837P", "837I", "837D")


@frozen(eq=False)
class SentClaim:
    """One claim of a file that was sent: the loops it stands in, from the outermost in."""

    claim_id: str
    path: tuple[Node, ...]
    form: str

    def told(self) -> str:
        """Number, patient and charge: "your claim V02 for Farrow, Ines ($255.50)"."""
        clm = self.path[-1].segments[0]
        cents = parse_amount(clm.get(2))
        charge = f" ({format_usd(cents)})" if cents is not None else ""
        return f"your claim {self.claim_id}{self._patient()}{charge}"

    def _patient(self) -> str:
        for level in reversed(self.path[:-1]):
            for loop in level.below("2010CA", "2010BA"):
                nm1 = loop.segments[0]
                name = ", ".join(part for part in (nm1.get(3), nm1.get(4)) if part)
                return f" for {name}" if name else ""
        return ""

    def loops(self) -> Iterator[Node]:
        """Every loop of the claim and of the levels above it, without their other claims."""
        for level in self.path[:-1]:
            yield level
            for loop in level.kids:
                if not loop.loop.is_level and not loop.loop.is_claim:
                    yield from _all_loops(loop)
        yield from _all_loops(self.path[-1])


@define(eq=False)
class SentSet:
    """One transaction set that was sent, with its segments by position from ST."""

    st: Segment
    group_number: str
    form: str
    claims: list[SentClaim]
    places: dict[int, tuple[tuple[Node, ...], Segment]] = field(factory=dict)

    def at(self, position: int) -> tuple[tuple[Node, ...], Segment] | None:
        """The loops and the segment at a position, ST being 1."""
        return self.places.get(self.st.ordinal + position - 1)

    def claim_at(self, position: int) -> SentClaim | None:
        """The claim at a position, or None where it stands above all claims."""
        found = self.at(position)
        if found is None:
            return None
        return next((one for one in self.claims if one.path[-1] in found[0]), None)


@define(eq=False)
class SentFile:
    """The claims of a file that was sent."""

    interchange_number: str = ""
    sets: list[SentSet] = field(factory=list)

    def find_set(self, group_number: str, control_number: str) -> SentSet | None:
        """The set under these numbers (GS06, ST02)."""
        for one in self.sets:
            same_group = _number(one.group_number) == _number(group_number)
            if same_group and one.st.get(2) == control_number:
                return one
        return None

    def find_claim(self, claim_id: str) -> SentClaim | None:
        """The claim with this number (CLM01)."""
        return next((one for item in self.sets for one in item.claims if one.claim_id == claim_id), None)


def sent_file(data: Bytes) -> SentFile:
    """The 837s of a file as `SentFile`. Raises X12Error for a broken envelope or a set that is no 837."""
    found = SentFile()
    for transaction in transactions(data):
        tree = tree_of(transaction, _CLAIM_SETS)
        known = find_guide(transaction.set_code(), transaction.version())
        form = known.form if known is not None else ""
        item = SentSet(transaction.st, transaction.gs.get(6), form, [])
        for path in _paths(tree, ()):
            for segment in path[-1].segments:
                item.places[segment.ordinal] = path, segment
            if path[-1].loop.is_claim and path[-1].segments[0].id == "CLM":
                item.claims.append(SentClaim(path[-1].segments[0].get(1), path, form))
        found.interchange_number = transaction.isa.get(13)
        found.sets.append(item)
    return found


def field_told(path: Sequence[Node], segment: Segment, element: int, part: int, form: str) -> str:
    """An element as a biller knows it: "subscriber demographics: birth date (DMG02, CMS-1500 box 11a)"."""
    use = use_of(path[-1].loop, segment)
    place = f"{segment.id}{element:02d}" + (f"-{part}" if part else "")
    if use is None:
        return place
    spec = use.elements[element - 1] if element <= len(use.elements) else None
    if spec is not None and part and part <= len(spec.parts):
        spec = spec.parts[part - 1] or spec
    name = spec.name if spec is not None else _name(use, element)
    box = f", {form} {_box(use, spec)}" if form and _box(use, spec) else ""
    return f"{use.words}: {name} ({place}{box})"


def use_of(loop: LoopSpec, segment: Segment) -> SegmentSpec | None:
    """The use of a segment in its loop."""
    first = segment.component(1, 1) if segment.id == "HI" else segment.get(1)
    same = [one for one in loop.members if isinstance(one, SegmentSpec) and one.id == segment.id]
    fit = [one for one in same if one.qualifiers is None or first in one.qualifiers]
    found = fit or same
    return found[0] if found else None


def _name(use: SegmentSpec, element: int) -> str:
    return use.names[element - 1] if element <= len(use.names) else "an element too many"


def _box(use: SegmentSpec, spec: ElementSpec | None) -> str:
    if spec is not None and spec.box:
        return spec.box
    return ""


def _paths(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    here = (*above, node)
    yield here
    for kid in node.kids:
        yield from _paths(kid, here)


def _all_loops(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        yield from _all_loops(kid)


def _number(text: str) -> str:
    return text.lstrip("0")
