"""The same note is answered alike on every run: nothing hangs on the order in which a set gives its members."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_COLONOSCOPY = (
    "COLONOSCOPY\nIndication: average-risk screening.\nCecum reached. One polyp in the ascending colon removed.\n\n"
    "Impression: one 6 mm polyp, ascending colon, removed.\n"
    "Pathology: ascending colon polyp - tubular adenoma, no high-grade dysplasia.\n"
)
_VISIT = (
    "CHIEF COMPLAINT\nDyspnea.\n\nASSESSMENT AND PLAN\n1. Shortness of breath.\n"
    "- I believe this is due to an exacerbation of her congestive heart failure. COPD exacerbation less likely.\n"
    "2. Type 2 diabetes with moderate nonproliferative retinopathy without macular edema, left eye.\n"
    "3. Displaced fracture of base of fifth metacarpal bone, right hand.\n"
)
_DISCHARGE = (
    "DISCHARGE DIAGNOSES\n1. Alcohol withdrawal delirium. 2. Opioid use disorder, severe, with withdrawal.\n"
    "3. Acute on chronic systolic heart failure, hypertension, CKD stage 4, type 2 diabetes.\n"
)
_PROGRAM = """
import datetime as dt, sys
from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.coding.suggest import suggest
book = open_book()
for note in sys.argv[1:]:
    for setting in (Setting.OUTPATIENT, Setting.INPATIENT):
        print(suggest(note, setting=setting, on=dt.date(2026, 9, 14), book=book))
"""


@pytest.mark.usefixtures("coder")
def test_runs_with_other_hash_seeds_give_the_same_answer() -> None:
    def answer(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _PROGRAM, _COLONOSCOPY, _VISIT, _DISCHARGE]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    answers = [answer(seed) for seed in ("1", "2")]
    assert answers[0]
    assert answers[0] == answers[1]
