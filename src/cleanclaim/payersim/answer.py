"""A file that comes back, and the way it takes."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.x12.syntax.reader import Segment


@frozen
class Answer:
    """One file for the practice: ``kind`` is TA1, 999, 277CA or 835, ``payer_id`` empty without a payer."""

    kind: str
    payer_id: str
    filename: str
    data: bytes


@frozen
class Route:
    """Who sent us a file and to whom, from its ISA; answers go the other way."""

    submitter_id: str
    clearinghouse_id: str
    submitter_qualifier: str = "ZZ"
    clearinghouse_qualifier: str = "ZZ"
    test: bool = True

    @classmethod
    def of_claims(cls, isa: Segment) -> Route:
        """From the ISA of a file that the practice sent."""
        return cls(isa.get(6).strip(), isa.get(8).strip(), isa.get(5), isa.get(7), isa.get(15) == "T")

    @classmethod
    def of_answer(cls, isa: Segment) -> Route:
        """From the ISA of a file that went to the practice."""
        return cls(isa.get(8).strip(), isa.get(6).strip(), isa.get(7), isa.get(5), isa.get(15) == "T")
