"""Where the project's own data lies: beside the package when installed, in the checkout when developed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def reference_folder() -> Path:
    """The folder of dated facts (`reference/` of the project)."""
    return _first(_PACKAGE / "_reference", _CHECKOUT / "reference")


def examples_folder() -> Path:
    """The folder of the example practice (`examples/` of the project)."""
    return _first(_PACKAGE / "_examples", _CHECKOUT / "examples")


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout


def read_reference_yaml(path: Path) -> Any:
    """The content of one of the project's own YAML files, by the same safe rules as any, but parsed in C.

    Only for what ships with the project: the C parser does not guard against text nested without end. What a
    practice or a payer wrote is read by `kernel.fields` or PyYAML's own safe loader.

    Raises:
        OSError: it cannot be read.
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
