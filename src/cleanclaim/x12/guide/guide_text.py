"""The text form of guides (`reference/x12/*.txt`) into compiled guides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field

from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.guide.guide_specs import UNLIMITED, ElementSpec, GuideSpec, LoopSpec, SegmentSpec

_TYPE = re.compile(r"(AN|ID|N0|R|DT|TM|DX) ?([0-9]+)(?:-([0-9]+))? (.+)|(C[0-9]{3}|S[0-9]{3}) (.+)")
_RULE = re.compile(r"([PRECL])((?:[0-9]{2})+)")
_QUALIFIED_ELSEWHERE = {"HL": 3}
_QUALIFIED_INSIDE = frozenset({"HI"})
_Rules = tuple[tuple[str, tuple[int, ...]], ...]


@define
class _Base:
    """A segment or composite of the standard."""

    words: str
    elements: tuple[ElementSpec, ...]
    rules: _Rules


@define
class Dictionary:
    """The segments and composites of `segments.txt`."""

    segments: dict[str, _Base] = field(factory=dict)
    composites: dict[str, _Base] = field(factory=dict)


def read_dictionary(text: str) -> Dictionary:
    """The standard's segments. Raises InputError naming the line that cannot be read."""
    found = Dictionary()
    for line in _lines(text):
        head, _, body = line.partition(" : ")
        body, _, rules = body.partition(" ~ ")
        base_elements = tuple(_base_element(part.strip(), found, line) for part in body.split(";"))
        name, _, words = head.partition(" ")
        target = found.segments
        if name == "composite":
            name, words, target = words.strip(), "", found.composites
        target[name] = _Base(words.strip(), base_elements, _rules(rules))
    return found


def _base_element(text: str, known: Dictionary, line: str) -> ElementSpec:
    match = _TYPE.fullmatch(text)
    if match is None:
        raise _unread(line, text)
    kind, low, high, name, composite, composite_name = match.groups()
    if composite:
        base = known.composites[composite]
        names = tuple(part.name for part in base.elements)
        return ElementSpec(
            False, "C", 1, 999_999, composite_name, parts=base.elements, rules=base.rules, part_names=names
        )
    return ElementSpec(False, kind, int(low), int(high or low), name)


def _rules(text: str) -> _Rules:
    return tuple(
        (kind, tuple(int(digits[start : start + 2]) for start in range(0, len(digits), 2)))
        for kind, digits in _RULE.findall(text)
    )


def read_guide(text: str, shared: str, dictionary: Dictionary) -> GuideSpec:
    """A guide from its text and the parts that guides share.

    Raises:
        InputError: a line that cannot be read, an unknown segment or part.
    """
    lines, parts = _split_parts(list(_raw_lines(text)))
    shared_parts = _split_parts(list(_raw_lines(shared)))[1]
    expanded = list(_expand(lines, {**shared_parts, **parts}, 0))
    header: dict[str, list[str]] = {}
    body: list[str] = []
    for line in expanded:
        words = line.split()
        if not body and words[0] in {"set", "versions", "form", "cite", "claim", "above", "light"}:
            header[words[0]] = words[1:]
        else:
            body.append(line)
    return _Compiler(dictionary, header).guide(body)


def _lines(text: str) -> Iterator[str]:
    for line in _raw_lines(text):
        yield line.strip()


def _raw_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.rstrip()


def _split_parts(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    kept: list[str] = []
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if line.startswith("define "):
            current = parts.setdefault(line.split()[1], [])
        elif line == "end":
            current = None
        else:
            (kept if current is None else current).append(line)
    return kept, parts


def _expand(lines: Sequence[str], parts: Mapping[str, Sequence[str]], indent: int) -> Iterator[str]:
    for line in lines:
        stripped = line.lstrip()
        depth = indent + len(line) - len(stripped)
        if not stripped.startswith("+"):
            yield " " * depth + stripped
            continue
        name, first, rest = [*stripped[1:].split(None, 2), "", ""][:3]
        if name not in parts:
            raise _unread(line, name)
        box = f"@{rest}" if rest else ""
        filled = [part.replace("{u}", first).replace("{w}", rest).replace("{b}", box) for part in parts[name]]
        yield from _expand(filled, parts, depth)


@define
class _Compiler:
    dictionary: Dictionary
    header: dict[str, list[str]]

    def guide(self, body: Sequence[str]) -> GuideSpec:
        root = LoopSpec("", True, 1, "transaction set")
        stack: list[tuple[int, LoopSpec]] = [(-1, root)]
        for line in body:
            depth = len(line) - len(line.lstrip())
            while stack[-1][0] >= depth:
                stack.pop()
            parent = stack[-1][1]
            text = line.strip()
            if text.startswith(">"):
                loop = self._loop(text, parent)
                stack.append((depth, loop))
            else:
                parent.members.append(self._segment(text, parent))
        _number(root)
        name, set_code, group_code = self.header["set"]
        loops = list(_loops(root))
        uses = [item for loop in [root, *loops] for item in loop.members if isinstance(item, SegmentSpec)]
        key = self.header.get("claim", ["", "CLM01"])[1]
        return GuideSpec(
            name=name,
            set_code=set_code,
            group_code=group_code,
            versions=tuple(self.header["versions"]),
            form=" ".join(self.header.get("form", [])),
            citation=" ".join(self.header.get("cite", [])),
            root=root,
            claim_key=(key[:-2], int(key[-2:])),
            starters=frozenset(loop.starter().id for loop in loops),
            segment_ids=frozenset(item.id for item in uses),
            qualified_ids=frozenset(item.id for item in uses if item.qualifiers is not None),
            part_ids=_QUALIFIED_INSIDE,
            light="light" in self.header,
        )

    def _loop(self, text: str, parent: LoopSpec) -> LoopSpec:
        try:
            name, usage, repeat, words = text[1:].split(None, 3)
        except ValueError:
            raise _unread(text, text) from None
        loop = LoopSpec(name, usage == "R", _repeat(repeat), words, parent=parent)
        loop.is_claim = name in self.header.get("claim", [])[:1] or name in self.header.get("claim", [])[2:]
        loop.is_above = name in self.header.get("above", [])
        parent.members.append(loop)
        return loop

    def _segment(self, text: str, loop: LoopSpec) -> SegmentSpec:
        head, _, tail = text.partition("|")
        try:
            name, usage, repeat, words = head.split(None, 3)
        except ValueError:
            raise _unread(text, head) from None
        base = self.dictionary.segments.get(name)
        if base is None:
            raise _unread(text, name)
        elements = self._elements(_tokens(tail.strip()), base.elements, text)
        place = _QUALIFIED_ELSEWHERE.get(name, 1)
        spec = elements[place - 1] if len(elements) >= place else None
        if spec is not None and spec.parts:
            spec = spec.parts[0] if name in _QUALIFIED_INSIDE else None
        codes = spec.codes if spec is not None and spec.codes_snip == 2 else None
        first_code = tail.strip().partition("=")[2].split(",")[0].split()[0] if codes else ""
        if place != 1 and codes:
            first_code = sorted(codes)[0]
        return SegmentSpec(
            id=name,
            required=usage == "R",
            repeat=_repeat(repeat),
            words=words.strip(),
            key=name + first_code.partition("@")[0].strip("()"),
            elements=elements,
            names=tuple(element.name for element in base.elements),
            rules=base.rules,
            qualifiers=codes,
            least=max(
                (number for number, element in enumerate(elements, 1) if element and element.required),
                default=0,
            ),
            loop=loop,
        )

    def _elements(
        self, tokens: Sequence[str], base: Sequence[ElementSpec], line: str, part_of: int = 0
    ) -> tuple[ElementSpec | None, ...]:
        if list(tokens) == ["*"]:
            return tuple(
                evolve(item, number=part_of or number, part=number if part_of else 0, repeat=99)
                for number, item in enumerate(base, 1)
            )
        specs: list[ElementSpec | None] = []
        flat: list[str] = []
        for token in tokens:
            if token[0] == "x" and token[1:].isdigit():
                flat += [flat[-1]] * int(token[1:])
            else:
                flat.append(token)
        if len(flat) > len(base):
            raise _unread(line, "too many elements")
        for number, (word, item) in enumerate(zip(flat, base, strict=False), 1):
            specs.append(None if word == "-" else self._element(word, item, number, part_of, line))
        return tuple(specs)

    def _element(self, token: str, base: ElementSpec, number: int, part_of: int, line: str) -> ElementSpec:
        usage, rest = token[0], token[1:]
        if usage not in "RS":
            raise _unread(line, token)
        changes: dict[str, Any] = {
            "required": usage == "R",
            "number": part_of or number,
            "part": number if part_of else 0,
        }
        if rest.startswith("("):
            close = rest.rindex(")")
            inner = self._elements(_tokens(rest[1:close]), _parts(base), line, number)
            changes["parts"] = inner
            changes["least_parts"] = max(
                (place for place, part in enumerate(inner, 1) if part and part.required), default=0
            )
            rest = rest[close + 1 :]
        elif base.parts:
            changes["parts"] = self._elements(["*"], _parts(base), line, number)
        rest, _, box = rest.partition("@")
        changes["box"] = box
        rest, _, times = rest.partition("*")
        if times:
            changes["repeat"] = int(times)
        if rest[:1] in {"=", "~"}:
            codes, _, domain = rest[1:].partition("!")
            changes.update(codes=frozenset(codes.split(",")), codes_snip=2 if rest[0] == "=" else 5)
            changes["domain"] = domain
        elif rest[:1] == "!":
            changes["domain"] = rest[1:]
        elif rest:
            raise _unread(line, token)
        return evolve(base, **changes)


def _tokens(text: str) -> list[str]:
    """Words of a line, those in parentheses kept together."""
    found: list[str] = []
    depth, current = 0, ""
    for character in text:
        if character == " " and depth == 0:
            if current:
                found.append(current)
            current = ""
            continue
        depth += (character == "(") - (character == ")")
        current += character
    if current:
        found.append(current)
    return found


def _repeat(text: str) -> int:
    return UNLIMITED if text == ">1" else int(text)


def _number(loop: LoopSpec) -> None:
    """Give every member its slot and bit: neighbours with one segment id share a slot, in any order."""
    slot, before = -1, ""
    for place, member in enumerate(loop.members):
        name = member.id if isinstance(member, SegmentSpec) else member.starter().id
        if name != before or place == 1:
            slot += 1
        before = name
        member.slot, member.bit = slot, 1 << place
        if member.required:
            loop.required_mask |= member.bit
        if isinstance(member, LoopSpec):
            _number(member)
    loop.is_level = isinstance(loop.members[0], SegmentSpec) and loop.members[0].id == "HL"


def _loops(loop: LoopSpec) -> Iterator[LoopSpec]:
    for member in loop.members:
        if isinstance(member, LoopSpec):
            yield member
            yield from _loops(member)


def _unread(line: str, what: str) -> InputError:
    return InputError(
        "a guide cannot be read",
        where=line.strip()[:80],
        why=what[:80],
        fix="correct the file in reference/x12",
    )


def _parts(base: ElementSpec) -> tuple[ElementSpec, ...]:
    return tuple(part for part in base.parts if part is not None)
