"""Who and what inquiries and their answers speak of: parties, numbers, days, traces, refusals.

Every record carries what the file says beyond its fields in ``carried``: whole segments as text, with the
delimiters of `Delimiters`, so that a file read and written again says the same.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from cleanclaim.claims.parties import Address


@frozen
class Number:
    """A further identifier (REF): what kind of number it is by X12's code, the number, a description."""

    kind: str
    number: str
    description: str = ""


@frozen
class Day:
    """A day or a span of days (DTP) and what it means by X12's code; a single day has no ``last``."""

    kind: str
    first: dt.date
    last: dt.date | None = None
    is_span: bool = False

    def shown(self) -> str:
        """The day, or first and last of the span."""
        return f"{self.first}" if self.last is None else f"{self.first} to {self.last}"


@frozen
class Trace:
    """A number by which one finds the answer to a question (TRN): ``kind`` 1 is ours, 2 is given back."""

    kind: str
    number: str
    originator: str = ""
    reference: str = ""


@frozen
class Contact:
    """Whom to call (PER): a name and up to three ways, each as the kind (TE, EM, FX, UR, EX) and the number."""

    name: str = ""
    ways: tuple[tuple[str, str], ...] = ()


@frozen
class Rejection:
    """A request that was not processed (AAA).

    ``reason`` is AAA03, ``follow_up`` AAA04: both in words by `rejection_words`. ``is_valid`` is AAA01: the
    request had the right shape (Y), though it could not be answered.
    """

    reason: str
    follow_up: str
    is_valid: bool = False
    agency: str = ""


@frozen(kw_only=True)
class Party:
    """Somebody named in a file (NM1 and what stands below it).

    ``role`` is NM101: PR payer, 1P provider, 41 submitter, IL subscriber, 03 or QC dependent, ... A person has
    ``last`` and ``first``; an organization its name in ``last``. ``identifier_kind`` is NM108: XX NPI, MI
    member id, PI payer id, ... ``relationship`` is INS02 and ``specialty`` PRV01 and PRV03.
    """

    role: str
    last: str = ""
    first: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""
    is_person: bool = False
    identifier_kind: str = ""
    identifier: str = ""
    relation: str = ""
    birth_date: dt.date | None = None
    sex: str = ""
    relationship: str = ""
    address: Address | None = None
    specialty: tuple[str, str] | None = None
    numbers: tuple[Number, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    carried: tuple[str, ...] = ()

    def shown(self) -> str:
        """The name to print: last, first middle of a person, the name of an organization."""
        if not self.is_person:
            return self.last or "(no name)"
        last = f"{self.last} {self.suffix}".strip()
        given = " ".join(part for part in (self.prefix, self.first, self.middle) if part)
        return (f"{last}, {given}" if given and last else last or given) or "(no name)"


@frozen
class Heading:
    """How a transaction set begins (BHT): its purpose, its number and, where it has one, its kind.

    ``reference`` is BHT03, ``written_on`` and ``clock`` (HHMM, also with seconds) the sender's time; what is empty,
    the writer takes from the envelope.
    """

    purpose: str
    reference: str = ""
    written_on: dt.date | None = None
    clock: str = ""
    kind: str = ""
    carried: tuple[str, ...] = ()
