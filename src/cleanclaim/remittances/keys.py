"""The name of a claim payment by its content, the same in whatever envelope it comes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim
from cleanclaim.kernel.json import canonical_json


def payment_key(payment: Payment) -> str:
    """The key of a payment: payer, trace number (TRN02), amount (BPR02), date (BPR16) and payee."""
    return _digest("pay", _payment_content(payment))


def posting_key(payment: Payment, remitted: RemittedClaim, occurrence: int = 0) -> str:
    """The key of one claim payment: its payment, CLP01, CLP07, CLP02 and every amount.

    ``occurrence`` counts payments of the same content within one payment, from 0: a payer may pay the same
    amount twice, and a file may come twice; only the first moves money again.
    """
    content = [
        *_payment_content(payment),
        remitted.claim_id.strip(),
        remitted.payer_claim_number.strip(),
        remitted.status,
        remitted.charge_cents,
        remitted.paid_cents,
        _adjustment_content(remitted.adjustments),
        [_line_content(remitted, index) for index in range(len(remitted.lines))],
        occurrence,
    ]
    return _digest("clp", content)


def posting_keys(payment: Payment) -> tuple[str, ...]:
    """The keys of all claim payments of a payment, in its order."""
    seen: Counter[str] = Counter()
    keys = []
    for remitted in payment.claims:
        first = posting_key(payment, remitted)
        keys.append(first if not seen[first] else posting_key(payment, remitted, seen[first]))
        seen[first] += 1
    return tuple(keys)


def provider_adjustment_keys(payment: Payment) -> tuple[str, ...]:
    """The keys of all provider adjustments of a payment, in its order."""
    seen: Counter[str] = Counter()
    keys = []
    for item in payment.provider_adjustments:
        content = [*_payment_content(payment), *_provider_content(item)]
        first = _digest("plb", [*content, 0])
        keys.append(_digest("plb", [*content, seen[first]]))
        seen[first] += 1
    return tuple(keys)


def _payment_content(payment: Payment) -> list[Any]:
    return [
        payment.payer_id.strip(),
        payment.payer_tax_id.strip(),
        payment.trace.strip(),
        payment.payment_cents,
        payment.effective_on,
        payment.payee_npi.strip(),
    ]


def _provider_content(item: ProviderAdjustment) -> list[Any]:
    return [item.npi, item.fiscal_period_end, item.reason, item.reference, item.cents]


def _line_content(remitted: RemittedClaim, index: int) -> list[Any]:
    line = remitted.lines[index]
    return [
        line.code,
        list(line.modifiers),
        line.revenue_code,
        line.service_date,
        line.control_number,
        line.charge_cents,
        line.paid_cents,
        _adjustment_content(line.adjustments),
    ]


def _adjustment_content(adjustments: Sequence[Adjustment]) -> list[Any]:
    return [[item.group, item.reason, item.cents] for item in adjustments]


def _digest(kind: str, content: list[Any]) -> str:
    return f"{kind}:{hashlib.sha256(canonical_json(content).encode()).hexdigest()[:40]}"
