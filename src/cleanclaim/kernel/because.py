"""Why: the citation and the inputs behind a suggestion, a finding, a price or a posting."""

from __future__ import annotations

from attrs import frozen


@frozen
class Citation:
    """Where a rule stands.

    ``source`` names the document or table ("ICD-10-CM Official Guidelines"), ``release`` its edition
    ("FY2027"), ``where`` the place in it ("Section IV.H").
    """

    source: str
    release: str
    where: str


@frozen
class Because:
    """One reason in words, with the rule it rests on and the inputs that decided it.

    ``inputs`` are (name, value) pairs as text, in the order in which they count.
    """

    text: str
    citation: Citation | None = None
    inputs: tuple[tuple[str, str], ...] = ()
