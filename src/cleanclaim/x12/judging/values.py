"""SNIP type 5: values of outer code sets. What needs a day waits until the day of the claim is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from attrs import define, field

from cleanclaim.codesets.book import CodeBook, CodeStatus, open_book
from cleanclaim.kernel.identifiers import npi_fault, taxonomy_has_shape
from cleanclaim.x12.guide.guide_specs import ElementSpec, SegmentSpec
from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.judging.places import COUNTRIES, PROVINCES, STATES
from cleanclaim.x12.syntax.reader import Segment

ICD10_FROM = dt.date(2015, 10, 1)
_REMEMBERED = 50_000
_ICD9 = frozenset({"BK", "BF", "BJ", "PR", "BN", "BR", "BQ"})
_ICD10 = frozenset({"ABK", "ABF", "ABJ", "APR", "ABN", "BBR", "BBQ"})

Deferred = tuple[ElementSpec, str, str]
Pending = tuple[Deferred, SegmentSpec, Segment]


@define
class Values:
    """Checks values of one transaction set; ``pending`` are those that wait for their day."""

    finder: Finder
    book: CodeBook | None = None
    pending: list[Pending] = field(factory=list)
    known: dict[tuple[str, str, str], str] = field(factory=dict)
    dated: dict[tuple[str, str, str, dt.date], str] = field(factory=dict)

    def check(
        self,
        want: ElementSpec,
        text: str,
        among: Sequence[str],
        place: int,
        spec: SegmentSpec,
        segment: Segment,
    ) -> None:
        """Check one value now, or keep it until `settle` where it depends on a day."""
        if self.finder.level < 5:
            return
        domain = want.domain
        before = among[place - 1]
        if domain in _DATED:
            self.pending.append(((want, text, before), spec, segment))
            return
        ahead = _LOOKS_AHEAD.get(domain)
        context = before
        if ahead is not None:
            context = among[place + ahead] if place + ahead < len(among) else ""
        key = domain, text, context
        wrong = self.known.get(key)
        if wrong is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            wrong = self.known[key] = _UNDATED[domain](text, context)
        if wrong:
            self.finder.about(
                5,
                domain.upper(),
                spec,
                segment,
                want,
                want.number,
                wrong,
                "correct it or ask for the right one",
            )

    def settle(self, on: dt.date | None) -> None:
        """Check what waited, as of a day; without one nothing dated can be checked."""
        if on is not None:
            dated = self.dated
            for (want, text, before), spec, segment in self.pending:
                key = want.domain, text, before, on
                wrong = dated.get(key)
                if wrong is None:
                    if len(dated) >= _REMEMBERED:
                        dated.clear()
                    wrong = dated[key] = self._dated_fault(want.domain, text, before, on)
                if wrong:
                    self.finder.about(
                        5, want.domain.upper(), spec, segment, want, want.number, wrong, "correct the code"
                    )
        self.pending.clear()

    def _dated_fault(self, domain: str, text: str, before: str, on: dt.date) -> str:
        if domain in {"dx", "px"}:
            if before in _ICD9:
                return "says ICD-9, which ended on 2015-09-30" if on >= ICD10_FROM else ""
            if before in _ICD10 and on < ICD10_FROM:
                return "says ICD-10, which began on 2015-10-01"
            if "." in text:
                return f"is {text[:9]!r}; X12 carries the code without its point"
            if before not in _ICD10:
                return ""
        return self._book_fault(_DATED[domain], text, on)

    def _book_fault(self, system: str, text: str, on: dt.date) -> str:
        if self.book is None:
            self.book = open_book()
        entry = self.book.find(system, text, on)
        shown = text[:8] if text.isascii() and text.isprintable() else "(not printable)"
        if entry is None:
            return f"is {shown}, which is no {system} code"
        if entry.status is CodeStatus.HEADER:
            return f"is {shown}, which is a heading of {system}: it needs more characters"
        if entry.status is CodeStatus.TERMINATED:
            return f"is {shown}, which {system} no longer had on {on}"
        if entry.status is CodeStatus.NOT_YET:
            return f"is {shown}, which {system} did not have yet on {on}"
        return ""


_DATED = {
    "dx": "ICD-10-CM",
    "px": "ICD-10-PCS",
    "pos": "POS",
    "drg": "MS-DRG",
    "dstatus": "DISCHARGE-STATUS",
    "carc": "CARC",
    "rarc": "RARC",
}


def _npi(text: str, kind: str) -> str:
    return f"is {text[:10]}: {npi_fault(text)}" if kind == "XX" and npi_fault(text) else ""


def _taxonomy(text: str, kind: str) -> str:
    return "" if kind != "PXC" or taxonomy_has_shape(text) else "is no taxonomy code (nine characters and X)"


def _tax(text: str, _: str) -> str:
    return "" if len(text) == 9 and _digits(text) else "is not nine digits"


def _state(text: str, country: str) -> str:
    if country not in {"", "US", "CA"}:
        return ""
    return "" if text in STATES or text in PROVINCES else f"is {text[:2]!r}, which is no state or province"


def _country(text: str, _: str) -> str:
    return "" if text in COUNTRIES else f"is {text[:3]!r}, which is no country of ISO 3166"


def _zip(text: str, country: str) -> str:
    if country not in {"", "US"}:
        return ""
    return "" if len(text) in {5, 9} and _digits(text) else "is not a ZIP code of five or nine digits"


def _zip9(text: str, country: str) -> str:
    if country not in {"", "US"}:
        return ""
    return "" if len(text) == 9 and _digits(text) else "has no ZIP+4: all nine digits are asked for here"


def _procedure(text: str, kind: str) -> str:
    fits = kind not in {"HC", "AD"} or (
        (len(text) == 5 and text.isalnum() and text.isupper()) or _digits(text)
    )
    return (
        "" if fits and (kind not in {"HC", "AD"} or len(text) == 5) else f"is {text[:8]!r}: five characters"
    )


def _cpt(text: str, _: str) -> str:
    return _procedure(text, "HC")


def _modifier(text: str, _: str) -> str:
    return "" if len(text) == 2 and text.isalnum() and text == text.upper() else "is no modifier"


def _ndc(text: str, kind: str) -> str:
    return "" if kind != "N4" or (len(text) == 11 and _digits(text)) else "is not an NDC of eleven digits"


def _revenue(text: str, _: str) -> str:
    return "" if len(text) == 4 and _digits(text) else "is not a revenue code of four digits"


def _two(text: str, _: str) -> str:
    good = len(text) == 2 and text.isascii() and text.isalnum() and text == text.upper()
    return "" if good else f"is {text[:4]!r}: two characters, letters in capitals"


def _tooth(text: str, kind: str) -> str:
    if kind != "JP":
        return ""
    good = (_digits(text) and 1 <= int(text) <= 32) or (len(text) == 1 and "A" <= text <= "T")
    return "" if good or text in _SUPERNUMERARY else "is no tooth of the universal numbering"


def _bill_type(text: str, _: str) -> str:
    good = len(text) == 2 and _digits(text) and text[0] in "12345678" and text[1] in "123456789"
    return "" if good else f"is {text[:3]!r}, which is no type of bill"


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


_SUPERNUMERARY = frozenset({str(number) for number in range(51, 83)} | {f"{chr(65 + n)}S" for n in range(20)})
# Values that mean something else under another country or code list, and how far behind them that one stands.
_LOOKS_AHEAD = {"state": 2, "zip": 1, "zip9": 1, "tooth-status": 5}
_UNDATED: dict[str, Callable[[str, str], str]] = {
    "npi": _npi,
    "taxonomy": _taxonomy,
    "tax": _tax,
    "state": _state,
    "country": _country,
    "zip": _zip,
    "zip9": _zip9,
    "procedure": _procedure,
    "cpt": _cpt,
    "modifier": _modifier,
    "ndc": _ndc,
    "revenue": _revenue,
    "two": _two,
    "tooth": _tooth,
    "tooth-status": _tooth,
    "tob": _bill_type,
}
