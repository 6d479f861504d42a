"""A file told in words names claims, payments and answers, and leaves nothing out."""

from __future__ import annotations

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.x12 import Envelope, show, write_835, write_837, write_999, write_ta1


def test_a_claim_is_told_with_its_lines_and_what_has_no_field(
    office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    data = write_837([office_claim], envelope).replace(b"~HI*ABK", b"~REF*ZZ*ODD~HI*ABK")
    words = show(data)
    for part in (
        "Claim V01",
        "$255.50",
        "99214-25",
        "E11.65",
        "Harbor Mutual PPO",
        "also there: REF*ZZ*ODD",
        "test",
    ):
        assert part in words


def test_a_payment_is_told_to_the_cent(
    payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    words = show(write_835([payment], envelope, payer, payee))
    for part in ("EFT0001", "$25.00", "Claim V25 (reversed)", "-$70.00", "CO 45 $90.00", "WO (V02): -$6.00"):
        assert part in words


def test_answers_are_told(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    sent = write_837([office_claim], envelope)
    assert "TA1 for 000000007: rejected" in show(write_ta1(sent, envelope, "025"))
    assert "set 837 number 0001: rejected" in show(write_999(sent, envelope, {"0001": ()}))


def test_a_set_that_is_not_read_is_shown_by_its_segments(
    office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    data = write_837([office_claim], envelope).replace(b"005010X222A1", b"004010X098A1")
    assert "CLM*V01*255.5" in show(data)
