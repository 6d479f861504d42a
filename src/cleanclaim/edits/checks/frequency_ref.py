"""FREQUENCY-REF: a correction names the claim it corrects, in the way the payer takes corrections."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.payers import CorrectionMethod
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "FREQUENCY-REF",
    "A replacement or void has the payer's claim number, and goes only to payers that take it.",
    Citation("NUCC 1500 Claim Form Reference Instruction Manual", "02/12", "item 22"),
)


@EDIT.per_claim
def frequency_ref(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare the frequency with the payer's claim number and the payer's way."""
    field = box(claim, "22", "64")
    if claim.frequency is Frequency.ORIGINAL:
        if claim.payer_claim_number:
            yield EDIT.warn(
                claim,
                "an original claim bears the payer's number of another claim",
                "If this corrects that claim, send it with frequency 7; otherwise take the number off.",
                field=field,
            )
        return
    if not claim.payer_claim_number.strip():
        yield EDIT.reject(
            claim,
            f"frequency {claim.frequency.value} replaces or voids a claim, and the payer's number of that "
            "claim is "
            "missing",
            "Enter the payer claim control number from the remittance or the claim acknowledgement.",
            field=field,
        )
    profile = context.payer(claim.coverage.payer.payer_id)
    if profile is None or profile.corrections is None:
        yield EDIT.not_checked(
            f"how payer {claim.coverage.payer.payer_id} takes corrections is not known: frequency not checked"
        )
    elif profile.corrections is CorrectionMethod.NEW_CLAIM:
        yield EDIT.reject(
            claim,
            f"{profile.payer_id} does not take frequency {claim.frequency.value}; it takes a correction "
            "as a new claim",
            "Send the corrected claim as an original, in the way this payer asks for.",
            field=field,
        )
