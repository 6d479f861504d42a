"""Every drug stands in the group that the official table of drugs gives it (Section I.C.19.e)."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.medicines.drug_groups import drug_code, drug_groups

_ON = dt.date(2026, 9, 14)
_TAKEN = 4  # the column of adverse effects, which only drugs have
_TABLE = (
    Path(__file__).resolve().parents[3].parent
    / "shared/data/codesets/icd10cm-fy2026/icd10cm-drug-April-1-2026-XML.xml"
)


def test_every_group_has_a_code_of_poisoning(book: CodeBook) -> None:
    codes = {drug_code(stem, "1") for stem in drug_groups().values()}
    entries = {code: book.find("ICD-10-CM", code, _ON) for code in codes}
    assert [code for code, entry in entries.items() if entry is None or not entry.billable] == []


@pytest.mark.shared
def test_the_groups_are_those_of_the_official_table() -> None:
    official = {}
    for term in ElementTree.parse(_TABLE).getroot().iter("mainTerm"):
        cells = [cell.text or "" for cell in term.findall("cell")]
        title = term.find("title")
        if title is not None and len(cells) > _TAKEN and cells[_TAKEN].startswith("T"):
            name = re.sub(r"\s*\(.*?\)", "", " ".join("".join(title.itertext()).split())).lower()
            official.setdefault(tuple(name.split()), cells[_TAKEN])
    known = drug_groups()
    wrong = {
        name: (stem, official[name])
        for name, stem in known.items()
        if name in official and not official[name].startswith(stem)
    }
    assert len(set(known) & set(official)) > 1_000
    assert wrong == {}
