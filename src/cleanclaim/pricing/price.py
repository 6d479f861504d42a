"""Pricing a claim: terms by date of service, each line or the stay, the patient's share, sequestration."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents, format_cents, share_cents
from cleanclaim.kernel.parameters import parameter
from cleanclaim.pricing.benefits import Benefits
from cleanclaim.pricing.case_rate import case_price
from cleanclaim.pricing.contract import Contract, Terms
from cleanclaim.pricing.coordination import coordinated_lines
from cleanclaim.pricing.line_price import claim_kind, price_line
from cleanclaim.pricing.patient_share import Service, Share, for_stay, patient_shares
from cleanclaim.pricing.priced import PricedClaim, PricedLine

_GIVEN = "benefits given"
_NO_BENEFITS = "the patient's benefits are not known: the shares of payer and patient are not computed"


def price_claim(
    claim: AnyClaim, contract: Contract, benefits: Benefits | None = None, on: dt.date | None = None
) -> PricedClaim:
    """What the contract lets this claim expect, line by line, with the reason for every step.

    Each line is priced by the terms of its own service date, a stay by those of its last day; ``on`` puts
    another day in their place. Without ``benefits`` the usual ones of the contract are taken and named in
    ``benefits_source``; without those the shares stay None.

    Raises:
        Refused: the claim is addressed to another payer than the contract's.
        NotLoaded: a dated figure (sequestration, deductible of a stay) has no value for the day.
    """
    if claim.coverage.payer.payer_id != contract.payer_id:
        raise Refused(
            f"the claim goes to {claim.coverage.payer.payer_id}, the contract is with {contract.payer_id}",
            where=contract.contract_id,
            fix="price it with the contract of its own payer",
        )
    last_day = (
        claim.statement.last or claim.statement.first if isinstance(claim, InstitutionalClaim) else None
    )
    day = on or last_day or claim.first_service_date()
    terms = contract.terms.find(day)
    if terms is None:
        return _unpriced_claim(claim, contract, f"no terms of the contract are in force on {day}")
    if claim.coverage.order is not CoverageOrder.PRIMARY:
        if terms.coordination is None:
            return _unpriced_claim(
                claim,
                contract,
                "this payer is not the first and the contract says nothing about coordination",
            )
        return _summed(
            claim, contract, coordinated_lines(claim, contract, terms), "what the earlier payer left"
        )
    used = benefits or terms.usual_benefits
    if claim_kind(claim) == "inpatient" and used is not None:
        used = for_stay(used, day)
    if claim_kind(claim) == "inpatient" and terms.case_rules:
        return _price_stay(claim, contract, terms, used, day)
    return _price_lines(claim, contract, used, on)


def _price_lines(
    claim: AnyClaim, contract: Contract, benefits: Benefits | None, on: dt.date | None
) -> PricedClaim:
    priced: list[tuple[PricedLine, Terms | None]] = []
    for line in claim.lines:
        day = on or line.service_date
        terms = contract.terms.find(day)
        if terms is None:
            reason = Because(f"not priced: no terms of the contract are in force on {day}")
            priced.append((PricedLine(line.number, line.charge_cents, None, because=(reason,)), None))
            continue
        price = price_line(line, claim, contract, terms)
        contractual = None if price.allowed_cents is None else line.charge_cents - price.allowed_cents
        item = PricedLine(
            line.number,
            line.charge_cents,
            price.allowed_cents,
            contractual_cents=contractual,
            because=price.because,
        )
        priced.append((item, terms))
    if benefits is None:
        return _summed(claim, contract, tuple(item for item, _ in priced), "")
    services = [
        Service(line.code, line.revenue_code, item.allowed_cents or 0)
        for line, (item, _) in zip(claim.lines, priced, strict=True)
    ]
    shares = patient_shares(services, benefits)
    lines = tuple(
        item
        if item.allowed_cents is None or terms is None
        else _shared(item, share, terms, on or line.service_date)
        for line, (item, terms), share in zip(claim.lines, priced, shares, strict=True)
    )
    return _summed(claim, contract, lines, benefits.source or _GIVEN)


def _shared(item: PricedLine, share: Share, terms: Terms, day: dt.date) -> PricedLine:
    allowed = item.allowed_cents or 0
    held_back, reasons = _sequestration(allowed - share.cents(), terms, day)
    return evolve(
        item,
        deductible_cents=share.deductible_cents,
        copay_cents=share.copay_cents,
        coinsurance_cents=share.coinsurance_cents,
        sequestration_cents=held_back,
        payer_cents=allowed - share.cents() - held_back,
        because=item.because + share.because + reasons,
    )


def _sequestration(payer_cents: Cents, terms: Terms, day: dt.date) -> tuple[Cents, tuple[Because, ...]]:
    if not terms.sequestration_parameter:
        return 0, ()
    rate = parameter(terms.sequestration_parameter)
    cents = share_cents(payer_cents, rate.on(day))
    text = f"sequestration holds back {format_cents(cents)} of {format_cents(payer_cents)}"
    return cents, (Because(text, rate.citation, (("basis points", str(rate.on(day))),)),)


def _price_stay(
    claim: AnyClaim, contract: Contract, terms: Terms, benefits: Benefits | None, day: dt.date
) -> PricedClaim:
    price = case_price(claim, contract, terms)
    if price.allowed_cents is None:
        return _unpriced_claim(claim, contract, price.because[-1].text)
    allowed, charge = price.allowed_cents, claim.charge_cents()
    base = PricedClaim(
        claim.claim_id,
        contract.contract_id,
        charge,
        allowed,
        None,
        None,
        charge - allowed,
        because=price.because,
    )
    if benefits is None:
        return evolve(base, because=(*base.because, Because(_NO_BENEFITS)))
    share = patient_shares([Service("", "", allowed)], benefits)[0]
    held_back, reasons = _sequestration(allowed - share.cents(), terms, day)
    return evolve(
        base,
        expected_payer_cents=allowed - share.cents() - held_back,
        patient_cents=share.cents(),
        sequestration_cents=held_back,
        benefits_source=benefits.source or _GIVEN,
        because=base.because + share.because + reasons,
    )


def _unpriced_claim(claim: AnyClaim, contract: Contract, reason: str) -> PricedClaim:
    because = (Because(f"not priced: {reason.removeprefix('not priced: ')}"),)
    return PricedClaim(
        claim.claim_id, contract.contract_id, claim.charge_cents(), None, None, None, None,
        unpriced=(0,), because=because,
    )  # fmt: skip


def _summed(
    claim: AnyClaim, contract: Contract, lines: tuple[PricedLine, ...], benefits_source: str
) -> PricedClaim:
    unpriced = tuple(line.line_number for line in lines if line.allowed_cents is None)
    shared = bool(benefits_source) and not unpriced
    because: tuple[Because, ...] = ()
    if unpriced:
        because = (Because(f"no total: {len(unpriced)} of {len(lines)} lines have no price"),)
    elif not shared:
        because = (Because(_NO_BENEFITS),)
    return PricedClaim(
        claim_id=claim.claim_id,
        contract_id=contract.contract_id,
        charge_cents=claim.charge_cents(),
        allowed_cents=None if unpriced else sum(line.allowed_cents or 0 for line in lines),
        expected_payer_cents=sum(line.payer_cents or 0 for line in lines) if shared else None,
        patient_cents=sum(line.patient_cents() for line in lines) if shared else None,
        contractual_cents=None if unpriced else sum(line.contractual_cents or 0 for line in lines),
        sequestration_cents=sum(line.sequestration_cents for line in lines),
        other_payer_cents=sum(line.other_payer_cents for line in lines),
        benefits_source=benefits_source,
        lines=lines,
        unpriced=unpriced,
        because=because,
    )
