"""Faults of the envelopes are found, each by its code and place, and a sound file has none."""

from __future__ import annotations

import pytest

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import Envelope, check_envelope, write_837


@pytest.fixture
def sent(office_claim: ProfessionalClaim, envelope: Envelope) -> bytes:
    return write_837([office_claim], envelope)


def test_a_sound_file_has_no_finding(sent: bytes) -> None:
    assert check_envelope(sent) == ()
    assert check_envelope(sent + sent.replace(b"000000007", b"000000008")) == ()


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (b"SE*35*", b"SE*34*", ["WRONG-COUNT"]),
        (b"SE*35*", b"SE*-35*", ["WRONG-COUNT"]),
        (b"SE*35*0001", b"SE*35*0002", ["NUMBERS-DIFFER"]),
        (b"GE*1*7", b"GE*2*8", ["WRONG-COUNT", "NUMBERS-DIFFER"]),
        (b"IEA*1*000000007", b"IEA*9*000000001", ["WRONG-COUNT", "NUMBERS-DIFFER"]),
        (b"SE*35*0001~", b"", ["NO-TRAILER"]),
        (b"GE*1*7~", b"", ["NO-TRAILER"]),
        (b"IEA*1*000000007~", b"", ["NO-TRAILER"]),
        (b"ST*837*0001*005010X222A1~", b"", ["MISPLACED"] * 34 + ["WRONG-COUNT"]),
        (b"~LX*2~", b"~~LX*2~", ["EMPTY-SEGMENT", "WRONG-COUNT"]),
        (b"IEA*1*000000007~", b"IEA*1*000000007", ["CUT-OFF"]),
    ],
)
def test_each_fault_has_its_code(old: bytes, new: bytes, codes: list[str], sent: bytes) -> None:
    assert old in sent
    found = check_envelope(sent.replace(old, new))
    assert [finding.code for finding in found] == codes
    assert all(finding.snip == 1 and finding.segment for finding in found)


def test_a_number_that_repeats_is_found(sent: bytes) -> None:
    assert [finding.code for finding in check_envelope(sent + sent)] == ["REPEATED-NUMBER"]
