"""Where the project's own data lies: beside the package when installed, in the checkout when developed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def reference_folder() -> Path:
    """The folder of dated facts (`reference/` of the project)."""
    return _first(_PACKAGE / "_reference", _CHECKOUT / "reference")


def examples_folder() -> Path:
    """The folder of the example practice (`examples/` of the project)."""
    return _first(_PACKAGE / "_examples", _CHECKOUT / "examples")


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout
