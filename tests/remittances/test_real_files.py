"""Real 835 files beside the project: whatever a payer writes, every cent is placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.ledger import Account, audit
from cleanclaim.x12.remittances_835.remittance_835 import read_every_835

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "x12"
FILES = sorted(path for path in SHARED.rglob("*835*") if path.is_file()) if SHARED.is_dir() else []
FILES += sorted(path for path in (SHARED / "835").glob("*") if path not in FILES) if SHARED.is_dir() else []


@pytest.mark.shared
@pytest.mark.skipif(not FILES, reason="no real 835 files beside the project")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_office_that_knows_no_claim_still_explains_every_cent(office, path):
    try:
        remittance = read_every_835(path.read_bytes())
    except CleanClaimError:
        pytest.skip("no payment of this file can be read")
    books, cash_cents = office.Books(), 0
    for told in remittance.payments:
        proposal = books.take(told)
        assert proposal.explained()
        cash_cents += 0 if told.credit_debit == "D" else told.payment_cents
        assert books.take(told).transactions() == ()
    assert books.trial()[Account.PAYER_CLEARING] == cash_cents
    assert audit(books.written) == ()
