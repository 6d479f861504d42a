"""Whatever our writers make, our own judge accepts at level 5: what we refuse from others we never send."""

from __future__ import annotations

import pytest
from attrs import evolve

from cleanclaim.claims.acknowledgement import ClaimStatus, Complaint, Verdict
from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12 import (
    Envelope,
    X12Finding,
    check,
    write_277ca,
    write_835,
    write_837,
    write_999,
    write_ta1,
)


def faults(data: bytes) -> list[X12Finding]:
    verdict = check(data, level=5)
    return [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)


@pytest.mark.parametrize("code", ["000", "025"])
def test_a_ta1_carries_the_date_of_the_interchange_in_six_digits(
    code: str, office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    data = write_ta1(write_837([office_claim], envelope), envelope, code)
    assert b"~TA1*000000007*261026*0930*" in data
    assert not faults(data)
    for wrong in (b"*261326*", b"*20261026*", b"*26102*"):
        assert faults(data.replace(b"*261026*0930*A*", b"*261026*0930*R*").replace(b"*261026*", wrong, 2))


def test_a_ta1_with_an_impossible_day_is_a_fault(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    data = write_ta1(write_837([office_claim], envelope), envelope)
    (found,) = faults(data.replace(b"TA1*000000007*261026*", b"TA1*000000007*261332*"))
    assert (found.snip, found.code, found.element) == (1, "DATE", "TA102")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 1, 3)])
def test_a_277ca_counts_the_claims_of_each_provider_once_in_any_order(
    order: tuple[int, ...], office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    other = evolve(office_claim.billing, npi=npi_from_nine("130000009"), organization="Quarry Clinic")
    claims = [
        evolve(office_claim, claim_id="V01"),
        evolve(office_claim, claim_id="V02", billing=other),
        evolve(office_claim, claim_id="V03"),
        evolve(office_claim, claim_id="V04", billing=other),
    ]
    verdicts = (Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED)
    statuses = [
        ClaimStatus(f"V0{place + 1}", verdicts[place], "A3" if verdicts[place] == "rejected" else "A2", "20")
        for place in order
    ]
    data = write_277ca(
        statuses, claims, envelope, payer_name="Harbor", payer_id="EXHPO", received_reference="1"
    )
    assert data.count(b"*19*1~") == 2
    assert not faults(data)


def test_every_writer_is_accepted_by_our_own_judge(
    office_claim: ProfessionalClaim,
    secondary_claim: ProfessionalClaim,
    stay_claim: InstitutionalClaim,
    payment: Payment,
    payer: Payer,
    payee: Provider,
    envelope: Envelope,
) -> None:
    sent = write_837([office_claim, evolve(secondary_claim, claim_id="V02")], envelope)
    complaints = (Complaint("3", "", "N4", 12, "2010BA"), Complaint("7", "", "CLM", 22, "2300", 5))
    made = {
        "837P": sent,
        "837I": write_837([stay_claim], envelope),
        "835": write_835([payment], envelope, payer, payee),
        "TA1": write_ta1(sent, envelope),
        "999": write_999(sent, envelope),
        "999 rejected": write_999(sent, envelope, {"0001": complaints}),
        "277CA": write_277ca(
            (ClaimStatus("V14", Verdict.ACCEPTED, "A2", "20", payer_claim_number="ICN1"),),
            [stay_claim],
            envelope,
            payer_name="Harbor",
            payer_id="EXHPO",
            received_reference="1",
        ),
    }
    assert {name: faults(data) for name, data in made.items()} == {name: [] for name in made}
