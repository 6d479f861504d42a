"""One fault at a time in inquiries and answers: each is found with its SNIP type, code, segment and weight.

A fault is written as in the mutations of claims: file, edit, SNIP type, code, and the segment where it must be told.
"""

from __future__ import annotations

import pytest
from answer_samples import ANSWER, ASKED, DECIDED, ENVELOPE, REPORT, REQUEST, REVIEW, refused
from attrs import evolve

from cleanclaim.claims.acknowledgement import ClaimStatus, Complaint, Verdict
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import (
    X12Finding,
    check,
    write_270,
    write_271,
    write_276,
    write_277,
    write_277ca,
    write_278,
    write_837,
    write_999,
    write_ta1,
)

ENVELOPE_OF_CLAIMS = evolve(
    ENVELOPE,
    submitter_name="Mill River Billing",
    contact_name="Office",
    contact_phone="5555550100",
    receiver_name="Example Clearinghouse",
)
FAULTS = """
270 | ~NM1*IL*1*Farrow*Otto****MI*HPO000001 => ~NM1*IL*1*Farrow*Otto | 0 | - |
270 | ~NM1*03*1*Farrow*Ines => ~NM1*03*1 | 4 | SEARCH-DATA | NM1*03
270 | ~DMG*D8*20150304*F => ~DMG***F | 4 | SEARCH-DATA | NM1*03
270 | *93175*9EXCLEAR01 => *93175*5EXCLEAR01 | 4 | TRACE-ORIGIN | TRN
270 | HL*3*2*22*1 => HL*3*2*22*0 | 2 | LEVEL-CHILD | HL*3
270 | EQ*30^98 => EQ | 1 | CONDITION | EQ
271 | EB*1**30*PR* => EB*10**30*PR* | 5 | CODE-NOT-ALLOWED | EB*10
271 | EB*1**30*PR* => EB*1**30*ZQ* | 5 | CODE-NOT-ALLOWED | EB*1**30*ZQ
271 | *27*25*****Y => *27*25*.2****Y | 4 | AMOUNT-AND-PERCENT | EB*B
271 | *27*25*****Y => *27******Y | 4 | BENEFIT-VALUE | EB*B | warning
271 | *27*25*****Y => *99*25*****Y | 5 | CODE-NOT-ALLOWED | EB*B
271 | *27*25*****Y => *27*25.005*****Y | 1 | NUMBER | EB*B
271 | *0.2****N => *20****N | 4 | PERCENT | EB*A | warning
271 | *0.2****N => *-.2****N | 4 | PERCENT | EB*A
271 | *0.2****N => *****N | 4 | BENEFIT-VALUE | EB*A | warning
271 | *VS*20*Y => *ZZ*20*Y | 5 | CODE-NOT-ALLOWED | EB*F
271 | *VS*20*Y => *VS**Y | 1 | CONDITION | EB*F
271 | ~LS*2120~NM1*PRP => ~NM1*PRP | 4 | LOOP-BRACKET | LE
271 | ~EB*L => ~EB*U | 0 | - |
271 | ~LS*2120~NM1*P3*1*Quill*Dora~LE*2120 =>  | 0 | - |
271 | ~EB*L~LS*2120~NM1*P3*1*Quill*Dora~LE*2120 => ~EB*U | 4 | ENTITY-MISSING | EB*U
271 | ~DTP*346*D8*20260101 => ~DTP*346*D8*20260101~DTP*347*D8*20251231 | 4 | DATE-ORDER | DTP*347
271 | ~DTP*346*D8 => ~AAA*N**75*C~DTP*346*D8 | 4 | REFUSED-AND-ANSWERED | AAA
271 | *93175*9EXCLEAR01 => *93175*XEXCLEAR01 | 4 | TRACE-ORIGIN | TRN
refused | AAA*N**75*C => AAA*N**75*Q | 5 | CODE-NOT-ALLOWED | AAA
refused | AAA*N**75*C => AAA*N**72*W | 4 | FOLLOW-UP | AAA | warning
refused | AAA*N**75*C => AAA*N**42*C | 4 | FOLLOW-UP | AAA | warning
refused | ~AAA*N**75*C =>  | 4 | NO-ANSWER | NM1*IL
276 | TRN*1*Q2 => TRN*1*Q1 | 4 | TRACE-REPEATED | TRN*1*Q1~DTP
276 | ~DTP*472*RD8*20260901-20260903 =>  | 4 | SERVICE-DATE | TRN*1*Q2
276 | AMT*T3*255.5 => AMT*T3*-255.5 | 4 | CHARGE-NEGATIVE | AMT
276 | 20260901-20260903 => 20261101-20261103 | 4 | DATE-FUTURE | DTP*472*RD8
276 | 20260901-20260903 => 20260903-20260901 | 1 | DATE | DTP*472*RD8
276 | REF*1K*ICN1 => REF*QQ*ICN1 | 2 | UNEXPECTED-SEGMENT | REF*QQ
276 | HL*4*3*22*1 => HL*4*3*22*0 | 2 | LEVEL-CHILD | HL*4
276 | HL*5*4*23 => HL*5*3*23 | 2 | LEVEL-PARENT | HL*5
277 | STC*F1:65 => STC*Q9:65 | 5 | STATUS-CATEGORY | STC*Q9
277 | STC*F1:65 => STC*F1:6A | 5 | STATUS-CODE | STC*F1:6A
277 | STC*F1:65*20261001**255.5*90.5 => STC*F2:88*20261001**255.5*90.5 | 4 | PAID-AND-DENIED | STC*F2
277 | *255.5*90.5* => *255.5*0* | 4 | PAID-NOTHING | STC*F1:65 | warning
277 | STC*F1:65*20261001 => STC*F1:65*20271001 | 4 | DATE-FUTURE | STC*F1:65 | warning
277 | STC*F1:65*20261001 => STC*F1:65 | 2 | MISSING-ELEMENT | STC*F1:65
277 | ~TRN*2*Q1~STC*F1:65 => ~TRN*1*Q1~STC*F1:65 | 2 | OUT-OF-ORDER | TRN*1*Q1
request | UM*HS*I => UM*HS*R | 4 | PREVIOUS-NUMBER | UM
request | UM*HS*I => UM*HS*9 | 5 | CODE-NOT-ALLOWED | UM
request | UM*HS*I => UM*AR*I | 4 | ADMISSION-DATE | UM
request | ~DTP*AAH => ~HCR*A1*X~DTP*AAH | 4 | DECISION-IN-REQUEST | HCR
request | TRN*1*R1*9 => TRN*1*R1*8 | 4 | TRACE-ORIGIN | TRN
request | ~SV1*HC:97110 => ~HCR*A1*X~SV1*HC:97110 | 4 | DECISION-IN-REQUEST | HCR
decided | HCR*A6*AUTH77 => HCR*A6 | 4 | REVIEW-NUMBER | HCR*A6
decided | HCR*A1*AUTH77 => HCR*A1 | 0 | - |
decided | HCR*A6*AUTH77 => HCR*Q9*AUTH77 | 5 | CODE-NOT-ALLOWED | HCR*Q9
decided | HCR*A3**0F => HCR*A3 | 4 | REVIEW-REASON | HCR*A3 | warning
decided | ~HCR*A6*AUTH77 =>  | 0 | - |
TA1 | *A*000 => *A*014 | 4 | VERDICT | TA1
TA1 | *A*000 => *R*000 | 4 | VERDICT | TA1
TA1 | *A*000 => *R*099 | 5 | CODE-NOT-ALLOWED | TA1
TA1 | *A*000 => *Q*000 | 2 | CODE-NOT-ALLOWED | TA1
999 | IK5*R*5 => IK5*R | 0 | - |
999 | ~IK4*5**7 =>  | 4 | ELEMENTS | IK3*CLM
999 | IK3*CLM*22*2300*8 => IK3*CLM*22*2300*3 | 4 | ELEMENTS | IK3*CLM
999 | AK9*R*1*1*0 => AK9*P*1*1*0 | 4 | VERDICT | AK9
999 | AK9*R*1*1*0 => AK9*E*1*1*0 | 4 | VERDICT | AK9
999 | ~IK3*N4*12*2010*3~IK3*CLM*22*2300*8~IK4*5**7~IK5*R*5 => ~IK5*R | 4 | REASON | IK5
277CA | STC*A7:562 => STC*F2:562 | 4 | CATEGORY | STC*F2
277CA | STC*A7:562 => STC*A2:562 | 4 | ACTION | STC*A2:562
277CA | STC*A7:562 => STC*A9:562 | 5 | STATUS-CATEGORY | STC*A9
277CA | STC*A7:562 => STC*A7:56X | 5 | STATUS-CODE | STC*A7:56X
"""


@pytest.fixture
def files(office_claim: ProfessionalClaim) -> dict[str, bytes]:
    sent = write_837([office_claim], ENVELOPE_OF_CLAIMS)
    complaints = (Complaint("3", "", "N4", 12, "2010BA"), Complaint("7", "", "CLM", 22, "2300", 5))
    statuses = (ClaimStatus("V01", Verdict.REJECTED, "A7", "562"),)
    return {
        "270": write_270([REQUEST], ENVELOPE),
        "271": write_271([ANSWER], ENVELOPE),
        "refused": write_271([refused("75", "C")], ENVELOPE),
        "276": write_276([ASKED], ENVELOPE),
        "277": write_277([REPORT], ENVELOPE),
        "request": write_278([REVIEW], ENVELOPE),
        "decided": write_278([DECIDED], ENVELOPE),
        "TA1": write_ta1(sent, ENVELOPE),
        "999": write_999(sent, ENVELOPE, {"0001": complaints}),
        "277CA": write_277ca(
            statuses,
            [office_claim],
            ENVELOPE_OF_CLAIMS,
            payer_name="Harbor",
            payer_id="EXHPO",
            received_reference="1",
        ),
    }


def findings(data: bytes) -> list[X12Finding]:
    verdict = check(data)
    return [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)


def changed(data: bytes, old: str, new: str) -> bytes:
    """The file with one change, its segments counted again."""
    assert data.count(old.encode()) >= 1, old
    made = data.replace(old.encode(), new.encode(), 1)
    if b"~SE*" not in made:
        return made
    head, tail = made.split(b"~ST*", 1)
    body, rest = tail.split(b"~SE*", 1)
    return head + b"~ST*" + body + b"~SE*%d*" % (body.count(b"~") + 2) + rest.split(b"*", 1)[1]


def faults() -> list[tuple[str, str, str, int, str, str, str]]:
    found = []
    for line in FAULTS.strip().splitlines():
        name, edit, snip, code, at, weight = (part.strip() for part in [*line.split("|"), "error"][:6])
        old, _, new = edit.partition("=>")
        found.append((name, old.strip(), new.strip(), int(snip), code, at, weight))
    return found


def test_the_files_are_clean_before(files: dict[str, bytes]) -> None:
    assert {name: findings(data) for name, data in files.items()} == {name: [] for name in files}


@pytest.mark.parametrize("item", faults(), ids=[f"{f[0]}: {f[1]} => {f[2]}"[:70] for f in faults()])
def test_a_single_fault_is_found(
    item: tuple[str, str, str, int, str, str, str], files: dict[str, bytes]
) -> None:
    name, old, new, snip, code, at, weight = item
    data = changed(files[name], old, new)
    found = findings(data)
    if not snip:
        assert not [one for one in found if one.severity == "error"], found
        return
    ordinal = data[: data.index(b"~" + at.encode()) + 1].count(b"~") + 1
    assert [one for one in found if (one.snip, one.code, one.severity) == (snip, code, weight)], found
    assert any(one.segment == ordinal for one in found if one.code == code), (ordinal, found)
