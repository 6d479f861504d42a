"""The price of a claim: what the contract allows, who owes which part of it, and why."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents


@frozen
class PricedLine:
    """One line priced.

    charge = contractual + other payers + allowed, and allowed = payer + patient + sequestration.
    ``allowed_cents``, ``contractual_cents`` and ``payer_cents`` are None where the contract gives no price;
    the last reason in ``because`` then says why. ``payer_cents`` alone is None where the price is known and
    the patient's benefits are not. ``other_payer_cents`` is what an earlier payer took away from the charge.
    """

    line_number: int
    charge_cents: Cents
    allowed_cents: Cents | None
    deductible_cents: Cents = 0
    copay_cents: Cents = 0
    coinsurance_cents: Cents = 0
    other_patient_cents: Cents = 0
    payer_cents: Cents | None = None
    contractual_cents: Cents | None = None
    sequestration_cents: Cents = 0
    other_payer_cents: Cents = 0
    because: tuple[Because, ...] = ()

    def patient_cents(self) -> Cents:
        """Deductible, copay, coinsurance and whatever else stays with the patient."""
        return self.deductible_cents + self.copay_cents + self.coinsurance_cents + self.other_patient_cents


@frozen
class PricedClaim:
    """A claim priced; the equations of `PricedLine` hold here as well.

    An amount is None where any part of it is unknown: a sum that leaves a line out would look like a price.
    A stay priced by case rate has no ``lines``. ``unpriced`` are the numbers of the lines without a price,
    0 standing for the whole claim.
    """

    claim_id: str
    contract_id: str
    charge_cents: Cents
    allowed_cents: Cents | None
    expected_payer_cents: Cents | None
    patient_cents: Cents | None
    contractual_cents: Cents | None
    sequestration_cents: Cents = 0
    other_payer_cents: Cents = 0
    benefits_source: str = ""
    lines: tuple[PricedLine, ...] = ()
    unpriced: tuple[int, ...] = ()
    because: tuple[Because, ...] = ()

    def is_priced(self) -> bool:
        """Whether the contract gives a price for everything on the claim."""
        return not self.unpriced
