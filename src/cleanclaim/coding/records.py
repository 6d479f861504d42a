"""What coding says: suggestions, the visit's level, and what it could not read or decide."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Span
from cleanclaim.kernel.because import Because


class SuggestionStatus(StrEnum):
    """Whether a code is proposed, or shown grey with the reason why it is not."""

    SUGGESTED = "suggested"
    SUPPRESSED = "suppressed"


@frozen
class Suggestion:
    """One code with its evidence.

    ``system`` is "ICD-10-CM", "ICD-10-PCS", "CPT" or "HCPCS". ``confidence`` is the
    probability that a coder accepts it, ``step`` the readable score behind it (see
    `cleanclaim.coding.confidence`). ``evidence`` are words of the note, each exactly ``note[start:end]``.
    Suggestions of one result stand in coding order.
    """

    system: str
    code: str
    description: str
    status: SuggestionStatus
    confidence: float
    assertion: Assertion
    evidence: tuple[Span, ...]
    because: tuple[Because, ...]
    modifiers: tuple[str, ...] = ()
    units: int = 1
    step: float = 0.85


@frozen
class LevelElement:
    """One thing that counts towards a level: of which element, what, and where it stands."""

    element: str
    level: str
    text: str
    evidence: tuple[Span, ...] = ()


@frozen
class VisitLevel:
    """The evaluation and management code of a visit, and ``by`` what it was chosen: decision making ("mdm"), minutes
    ("time"), the patient's age ("age"), or nothing but the kind of service ("kind").

    ``add_ons`` are the codes of time beyond it, with their units.
    """

    code: str
    level: str
    by: str
    elements: tuple[LevelElement, ...]
    because: tuple[Because, ...] = ()
    modifiers: tuple[str, ...] = ()
    add_ons: tuple[tuple[str, int], ...] = ()


@frozen
class Conflict:
    """A code that is proposed, and words elsewhere in the note that say otherwise."""

    code: str
    assertion: Assertion
    evidence: tuple[Span, ...]


@frozen
class CodingResult:
    """Everything coding says of a note. ``holds`` are questions for the coder or the clinician, ``missing`` what
    the note lacks before the visit can be billed (see `cleanclaim.documents.completeness`)."""

    suggestions: tuple[Suggestion, ...]
    em: VisitLevel | None
    because: tuple[Because, ...] = ()
    not_read: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    conflicting: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()
