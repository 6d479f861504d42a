"""The grouper's native call: one claim as JSON in, one answer as JSON out.

The package's own method checks every field in Python again before the same call; a case is checked here already
(`case_fault`), and those checks cost a seventh of the time.
"""

from __future__ import annotations

import ctypes
from typing import Any

_json: Any
try:
    import orjson as _json
except ImportError:  # the package msdrg does without it too, slower
    _json = None


def group_claim(grouper: Any, claim: dict[str, Any]) -> dict[str, Any]:
    """The raw answer of an open ``msdrg.MsdrgGrouper`` for a claim that was checked before.

    Raises:
        RuntimeError: the grouper is closed or gave no answer.
        TypeError: a code holds what no text can be written with.
    """
    if _json is None:
        raw: dict[str, Any] = grouper.group(claim)
        return raw
    if not grouper.ctx:
        raise RuntimeError("the grouper is closed")
    pointer = grouper.lib.msdrg_group_json(grouper.ctx, _json.dumps(claim))
    if not pointer:
        raise RuntimeError("the grouper gave no answer")
    try:
        answer: dict[str, Any] = _json.loads(ctypes.string_at(pointer))
    finally:
        grouper.lib.msdrg_string_free(pointer)
    return answer
