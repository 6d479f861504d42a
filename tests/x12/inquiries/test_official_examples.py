"""Every official example of 270, 271, 276, 277 and 278 is read, told and written again without a segment lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answer_samples import ENVELOPE, contents

from cleanclaim.x12 import (
    read_270,
    read_271,
    read_276,
    read_277,
    read_278,
    show,
    write_270,
    write_271,
    write_276,
    write_277,
    write_278,
)

WAYS: dict[str, tuple[Callable[..., Any], Callable[..., bytes]]] = {
    "270": (read_270, write_270),
    "271": (read_271, write_271),
    "276": (read_276, write_276),
    "277": (read_277, write_277),
    "278": (read_278, write_278),
}
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "x12"


@pytest.mark.shared
@pytest.mark.parametrize("name", WAYS)
def test_no_segment_of_a_sample_is_lost(name: str) -> None:
    paths = sorted((SHARED / name).glob("*"))
    if not paths:
        pytest.skip("shared/data/x12 is absent")
    read, write = WAYS[name]
    for path in paths:
        data = path.read_bytes()
        records = read(data)
        written = write(records, ENVELOPE)
        assert contents(written) == contents(data), path.name
        assert read(written) == records, path.name
        told = show(data)
        assert "not told in words" not in told and "code {}" not in told, path.name
