"""Which file is this: the transaction sets in it, or in plain words what it is instead."""

from __future__ import annotations

from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment, segments

_BY_GUIDE = {
    "X096": "837I",
    "X097": "837D",
    "X098": "837P",
    "X214": "277CA",
    "X222": "837P",
    "X223": "837I",
    "X224": "837D",
    "X291": "837P",
    "X292": "837I",
    "X293": "837D",
    "X298": "837P",
    "X299": "837I",
    "X300": "837D",
}
_OTHERS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\xfe", "a text in UTF-16"),
    (b"\xfe\xff", "a text in UTF-16"),
    (b"I\x00S\x00A\x00", "a text in UTF-16"),
    (b"\x00I\x00S\x00A", "a text in UTF-16"),
    (b"\xc9\xe2\xc1", "a text in EBCDIC"),
    (b"\xef\xbb\xbf", "a text with a byte order mark before its first character"),
    (b"{", "a JSON file"),
    (b"MSH|", "an HL7 version 2 message"),
)


def sniff(data: Bytes) -> tuple[str, ...]:
    """The sets of a file, each once, in order of first appearance: "837P", "835", "999", "TA1", "277CA", ...

    Raises:
        InputError: the file is empty or something else, which the message names.
        X12Error: it begins as X12 but cannot be cut into segments.
    """
    refuse_others(data)
    found: dict[str, None] = {}
    version = ""
    for segment in segments(data):
        if segment.id == "GS":
            version = segment.get(8)
        elif segment.id == "ST":
            found[set_name(segment, version)] = None
        elif segment.id == "TA1":
            found["TA1"] = None
    return tuple(found)


def refuse_others(data: Bytes) -> None:
    """Raise InputError where the first bytes are those of something else, naming it."""
    other = _not_x12(data)
    if other:
        raise InputError(
            f"this is {other} and no X12 file",
            why="an X12 file begins with ISA",
            fix="choose the file as the clearinghouse sent it",
        )


def set_name(st: Segment, group_version: str) -> str:
    """The name of a transaction set by ST01 and its guide (ST03, else GS08): "837P", "277CA", "835"."""
    code, guide = st.get(1), (st.get(3) or group_version)[6:10]
    if code in {"837", "277"}:
        return _BY_GUIDE.get(guide, code)
    return code


def _not_x12(data: Bytes) -> str:
    head = data[:512]
    if not head:
        return "an empty file"
    if not head.strip() and len(data) <= len(head):
        return "a file of white space"
    for start, name in _OTHERS:
        if head.startswith(start):
            return name
    shown = head.lstrip().lower()
    if shown.startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML), perhaps a sign-in page saved in place of the file"
    if shown.startswith(b"<"):
        return "an XML file"
    return ""
