"""The four characters that a file is cut by, read from its own ISA segment and nowhere else."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

ISA_LENGTH = 106
_ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)


class Bytes(Protocol):
    """What the reader needs of its input: bytes or a memory map of a file."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: slice) -> bytes: ...

    def find(self, sub: bytes, start: int = ..., end: int = ...) -> int: ...


@frozen
class Delimiters:
    """Element, component, repetition and segment delimiter, one ASCII character each.

    ``repetition`` is empty where ISA11 holds the standards identifier of the older envelope ("U").
    """

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"

    def all(self) -> str:
        """Every character that data may not hold."""
        return self.element + self.component + self.repetition + self.terminator


def header_fault(header: bytes) -> str | None:
    """What keeps these 106 bytes from being an ISA segment, or None when they are one."""
    if header[:3] != b"ISA":
        return "there is no ISA segment at the start"
    if len(header) < ISA_LENGTH:
        return "the ISA segment is shorter than 106 characters"
    if not header.isascii():
        return "the ISA segment holds characters that are not ASCII"
    text = header.decode("ascii")
    element = text[3]
    position = 3
    for width in _ISA_WIDTHS:
        if text[position] != element:
            return "the ISA segment is not 106 characters of sixteen elements with fixed widths"
        position += 1 + width
    return _delimiter_fault(_delimiters(text))


def delimiters_at(data: Bytes, offset: int) -> Delimiters | None:
    """The delimiters of the ISA segment that begins at a byte, or None where no legal one does."""
    header = data[offset : offset + ISA_LENGTH]
    if header_fault(header) is not None:
        return None
    return _delimiters(header.decode("ascii"))


def _delimiters(header: str) -> Delimiters:
    repetition = header[82]
    if repetition.isalnum() or repetition == " ":
        repetition = ""
    return Delimiters(header[3], header[104], repetition, header[105])


def _delimiter_fault(delimiters: Delimiters) -> str | None:
    characters = delimiters.all()
    if any(character.isalnum() or character == " " for character in characters):
        return "a delimiter in the ISA segment is a letter, a digit or a space"
    if len(set(characters)) != len(characters):
        return "two delimiters in the ISA segment are the same character"
    return None
