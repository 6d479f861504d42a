"""`cleanclaim x12 copy` and `x12 show`."""

from __future__ import annotations

import sys
from pathlib import Path

from cleanclaim import x12
from cleanclaim.cli.output import DONE, print_json, read_bytes
from cleanclaim.kernel.errors import InputError


def copy(source: Path, target: Path, *, json: bool = False) -> int:
    """Read an X12 file and write it back, byte for byte.

    Args:
        source: the file to read.
        target: the file to write; it must not be the same one.
        json: say what was done as JSON.
    """
    data = x12.copy(read_bytes(source))
    try:
        target.write_bytes(data)
    except OSError as error:
        raise InputError(
            "the copy cannot be written", where=str(target), why=(error.strerror or "").lower()
        ) from error
    if json:
        print_json({"source": str(source), "target": str(target), "bytes": len(data)})
    return DONE


def show(file: Path, *, json: bool = False) -> int:
    """Tell an X12 file in words.

    Args:
        file: an interchange.
        json: the words and the sets as JSON.
    """
    data = read_bytes(file)
    words = x12.show(data)
    if json:
        print_json({"file": str(file), "sets": list(x12.sniff(data)), "words": words.splitlines()})
    else:
        sys.stdout.write(words if words.endswith("\n") else words + "\n")
    return DONE
