"""`cleanclaim price`: what claims should pay by a contract, step by step."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table
from cleanclaim.cli.scrub import read_claims
from cleanclaim.kernel.errors import NotLoaded, Refused
from cleanclaim.kernel.money import format_usd
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.pricing import Contract, PricedClaim, load_contract, price_claim

_PAYER_ID = re.compile(r"[0-9A-Za-z_-]{1,80}")


def price(file: Path, *, contract: Path | None = None, json: bool = False) -> int:
    """Price claims by contract.

    Args:
        file: claims as JSON lines, or an 837.
        contract: the contract's YAML; left out, the example practice's contract with each claim's payer.
        json: print JSON.
    """
    claims, unread = read_claims(file)
    named = load_contract(contract) if contract is not None else None
    priced: list[PricedClaim] = []
    missing = [{"claim": item.claim_id, "reason": item.sentence()} for item in unread]
    for claim in claims:
        payer_id = claim.coverage.payer.payer_id
        held = named or _contract_with(payer_id)
        try:
            if held is None:
                raise NotLoaded(f"no contract with payer {payer_id} is loaded")
            priced.append(price_claim(claim, held))
        except (NotLoaded, Refused) as error:
            missing.append({"claim": claim.claim_id, "reason": error.sentence()})
    if json:
        print_json({"claims": priced, "not_priced": missing})
    else:
        rows = [(item.claim_id, *(_shown(cents) for cents in _amounts(item))) for item in priced]
        columns = ("claim", "charge", "allowed", "payer", "patient")
        print_table("Prices", columns, rows, right=columns[1:])
        if missing:
            print_table("Not priced", ("claim", "reason"), [(row["claim"], row["reason"]) for row in missing])
    return FINDINGS if missing or any(not item.is_priced() for item in priced) else DONE


@lru_cache
def _contract_with(payer_id: str) -> Contract | None:
    """The example practice's contract with a payer, whose id comes from the claim and must not be a path."""
    path = examples_folder() / "contracts" / f"{payer_id}.yaml"
    return load_contract(path) if _PAYER_ID.fullmatch(payer_id) and path.is_file() else None


def _amounts(item: PricedClaim) -> tuple[int | None, ...]:
    return (item.charge_cents, item.allowed_cents, item.expected_payer_cents, item.patient_cents)


def _shown(cents: int | None) -> str:
    return "not known" if cents is None else format_usd(cents)
