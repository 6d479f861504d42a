"""DUPLICATE-CLAIM: the same service is not billed on two claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext, patient_key
from cleanclaim.edits.edit import Edit, SaidOf
from cleanclaim.edits.facts import box, is_professional, rendering_npi
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

_Key = tuple[object, ...]
EDIT = Edit(
    "DUPLICATE-CLAIM",
    "No original claim bills a service to a payer that another claim bills for that patient and day.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 1, section 120"),
)


@EDIT.over_claims
def duplicate_claim(claims: Sequence[AnyClaim], context: ScrubContext) -> Iterator[SaidOf]:
    """Compare the lines of every original claim with those of the claims before it and of the history."""
    if context.history is None:
        yield EDIT.not_checked("no earlier claims were given: duplicates sought among these claims only")
    before: dict[_Key, str] = {}
    ids: dict[tuple[str, int, str], int] = {}
    for place, claim in enumerate(claims):
        twin = ids.setdefault((claim.claim_id, claim.version, claim.coverage.payer.payer_id), place)
        if twin != place:
            yield (
                place,
                EDIT.reject(
                    claim,
                    f"claim {claim.claim_id} version {claim.version} is in this run twice",
                    "Send it once.",
                    field=box(claim, "26", "3a"),
                ),
            )
        elif claim.frequency is Frequency.ORIGINAL:
            found = _found(claim, before) or _found(claim, _past(claim, context))
            if found is not None:
                line, other = found
                yield (
                    place,
                    EDIT.reject(
                        claim,
                        f"{line.code or line.revenue_code} of {line.service_date} is billed already on "
                        f"claim {other}",
                        "If it was billed twice, withdraw this claim; if it was done again, add 76, 77, "
                        "91 or the site; "
                        "if it corrects the other claim, send it with frequency 7.",
                        line=line.number,
                        field=box(claim, "24D", "44"),
                    ),
                )
        if claim.frequency is not Frequency.VOID:
            for line in claim.lines:
                before.setdefault(_key(claim, line), claim.claim_id)


def _past(claim: AnyClaim, context: ScrubContext) -> dict[_Key, str]:
    earlier = context.past_of(claim)
    return {_key(one, line): one.claim_id for one in earlier for line in one.lines} if earlier else {}


def _found(claim: AnyClaim, others: dict[_Key, str]) -> tuple[ServiceLine, str] | None:
    if not others:
        return None
    for line in claim.lines:
        other = others.get(_key(claim, line))
        if other is not None and other != claim.claim_id and not _repeated(line):
            return line, other
    return None


def _repeated(line: ServiceLine) -> bool:
    return any(row_of("modifiers", "repeated", modifier, line.service_date) for modifier in line.modifiers)


def _key(claim: AnyClaim, line: ServiceLine) -> _Key:
    return (
        patient_key(claim),
        is_professional(claim),
        claim.coverage.payer.payer_id,
        claim.billing.npi,
        rendering_npi(claim, line),
        line.service_date,
        line.code,
        line.revenue_code,
        tuple(sorted(line.modifiers)),
    )
