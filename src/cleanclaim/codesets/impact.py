"""What a new release breaks of the codes that a practice works with: its prices, its rules, its open work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.entry import CodeEntry, CodeStatus
from cleanclaim.codesets.shapes import fits

_FEES = frozenset({"MPFS", "CLFS", "DMEPOS", "ASP", "OPPS-B", "ASC"})
_HELD_BY = {"HCPCS": ("HCPCS", "MODIFIER"), "CPT": ("CPT", "MODIFIER")}


class BreakKind(StrEnum):
    """How a code breaks: it ended, needs more characters now, is in no release, has no fee now, or means another."""

    ENDED = "ended"
    NOT_BILLABLE = "not-billable"
    UNKNOWN = "unknown"
    NO_FEE = "no-fee"
    REWORDED = "reworded"


@frozen
class UsedCode:
    """A code that a practice works with, and where it stands there, in words for a person.

    ``system`` may be empty for a service, whose set its shape tells. ``on`` is the day of service it waits for (an open
    visit or authorization), None for what is used again and again. ``header_will_do``: a category is enough,
    as in a rule on all codes that begin so.
    """

    system: str
    code: str
    where: str
    on: dt.date | None = None
    header_will_do: bool = False


@frozen
class LoadedRelease:
    """A release that was just loaded: its set, its days, and the keys that its predecessor had and it has no more."""

    set_name: str
    release: str
    first: dt.date
    last: dt.date | None = None
    ended_keys: frozenset[str] = frozenset()


@frozen
class Break:
    """A used code that a release breaks, from which day, and how it read before and after."""

    used: UsedCode
    kind: BreakKind
    set_name: str
    release: str
    on: dt.date
    before: str = ""
    after: str = ""

    def text(self) -> str:
        """One sentence without its end."""
        words = {
            BreakKind.ENDED: f"is not valid on {self.on} any more",
            BreakKind.NOT_BILLABLE: f"needs more characters on {self.on}",
            BreakKind.UNKNOWN: f"is in no loaded release of {self.set_name}",
            BreakKind.NO_FEE: f"has no row in {self.set_name} {self.release} any more",
            BreakKind.REWORDED: f'reads "{self.after}" from {self.on}, before "{self.before}"',
        }
        return f"{self.used.code} ({self.used.where}) {words[self.kind]}"


def broken_codes(
    used: Iterable[UsedCode], releases: Iterable[LoadedRelease], book: CodeBook
) -> tuple[Break, ...]:
    """Every used code that one of the loaded releases breaks, in the order of the used codes.

    ``book`` is the code book with the releases in it. What waits for a day outside a release is not broken by it;
    what was not valid before the release either is told once, as unknown, where the set is complete.
    """
    news = tuple(releases)
    complete = {one.system for one in book.sets() if one.complete}
    return tuple(
        found for code in used for release in news for found in _broken(code, release, book, complete)
    )


def _broken(used: UsedCode, release: LoadedRelease, book: CodeBook, complete: set[str]) -> Iterator[Break]:
    system = used.system or _service_system(used.code)
    if release.set_name in _FEES:
        if system in ("HCPCS", "CPT") and _without_fee(used.code, release.ended_keys):
            yield Break(used, BreakKind.NO_FEE, release.set_name, release.release, release.first)
        return
    if system not in _HELD_BY.get(release.set_name, (release.set_name,)) or system not in complete:
        return
    day = max(used.on, release.first) if used.on is not None else release.first
    if used.on is not None and not release.first <= used.on <= (release.last or used.on):
        return
    after = book.find(system, used.code, day)
    before = book.find(system, used.code, release.first - dt.timedelta(days=1))
    kind = _kind(used, before, after)
    if kind is not None:
        yield Break(used, kind, release.set_name, release.release, day, _title(before), _title(after))


def _kind(used: UsedCode, before: CodeEntry | None, after: CodeEntry | None) -> BreakKind | None:
    if after is None or after.status == CodeStatus.UNKNOWN:
        return BreakKind.UNKNOWN
    if not after.valid:
        return BreakKind.ENDED
    if not after.billable and not used.header_will_do:
        return BreakKind.NOT_BILLABLE
    reworded = before is not None and before.valid and before.title and before.title != after.title
    return BreakKind.REWORDED if reworded else None


def _title(entry: CodeEntry | None) -> str:
    return entry.title if entry is not None and entry.valid else ""


def _service_system(code: str) -> str:
    return next((system for system in ("HCPCS", "CPT", "MODIFIER") if fits(system, code)), "")


def _without_fee(code: str, ended_keys: frozenset[str]) -> bool:
    return code in ended_keys or f"{code}/" in ended_keys


def used_by_rules(rules: Mapping[str, object], where: str) -> Iterator[UsedCode]:
    """The codes that the condition of a payer's rule names; a range stands for what is in it and never breaks."""
    for name, told in rules.items():
        values = [str(one) for one in told] if isinstance(told, list) else []
        kind = name.split("_")[0]
        for value in values:
            if kind == "codes" and "-" not in value:
                yield UsedCode("", value, where)
            elif kind == "diagnoses":
                yield UsedCode("ICD-10-CM", value, where, header_will_do=True)
            elif kind == "modifiers":
                yield UsedCode("MODIFIER", value, where)
