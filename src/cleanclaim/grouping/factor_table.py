"""Tables of factors of CMS that the product carries, held against their manifests."""

from __future__ import annotations

import csv
import hashlib
from typing import Any

import yaml

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder


def read_factors(name: str) -> list[dict[str, str]]:
    """The rows of a table of `reference/grouping`, all cells as text.

    Raises:
        InputError: the table differs from its manifest.
    """
    path = reference_folder() / "grouping" / f"{name}.tsv"
    raw = path.read_bytes()
    manifest: dict[str, Any] = yaml.safe_load(path.with_suffix(".manifest.yaml").read_text(encoding="utf-8"))
    if hashlib.sha256(raw).hexdigest() != manifest["sha256"]:
        raise InputError(
            "the table differs from its manifest", where=path.name, why="the sha256 does not fit",
            fix="restore the file, or check the change and write the new sha256 into the manifest",
        )  # fmt: skip
    return list(csv.DictReader(raw.decode("utf-8").splitlines(), delimiter="\t", strict=True))
