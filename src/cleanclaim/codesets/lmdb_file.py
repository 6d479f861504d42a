"""Reads the tables of an LMDB data file without its library: the file is mapped, nothing is written.

Layout after the LMDB data format, version 1 (pages of a header and a list of nodes; two meta pages, the one
with the higher transaction number counts).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from cleanclaim.kernel.errors import InputError

_MAGIC = 0xBEEFC0DE
_HEADER = 16
_BRANCH, _LEAF = 0x01, 0x02
_BIG = 0x01
_NO_PAGE = 0xFFFFFFFFFFFFFFFF
_DEEPEST = 12


def read_lmdb(path: Path) -> dict[str, bytes]:
    """All keys and values of the main table; zero bytes that pad a key are cut.

    Raises:
        InputError: the file is missing, is no LMDB file, or points outside itself.
    """
    try:
        data = path.read_bytes()
        root, page_size = _newest_root(data)
        return {key.rstrip(b"\0").decode("ascii"): value for key, value in _walk(data, root, page_size, 0)}
    except (OSError, struct.error, UnicodeDecodeError, ValueError) as error:
        raise InputError("the data file cannot be read", where=path.name, why=str(error)) from error


def _newest_root(data: bytes) -> tuple[int, int]:
    page_size = struct.unpack_from("<I", data, _HEADER + 24)[0]
    if not 512 <= page_size <= 65536:
        raise ValueError("the page size is out of bounds")
    metas = []
    for page in (0, 1):
        at = page * page_size + _HEADER
        magic, version = struct.unpack_from("<II", data, at)
        if magic != _MAGIC or version != 1:
            raise ValueError("not an LMDB file of version 1")
        root = struct.unpack_from("<Q", data, at + 24 + 48 + 40)[0]
        transaction = struct.unpack_from("<Q", data, at + 24 + 96 + 8)[0]
        metas.append((transaction, root))
    return max(metas)[1], page_size


def _walk(data: bytes, page: int, page_size: int, depth: int) -> Iterator[tuple[bytes, bytes]]:
    if page == _NO_PAGE:
        return
    if depth > _DEEPEST:
        raise ValueError("the tree is too deep")
    base = page * page_size
    flags, lower = struct.unpack_from("<HH", data, base + 10)
    if not flags & (_BRANCH | _LEAF):
        raise ValueError(f"page {page} is neither branch nor leaf")
    for slot in range((lower - _HEADER) // 2):
        at = base + int(struct.unpack_from("<H", data, base + _HEADER + 2 * slot)[0])
        low, high, node_flags, key_size = struct.unpack_from("<HHHH", data, at)
        if flags & _BRANCH:
            yield from _walk(data, low | high << 16 | node_flags << 32, page_size, depth + 1)
            continue
        size, start = low | high << 16, at + 8 + key_size
        if node_flags & _BIG:
            start = struct.unpack_from("<Q", data, start)[0] * page_size + _HEADER
        if start + size > len(data):
            raise ValueError("a value lies outside the file")
        yield data[at + 8 : at + 8 + key_size], data[start : start + size]
