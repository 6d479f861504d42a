"""All that an edit may know besides the claim: the day, the code sets, the tables, the payers, the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

from attrs import field, frozen

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.edits.facts import PlacedDiagnosis, placed_diagnoses
from cleanclaim.edits.payers import PayerProfile, PayerRule
from cleanclaim.edits.tables import NO_TABLES, EditTables

_REMEMBERED_AT_MOST = 400_000
_BY_QUARTER = frozenset({"ICD-10-CM", "ICD-10-PCS"})
T = TypeVar("T")


@frozen
class ScrubContext:
    """What a run of the scrubber rests on; two runs with equal contexts say the same.

    ``asof`` is the day the claims are to be sent. ``payers`` are the practice's payer profiles;
    ``payer_rules`` further rules that stand in no profile. ``history`` holds the claims of the same practice
    sent before, None when none were given (then checks against the past are named as not made).
    """

    asof: dt.date
    book: CodeBook
    tables: EditTables = NO_TABLES
    payer_rules: tuple[PayerRule, ...] = ()
    payers: tuple[PayerProfile, ...] = ()
    history: tuple[AnyClaim, ...] | None = None
    _profiles: dict[str, PayerProfile] = field(init=False, repr=False, eq=False)
    _rules: dict[str, tuple[PayerRule, ...]] = field(init=False, repr=False, eq=False)
    _past: dict[str, list[AnyClaim]] = field(init=False, repr=False, eq=False)
    _placed: dict[str, tuple[AnyClaim, list[PlacedDiagnosis]]] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    _once: dict[Hashable, Any] = field(init=False, repr=False, eq=False, factory=dict)

    @_profiles.default
    def _index_profiles(self) -> dict[str, PayerProfile]:
        return {profile.payer_id: profile for profile in self.payers}

    @_rules.default
    def _index_rules(self) -> dict[str, tuple[PayerRule, ...]]:
        index: dict[str, tuple[PayerRule, ...]] = {}
        for rule in (*(rule for profile in self.payers for rule in profile.rules), *self.payer_rules):
            index[rule.payer_id] = (*index.get(rule.payer_id, ()), rule)
        return index

    @_past.default
    def _index_past(self) -> dict[str, list[AnyClaim]]:
        index: dict[str, list[AnyClaim]] = {}
        for claim in self.history or ():
            index.setdefault(patient_key(claim), []).append(claim)
        return index

    def payer(self, payer_id: str) -> PayerProfile | None:
        """The profile of a payer, or None when the practice keeps none."""
        return self._profiles.get(payer_id)

    def rules_of(self, payer_id: str) -> tuple[PayerRule, ...]:
        """The payer's own rules, those of its profile first."""
        return self._rules.get(payer_id, ())

    def past_of(self, claim: AnyClaim) -> list[AnyClaim]:
        """The claims of the same patient in the history, in its order."""
        return self._past.get(patient_key(claim), [])

    def find(self, system: str, code: str, on: dt.date) -> CodeEntry | None:
        """The book's entry of a code on a day.

        Releases of ICD-10 begin on the first day of a quarter, so one look-up serves a quarter.
        """
        return self.book.find(system, code, quarter_start(on) if system in _BY_QUARTER else on)

    def placed(self, claim: AnyClaim) -> list[PlacedDiagnosis]:
        """Every diagnosis of a claim with its place; the last claim asked for is remembered."""
        claim_before, placed = self._placed.get("last", (None, []))
        if claim_before is not claim:
            placed = placed_diagnoses(claim)
            self._placed["last"] = (claim, placed)
        return placed

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """A value that depends on the context and the key alone, computed once.

        The same codes and days come again and again in a run; the memory is emptied when it is full.
        """
        try:
            found: T = self._once[key]
            return found
        except KeyError:
            pass
        if len(self._once) >= _REMEMBERED_AT_MOST:
            self._once.clear()
        value = self._once[key] = compute()
        return value


@lru_cache(maxsize=65_536)
def quarter_start(on: dt.date) -> dt.date:
    """The first day of the quarter of a day."""
    return on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)


def patient_key(claim: AnyClaim) -> str:
    """What tells one patient from another: the practice's number, else the member number and birth date."""
    if claim.patient.patient_id:
        return claim.patient.patient_id
    return f"{claim.coverage.subscriber.member_id}|{claim.patient.birth_date}|{claim.patient.name.first}"
