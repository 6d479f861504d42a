"""What a claim should pay: contract terms by date of service, the price of each line, the patient's share."""

from cleanclaim.pricing.benefits import Benefits, Visit
from cleanclaim.pricing.contract import Contract
from cleanclaim.pricing.contract_file import contract_from_text, load_contract
from cleanclaim.pricing.price import price_claim
from cleanclaim.pricing.priced import PricedClaim, PricedLine

__all__ = [
    "Benefits",
    "Contract",
    "PricedClaim",
    "PricedLine",
    "Visit",
    "contract_from_text",
    "load_contract",
    "price_claim",
]
