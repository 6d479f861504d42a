"""Bad remittances row by row: what is posted of each, what waits, what is refused; never a cent without its place."""

from __future__ import annotations

import pytest

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.registry.models import TradingPartnerRow


@pytest.fixture
def data(practice, desk):
    """The answers to two claims of $100 that are out: $60 for each."""
    claims = [desk.claim("C1"), desk.claim("C2", number=2)]
    practice.open(*claims)
    answers = [desk.answer(one, (6_000, "CO 45 4000"), number=f"ICN-{one.claim_id}") for one in claims]
    return desk.remittance(desk.payment(*answers))


def of_second(old, new):
    """A change in the answer to C2."""

    def edit(data):
        place = data.index(b"CLP*C2*")
        assert old in data[place:], data[place:]
        return data[:place] + data[place:].replace(old, new, 1)

    return edit


def of_payment(old, new):
    """A change in the payment itself."""

    def edit(data):
        assert old in data
        return data.replace(old, new, 1)

    return edit


def posted(first=6_000, second=6_000, codes=()):
    """Both claims posted, with these exceptions told of the second."""
    return {"posted_cents": first + second, "suspended_cents": 0, "balanced": True, "codes": list(codes)}


def waiting(code, cents=6_000):
    """The first claim posted, the money of the second in suspense for this reason."""
    return {"posted_cents": 6_000, "suspended_cents": cents, "balanced": True, "codes": [code]}


def put_aside(cents=12_000):
    """The whole payment in suspense: it does not add up."""
    codes = ["PAYMENT-NOT-BALANCED"]
    return {"posted_cents": 0, "suspended_cents": cents, "balanced": False, "codes": codes}


ROWS = {
    "the payment is not the sum": (of_payment(b"BPR*I*120*", b"BPR*I*121*"), put_aside(12_100)),
    "a negative payment": (of_payment(b"BPR*I*120*", b"BPR*I*-120*"), put_aside(-12_000)),
    "a payment that is no number": (of_payment(b"BPR*I*120*", b"BPR*I*12O*"), "BPR02"),
    "half a provider adjustment": (of_payment(b"~SE*", b"~PLB*1300000019*20261231*WO:1~SE*"), "PLB04"),
    "two thirds of an adjustment": (
        of_second(b"CAS*CO*45*40~", b"CAS*CO*45*40**97~"),
        waiting("CLAIM-NOT-READ"),
    ),
    "an unknown group": (of_second(b"CAS*CO*45*40~", b"CAS*XX*45*40~"), posted(codes=["UNKNOWN-GROUP"])),
    "an amount of 10^15": (of_second(b"CLP*C2*1*100*60*", b"CLP*C2*1*100*1000000000000000*"), put_aside()),
    "a reversal of nothing": (of_second(b"CLP*C2*1*100*60*", b"CLP*C2*22*-100*-60*"), put_aside()),
    "no claim number": (of_second(b"CLP*C2*", b"CLP**"), waiting("CLAIM-NOT-FOUND")),
    "claim number 0": (of_second(b"CLP*C2*", b"CLP*0*"), waiting("CLAIM-NOT-FOUND")),
    "an unknown claim": (of_second(b"CLP*C2*", b"CLP*X9*"), waiting("CLAIM-NOT-FOUND")),
    "one number of the payer for two claims": (of_second(b"*ICN-C2*", b"*ICN-C1*"), posted()),
    "Canadian dollars": (of_payment(b"~DTM*405*", b"~CUR*PR*CAD~DTM*405*"), "not in US dollars"),
    "remarks by the hundred": (of_second(b"~SE*", b"~" + b"LQ*HE*N130~" * 400 + b"SE*"), posted()),
    "no units": (of_second(b"*100*60~DTM", b"*100*60**0~DTM"), posted()),
}


@pytest.mark.parametrize("name", ROWS)
def test_every_cent_of_a_bad_remittance_has_its_place(name, practice, data, sound):
    edit, expected = ROWS[name]
    before = practice.money()
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            practice.take(edit(data))
        assert practice.money() == before
        return
    report = practice.take(edit(data))
    (payment,) = report["payments"]
    found = {key: payment[key] for key in ("posted_cents", "suspended_cents", "balanced")}
    codes = [fault["code"] for fault in payment["claims"][1]["exceptions"]]
    assert {**found, "codes": codes} == expected
    assert payment["bpr_cents"] == (
        payment["posted_cents"] + payment["suspended_cents"] - payment["provider_adjustment_cents"]
    )
    assert sound() == {}
    # The same file again moves no cent.
    after = practice.money()
    assert practice.take(edit(data))["already_posted"]
    assert practice.money() == after


def trading(practice, **changes):
    """The trading partner on file: LAKESIDE deals with HARBOR."""
    record = {"submitter": {"id": "LAKESIDE"}, "receiver": {"id": "HARBOR"}, "usage": "T", **changes}
    TradingPartnerRow.objects.update_or_create(
        tenant=practice.tenant, defaults={"record": canonical_json(record)}
    )


def test_a_file_from_the_partner_on_file_is_posted_without_a_word(practice, data):
    trading(practice)
    assert practice.take(data)["notices"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"receiver": {"id": "MEDICARE"}}, ["ISA06", "GS02"]),
        ({"submitter": {"id": "NORTHGATE"}}, ["ISA08", "GS03"]),
    ],
)
def test_a_file_of_somebody_else_is_posted_by_its_claims_and_told(practice, data, sound, change, said):
    trading(practice, **change)
    report = practice.take(data)
    assert [notice.rsplit("(", 1)[1] for notice in report["notices"]] == [f"{element})" for element in said]
    assert report["payments"][0]["posted_cents"] == 12_000
    assert sound() == {}


def test_a_test_file_moves_nothing_where_the_practice_works_in_production(practice, data):
    trading(practice, usage="P")
    before = practice.money()
    with pytest.raises(InputError, match="test file"):
        practice.take(data)
    assert practice.money() == before
    assert practice.take(data.replace(b"*1*T*:", b"*1*P*:"))["notices"] == []
