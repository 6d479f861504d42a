"""Lexicon files parsed once and kept as plain data beside the compiled lexicon, so that a start reads them fast."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_FORM = f"1-{marshal.version}"


def parsed(data: bytes, parse: Callable[[bytes], Any]) -> Any:
    """What ``parse`` makes of a file's bytes, from the file kept for exactly these bytes where there is one.

    Only plain data is kept; what cannot be kept or read back is parsed again.
    """
    path = _folder() / f"lexicon-{_FORM}-{hashlib.sha256(data).hexdigest()[:24]}"
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        return marshal.loads(path.read_bytes())  # noqa: S302 - our own file; the lexicon holds no code
    made = parse(data)
    with contextlib.suppress(OSError, ValueError):
        _keep(path, marshal.dumps(made))
    return made


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def _folder() -> Path:
    home, user = os.environ.get("CLEANCLAIM_HOME"), os.environ.get("XDG_CACHE_HOME")
    base = Path(home) / "cache" if home else (Path(user) if user else Path.home() / ".cache") / "cleanclaim"
    return base / "coding"
