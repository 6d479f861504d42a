"""One segment against what its guide wants of it: elements, components, lengths, types, codes, conditions.

The elements are plain text and what is wanted of them plain records; nothing is made per element unless there
is something to say about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from cleanclaim.x12.guide.guide_specs import ElementSpec, SegmentSpec
from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.judging.values import Deferred, Values
from cleanclaim.x12.syntax.formats import date_fault, is_distant, number_fault
from cleanclaim.x12.syntax.reader import Segment

_CORRECT = "correct it"
_SHOWN = 24
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 256


@define
class ElementCheck:
    """Checks segments of one set; ``component`` and ``repetition`` are the delimiters of its file.

    ``any_year`` lets days stand that lie beyond all doubt (99991231), as answers about coverage have them.
    """

    finder: Finder
    values: Values
    component: str = ":"
    repetition: str = "^"
    any_year: bool = False
    fine: dict[str, tuple[SegmentSpec, list[Deferred]]] = field(factory=dict)
    fine_composites: dict[tuple[ElementSpec, str], list[Deferred]] = field(factory=dict)

    def check(self, spec: SegmentSpec, segment: Segment) -> None:
        """Say whatever is wrong with a segment, up to SNIP type 2 and the codes of type 5."""
        line = segment.line
        known = self.fine.get(line)
        values = self.values
        if known is not None and known[0] is spec:
            for item in known[1]:
                values.pending.append((item, spec, segment))
            return
        finder = self.finder
        before, waiting = finder.said, len(values.pending)
        self._elements(spec, segment)
        if spec.rules:
            self._conditions(spec, segment)
        if not line.isascii() or not line.isprintable():
            self._characters(spec, segment)
        if line[-1:] in {segment.delimiters.element, self.component}:
            self._trailing(spec, segment)
        if finder.said == before and len(line) <= _LONGEST_REMEMBERED:
            if len(self.fine) >= _REMEMBERED:
                self.fine.clear()
            self.fine[line] = spec, [item for item, _, _ in values.pending[waiting:]]

    def _trailing(self, spec: SegmentSpec, segment: Segment) -> None:
        self.finder.say(
            1,
            "TRAILING-DELIMITER",
            f"{spec.words}: {spec.id} ends with a delimiter and nothing behind it",
            "leave it out",
            segment,
            loop=spec.loop.id if spec.loop else "",
            severity="warning",
        )

    def _elements(self, spec: SegmentSpec, segment: Segment) -> None:
        elements, wanted, component = segment.elements, spec.elements, self.component
        count = len(elements) - 1
        for number, (want, text) in enumerate(zip(wanted, elements[1:], strict=False), 1):
            if not text:
                if want is not None and want.required:
                    self._missing(spec, segment, want, number)
            elif want is None:
                self._not_used(spec, segment, number)
            elif (
                want.is_plain
                and want.shortest <= len(text) <= want.longest
                and text[0] != " " != text[-1]
                and (want.codes is None or text in want.codes)
                and component not in text
            ):
                continue
            elif want.repeat > 1:
                self._repeats(spec, segment, want, text)
            elif want.kind == "C":
                self._composite(spec, segment, want, text)
            else:
                self._one(spec, segment, want, text, elements, number)
        if count < spec.least:
            for want in wanted[count : spec.least]:
                if want is not None and want.required:
                    self._missing(spec, segment, want, want.number)
        elif count > len(wanted):
            self._beyond(spec, segment)

    def _beyond(self, spec: SegmentSpec, segment: Segment) -> None:
        for number in range(len(spec.elements) + 1, len(segment.elements)):
            if segment.elements[number]:
                self._not_used(spec, segment, number)

    def _one(
        self,
        spec: SegmentSpec,
        segment: Segment,
        want: ElementSpec,
        text: str,
        among: Sequence[str],
        place: int,
    ) -> None:
        size = len(text)
        kind = want.kind
        if self.component in text and want.repeat == 1:
            self._delimiter(spec, segment, want)
        if kind == "R" or kind == "N0":
            self._number(spec, segment, want, text)
        elif not want.shortest <= size <= want.longest:
            self._length(spec, segment, want, text)
            return
        elif kind == "DX" or kind == "DT" or kind == "TM":
            form = among[place - 1] if kind == "DX" else kind
            wrong = date_fault(text, form, size)
            if wrong and not (self.any_year and is_distant(text, form)):
                self.finder.about(1, "DATE", spec, segment, want, want.number, wrong, _CORRECT)
        if text[-1] == " " or text[0] == " ":
            self._spaces(spec, segment, want)
        if want.codes is not None and text not in want.codes:
            self._code(spec, segment, want, text)
        elif want.domain:
            self.values.check(want, text, among, place, spec, segment)

    def _composite(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        key, values = (want, text), self.values
        known = self.fine_composites.get(key)
        if known is not None:
            for item in known:
                values.pending.append((item, spec, segment))
            return
        before, waiting = self.finder.said, len(values.pending)
        self._parts(spec, segment, want, text)
        if self.finder.said == before and len(text) <= _LONGEST_REMEMBERED:
            if len(self.fine_composites) >= _REMEMBERED:
                self.fine_composites.clear()
            self.fine_composites[key] = [item for item, _, _ in values.pending[waiting:]]

    def _parts(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        parts = ["", *text.split(self.component)]
        count = len(parts) - 1
        for place, (inner, part) in enumerate(zip(want.parts, parts[1:], strict=False), 1):
            if not part:
                if inner is not None and inner.required:
                    self._missing(spec, segment, inner, inner.number)
            elif inner is None:
                self._part_not_used(spec, segment, want, place)
            else:
                self._one(spec, segment, inner, part, parts, place)
        if count < want.least_parts:
            for inner in want.parts[count : want.least_parts]:
                if inner is not None and inner.required:
                    self._missing(spec, segment, inner, inner.number)
        for place in range(len(want.parts) + 1, count + 1):
            if parts[place]:
                self._part_not_used(spec, segment, want, place)
        for kind, places in want.rules:
            if broken(kind, places, parts):
                self._condition(spec, segment, kind, places, f"{spec.id}{want.number:02d}-", want.part_names)

    def _repeats(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        texts = text.split(self.repetition) if self.repetition else [text]
        if len(texts) > want.repeat:
            self.finder.about(
                2,
                "TOO-MANY-REPEATS",
                spec,
                segment,
                want,
                want.number,
                f"is repeated {len(texts)} times where {want.repeat} are allowed",
                "send fewer",
            )
        for one in texts:
            if want.kind == "C":
                self._composite(spec, segment, want, one)
            elif one:
                self._one(spec, segment, want, one, segment.elements, want.number)

    def _conditions(self, spec: SegmentSpec, segment: Segment) -> None:
        elements = segment.elements
        count = len(elements) - 1
        for kind, places in spec.rules:
            if (places[0] <= count or kind == "R") and broken(kind, places, elements):
                self._condition(spec, segment, kind, places, spec.id, spec.names)

    def _number(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        wrong = number_fault(text, want.kind, want.shortest, want.longest)
        if wrong:
            self.finder.about(
                1, "NUMBER", spec, segment, want, want.number, f"{_shown(text)} {wrong}", _CORRECT
            )

    def _missing(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, number: int) -> None:
        self.finder.about(2, "MISSING-ELEMENT", spec, segment, want, number, "is missing", "add it")

    def _not_used(self, spec: SegmentSpec, segment: Segment, number: int) -> None:
        name = spec.names[number - 1] if number <= len(spec.names) else "an element"
        known = number <= len(spec.names)
        why = "has no place in this guide" if known else "is one more than the segment has"
        self.finder.about(
            2 if known else 1, "NOT-USED", spec, segment, None, number, why, "leave it out", name
        )

    def _part_not_used(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, place: int) -> None:
        known = place <= len(want.part_names)
        name = want.part_names[place - 1] if known else "a component"
        element = f"{spec.id}{want.number:02d}-{place}"
        self.finder.say(
            2 if known else 1,
            "NOT-USED",
            f"{spec.words}: {name} ({element}) has no place in this guide",
            "leave it out",
            segment,
            element=element,
            loop=spec.loop.id if spec.loop else "",
        )

    def _length(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        bounds = f"{want.shortest}" if want.shortest == want.longest else f"{want.shortest} to {want.longest}"
        self.finder.about(
            1,
            "LENGTH",
            spec,
            segment,
            want,
            want.number,
            f"has {len(text)} characters where {bounds} are allowed",
            _CORRECT,
        )

    def _code(self, spec: SegmentSpec, segment: Segment, want: ElementSpec, text: str) -> None:
        allowed = sorted(want.codes or ())
        listed = ", ".join(allowed) if len(allowed) <= 12 else f"one of {len(allowed)} codes"
        self.finder.about(
            want.codes_snip,
            "CODE-NOT-ALLOWED",
            spec,
            segment,
            want,
            want.number,
            f"is {_shown(text)}; allowed here: {listed}",
            _CORRECT,
        )

    def _spaces(self, spec: SegmentSpec, segment: Segment, want: ElementSpec) -> None:
        self.finder.about(
            1,
            "SPACES",
            spec,
            segment,
            want,
            want.number,
            "begins or ends with a space",
            "leave the space out",
            severity="warning",
        )

    def _delimiter(self, spec: SegmentSpec, segment: Segment, want: ElementSpec) -> None:
        self.finder.about(
            1,
            "DELIMITER-IN-DATA",
            spec,
            segment,
            want,
            want.number,
            "holds the character that this file parts components with, and has no components",
            "write it without that character",
        )

    def _characters(self, spec: SegmentSpec, segment: Segment) -> None:
        text = "".join(segment.elements).replace(self.component, "").replace(self.repetition or "\0", "")
        if text.isascii() and text.isprintable():
            return
        control = _CONTROL.search(text) is not None
        what = "a control character" if control else "a character outside of the basic and extended sets"
        self.finder.say(
            1,
            "CONTROL-CHARACTER" if control else "CHARACTER",
            f"{spec.words}: {spec.id} holds {what}",
            "write it with plain letters",
            segment,
            loop=spec.loop.id if spec.loop else "",
            severity="error" if control else "warning",
        )

    def _condition(
        self,
        spec: SegmentSpec,
        segment: Segment,
        kind: str,
        places: tuple[int, ...],
        prefix: str,
        names: Sequence[str],
    ) -> None:
        separator = "" if prefix.endswith("-") else "0"
        listed = [
            f"{names[place - 1]} ({prefix}{place:{separator}{2 if separator else 1}d})" for place in places
        ]
        element = f"{prefix}{places[0]:{separator}{2 if separator else 1}d}"
        self.finder.say(
            1,
            "CONDITION",
            f"{spec.words}: " + _CONDITIONS[kind].format(listed[0], ", ".join(listed[1:]), ", ".join(listed)),
            "add what is missing or leave out what is too much",
            segment,
            element=element,
            loop=spec.loop.id if spec.loop else "",
        )


_CONDITIONS = {
    "P": "{2} stand together or not at all",
    "R": "one of {2} must be there",
    "E": "only one of {2} may be there",
    "C": "{0} asks for {1}",
    "L": "{0} asks for one of {1}",
}


def broken(kind: str, places: tuple[int, ...], elements: Sequence[str]) -> bool:
    """Whether a condition between elements does not hold; ``elements`` count from 1."""
    count = len(elements)
    filled = [place < count and elements[place] != "" for place in places]
    if kind == "P":
        return True in filled and False in filled
    if kind == "R":
        return not any(filled)
    if kind == "E":
        return sum(filled) > 1
    if not filled[0]:
        return False
    return not all(filled) if kind == "C" else not any(filled[1:])


def _shown(text: str) -> str:
    """A code, number or amount as a message may show it: short and printable."""
    plain = text[:_SHOWN]
    return plain if plain.isascii() and plain.isprintable() else "(not printable)"
