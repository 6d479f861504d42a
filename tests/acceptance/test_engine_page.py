"""The blocks of docs/engine.md run as they stand, in one session, beside the worked example."""

from __future__ import annotations

import re
from pathlib import Path

from cleanclaim.kernel.resources import examples_folder

PAGE = Path(__file__).resolve().parents[2] / "docs" / "engine.md"


def test_what_the_page_shows_holds(demo, tmp_path, monkeypatch):
    (tmp_path / "examples").symlink_to(examples_folder())
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "demo").symlink_to(demo.out)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    assert len(blocks) > 4
    session: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), session)
