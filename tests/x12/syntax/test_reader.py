"""The reader keeps every byte, knows every place, and refuses only with a reason."""

from __future__ import annotations

import mmap
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12 import (
    X12Error,
    check_envelope,
    copy,
    read_835,
    read_837,
    read_acknowledgements,
    show,
    sniff,
)
from cleanclaim.x12.syntax.reader import LONGEST_SEGMENT, Segment, segments, tokens


def isa(element: str = "*", repetition: str = "^", component: str = ":", terminator: str = "~") -> str:
    fields = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", "SENDER".ljust(15), "ZZ", "RECEIVER".ljust(15)]
    fields += ["261026", "0930", repetition, "00501", "000000001", "0", "T", component]
    return element.join(fields) + terminator


def small_file(element: str = "*", terminator: str = "~", after: str = "", component: str = ":") -> bytes:
    body = ["GS|HC|A|B|20261026|0930|1|X|005010", "ST|999|0001", "X|é:b||", "SE|3|0001", "GE|1|1"]
    body.append("IEA|1|000000001")
    text = isa(element, "^", component, terminator) + after
    text += "".join(part.replace("|", element).replace(":", component) + terminator + after for part in body)
    return text.encode()


@pytest.mark.parametrize("element", ["*", "|", "\x1d", "+"])
@pytest.mark.parametrize("terminator", ["~", "\n", "\x1c", "'", "\r"])
@pytest.mark.parametrize("after", ["", "\n", "\r\n", "\n\n"])
def test_any_delimiter_and_line_end_is_read_alike(element: str, terminator: str, after: str) -> None:
    data = small_file(element, terminator, after)
    read = list(segments(data))
    assert [segment.id for segment in read] == ["ISA", "GS", "ST", "X", "SE", "GE", "IEA"]
    assert [segment.ordinal for segment in read] == list(range(1, 8))
    assert all(data[segment.offset :].startswith(segment.id.encode()) for segment in read)
    assert read[3].elements == ["X", "é:b", "", ""]
    assert read[3].component(1, 2) == "b"
    assert copy(data) == data


def test_two_interchanges_with_other_delimiters_each() -> None:
    data = small_file() + b"\r\n" + small_file("|", "\n", component=">")
    assert [segment.delimiters.component for segment in segments(data) if segment.id == "X"] == [":", ">"]
    assert copy(data) == data


def test_bytes_that_are_no_utf8_are_kept() -> None:
    data = small_file().replace("é".encode(), b"\xe9")
    read = [segment for segment in segments(data) if segment.id == "X"]
    assert read[0].get(1) == "é:b"
    assert copy(data) == data


def test_a_memory_map_reads_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "file.x12"
    path.write_bytes(small_file())
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert [segment.id for segment in segments(mapped)][-1] == "IEA"
        assert copy(mapped) == path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\xef\xbb\xbf" + small_file(),
        b"\n" + small_file(),
        b"GS*HC*A*B~",
        small_file()[:105],
        small_file().replace(b"SENDER ", b"SENDER"),
        small_file("A"),
        small_file(" "),
        isa(component="*").encode(),
        isa(terminator=":").encode(),
        small_file() + b"hello",
        small_file().replace(b"X*", b"~X*"),
        small_file().replace(b"X*", b"X*" + b"9" * LONGEST_SEGMENT),
        small_file().replace(b"X*", b"X" + b"*" * (LONGEST_SEGMENT + 1)),
    ],
)
def test_what_is_no_x12_is_refused_with_a_reason_and_still_copied(data: bytes) -> None:
    with pytest.raises(X12Error) as caught:
        list(segments(data))
    assert caught.value.what
    assert copy(data) == data
    assert check_envelope(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_copied_and_never_crash(data: bytes) -> None:
    _survives(data)


@given(st.data())
def test_a_mutated_file_is_copied_and_never_crashes(data: st.DataObject) -> None:
    raw = bytearray(small_file())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        if not raw:
            return
    _survives(bytes(raw))


def test_a_file_cut_anywhere_is_copied_and_found_out() -> None:
    data = small_file(after="\n")
    for length in range(len(data) - 2):
        cut = data[:length]
        _survives(cut)
        assert check_envelope(cut), length
    assert not check_envelope(data)


def test_tokens_are_places_in_the_file() -> None:
    data = b"junk" + small_file(after="\r\n") + b"tail"
    offset = 0
    for token in tokens(data):
        assert token.offset == offset
        offset += len(token.raw())
    assert offset == len(data)
    assert sum(isinstance(token, Segment) for token in tokens(data)) == 7


@pytest.mark.shared
def test_every_sample_is_copied_and_read_or_refused_with_a_reason(shared_x12: list[Path]) -> None:
    assert len(shared_x12) > 150
    for path in shared_x12:
        _survives(path.read_bytes())


@pytest.mark.shared
def test_every_sample_cut_and_mutated_is_copied_and_never_crashes(shared_x12: list[Path]) -> None:
    random_source = random.Random(837)
    for path in shared_x12:
        data = path.read_bytes()
        for length in random_source.sample(range(len(data)), 3):
            _survives(data[:length])
        raw = bytearray(data)
        for _ in range(5):
            raw[random_source.randrange(len(raw))] = random_source.randrange(256)
        _survives(bytes(raw))
        parts = data.split(b"~")
        random_source.shuffle(parts)
        _survives(data[:106] + b"~".join(parts))


def _survives(data: bytes) -> None:
    assert copy(data) == data
    check_envelope(data)
    for reader in (sniff, read_837, read_835, read_acknowledgements, show):
        try:
            reader(data)
        except CleanClaimError as error:
            assert error.what
