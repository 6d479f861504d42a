"""TAXONOMY-UNKNOWN: a taxonomy code given is in the NUCC set."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import last_day, placed_providers
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.identifiers import taxonomy_has_shape

EDIT = Edit(
    "TAXONOMY-UNKNOWN",
    "A provider's taxonomy code is in the NUCC code set on the day of service.",
    Citation("NUCC Health Care Provider Taxonomy", "2026", "code list"),
)
_FIX = "Enter the ten-character taxonomy code from the provider's NPI record."


@EDIT.per_claim
def taxonomy_unknown(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the taxonomy code of every provider that has one."""
    day = last_day(claim) or context.asof
    for role, field, provider, line in placed_providers(claim):
        code = provider.taxonomy
        if not code:
            continue
        if not taxonomy_has_shape(code):
            problem = f"the taxonomy code {code} of the {role} is not ten characters ending in X"
        else:
            entry = context.find("TAXONOMY", code, day)
            if entry is not None and entry.status is CodeStatus.UNKNOWN:
                yield EDIT.not_checked(
                    "the whole NUCC set is not loaded: other taxonomy codes checked for shape only"
                )
                continue
            if entry is not None and entry.valid:
                continue
            problem = f"the taxonomy code {code} of the {role} is not in the NUCC set on {day}"
        yield EDIT.reject(claim, problem, _FIX, line=line, field=field)
