"""An acute appendicitis must say what was found with it: perforation, gangrene, abscess, peritonitis (K35)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Discharge dx: Acute appendicitis, no perforation, no abscess.", "K35.80"),
        ("Discharge dx: Gangrenous appendicitis.", "K35.891"),
        ("Discharge dx: Perforated appendicitis.", "K35.32"),
        ("Discharge dx: Acute appendicitis.\nFindings: perforated appendix, pelvic abscess.", "K35.33"),
        ("Discharge dx: Perforated appendicitis with generalized peritonitis.", "K35.201"),
        ("Discharge dx: Acute appendicitis with localized peritonitis and gangrene.", "K35.31"),
        ("Discharge dx: Acute appendicitis.\nHPI: CT to rule out abscess.", "K35.80"),
    ],
)
def test_the_code_says_what_was_found(note: str, code: str, codes: Codes) -> None:
    assert codes(note, "inpatient") == [code]
