"""What the encounter itself is coded with, beside its diseases: aftercare, screenings, histories, smoke at home."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.candidates import Candidates
from cleanclaim.coding.picks import Picks
from cleanclaim.coding.reasons.aftercare import add_aftercare
from cleanclaim.coding.reasons.past_events import add_past_events
from cleanclaim.coding.reasons.smoke_in_house import add_smoke_in_house
from cleanclaim.documents.note import Note


def add_visit_companions(
    note: Note, picks: Picks, candidates: Candidates, setting: Setting, book: CodeBook, on: dt.date
) -> Picks:
    """After circumstances were judged: the operation before it, what else was before it, and who smokes at home."""
    picks = add_aftercare(note, picks, setting, book, on)
    picks = add_past_events(note, picks, candidates, on.year)
    return add_smoke_in_house(note, picks)
