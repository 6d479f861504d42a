"""What a drug brought has a code that says so: opioid constipation is K59.03 (index, "drug-induced", "due to drug").

The drug is coded already (T36 to T50 with a fifth or sixth character 5); the disease of its sentence gives way to the
one whose title names drugs. The table stands in reference/lexicon/harm_by_drugs.yaml under "brought".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.medicines.harm_by_drugs import harm_table
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note


def add_drug_brought(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks where a disease laid to a drug in one sentence is coded as the drug's."""
    drugs = [pick for pick in live(picks) if _adverse(pick.code)]
    if not drugs:
        return picks
    out = dict(picks)
    for pick in live(picks):
        rows = [{**one, "give": code} for one in harm_table()["brought"] if (code := _given(one, pick.code))]
        drug = _in_one_sentence(note, pick, drugs) if rows else None
        row = next((one for one in rows if drug and _fits(one, drug, picks)), None)
        if row is None or drug is None:
            continue
        entry = billable_entry(book, row["give"], on)
        if entry is None:
            continue
        reason = guideline(
            "Section I.C.19.e.5.a", "a drug brought it", ("from", pick.code), ("drug", drug.code)
        )
        text = f"a drug brought it: {row['give']}"
        out[pick.code] = pick.drop(guideline("Section I.C.19.e.5.a", text))
        known = out.get(row["give"])
        if known is None or known.dropped is not None:
            out[row["give"]] = evolve(pick, code=row["give"], inferred=True).explain(reason)
    return out


def _given(row: dict[str, Any], code: str) -> str:
    """What a row gives for a disease, or ""; "M10.0*" to "M10.2*" keeps the site."""
    for one in row["dx"]:
        if one == code:
            return str(row["give"])
        if one[-1] == "*" and code.startswith(one[:-1]):
            return str(row["give"]).replace("*", code[len(one) - 1 :])
    return ""


def _fits(row: dict[str, Any], drug: Pick, picks: Picks) -> bool:
    if "drugs" in row and not begins_with(drug.code, row["drugs"]):
        return False
    return "unless" not in row or not any(begins_with(one.code, row["unless"]) for one in live(picks))


def _adverse(code: str) -> bool:
    return code[0] == "T" and code[1:3].isdigit() and 36 <= int(code[1:3]) <= 50 and code[-2:] == "5A"


def _in_one_sentence(note: Note, pick: Pick, drugs: list[Pick]) -> Pick | None:
    own = {note.sentence_at(mention.first).first for mention in pick.mentions if mention.affirmed}
    return next(
        (
            drug
            for drug in drugs
            if any(note.sentence_at(mention.first).first in own for mention in drug.mentions)
        ),
        None,
    )
