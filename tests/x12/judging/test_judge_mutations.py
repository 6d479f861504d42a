"""One fault at a time in clean files of our own writer: each is found with its SNIP type, segment and claim.

Every mutation says what it does to which segment ("set SV1 4=0x" writes 0x into the fourth element of the first
SV1; "#2" means the second one), and what must be found: SNIP type, code, and whether a claim is named.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, frozen

from cleanclaim.claims.acknowledgement import ClaimStatus, Verdict
from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.coverage import Relationship, Subscriber
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Payer, PersonName, Provider, Sex
from cleanclaim.claims.remittance import Payment
from cleanclaim.x12 import Envelope, check, write_277ca, write_835, write_837, write_999

Lines = list[list[str]]
# The project's own samples of the sets that others send; those of a name taken below get an S behind it.
SAMPLES = {
    {"837D": "D", "999": "9S", "277CA": "AS"}.get(path.stem, path.stem): path.read_bytes().replace(b"\n", b"")
    for path in sorted((Path(__file__).parents[1] / "samples").glob("*.x12"))
}


@frozen
class Fault:
    """A mutation of one file and what must be found at which segment."""

    file: str
    edit: str
    snip: int
    code: str
    claim: bool = True
    at: str = ""


def fault(line: str) -> Fault:
    file, edit, snip, code, *rest = (part.strip() for part in line.split("|"))
    return Fault(
        file, edit, int(snip), code, "noclaim" not in rest, next((r[3:] for r in rest if r[:3] == "at "), "")
    )


@pytest.fixture
def files(
    office_claim: ProfessionalClaim,
    secondary_claim: ProfessionalClaim,
    stay_claim: InstitutionalClaim,
    payment: Payment,
    payer: Payer,
    payee: Provider,
    envelope: Envelope,
) -> dict[str, bytes]:
    drug = Drug("00003029320", Decimal("2.5"), "ML", "RX77")
    person = evolve(office_claim.rendering, taxonomy="")
    full = evolve(
        office_claim,
        claim_id="V02",
        lines=(
            evolve(
                office_claim.lines[0],
                drug=drug,
                emergency=True,
                ordering=evolve(person, address=office_claim.billing.address),
            ),
            *office_claim.lines[1:],
        ),
        referring=evolve(person, npi=office_claim.billing.npi),
        supervising=person,
        facility=evolve(
            office_claim.billing,
            organization="Other Place",
            npi=stay_claim.billing.npi,
            taxonomy="",
            tax_id="",
            phone="",
            contact="",
        ),
        authorization_number="AUTH12",
        clia_number="36D0000015",
        patient_paid_cents=3000,
        onset_date=dt.date(2026, 9, 1),
        note="Seen after hours",
    )
    holder = Subscriber(
        "HPO000002", PersonName("Farrow", "Otto"), dt.date(1980, 1, 2), Sex.MALE, office_claim.patient.address
    )
    child = evolve(
        office_claim,
        claim_id="V03",
        coverage=evolve(office_claim.coverage, relationship=Relationship.CHILD, subscriber=holder),
    )
    statuses = (
        ClaimStatus("V01", Verdict.ACCEPTED, "A2", "20", payer_claim_number="ICN1"),
        ClaimStatus("V03", Verdict.REJECTED, "A7", "562"),
    )
    sent = write_837([office_claim], envelope)
    return {
        **SAMPLES,
        "P": write_837([full, child], envelope),
        "S": write_837([secondary_claim], envelope),
        "I": write_837([stay_claim], envelope),
        "R": write_835([payment], envelope, payer, payee),
        "9": write_999(sent, envelope),
        "A": write_277ca(
            statuses,
            [office_claim, child],
            envelope,
            payer_name="Harbor",
            payer_id="EXHPO",
            received_reference="1",
        ),
    }


def mutate(data: bytes, edit: str) -> tuple[bytes, int]:
    """The file after one edit, and the ordinal of the segment edited; SE counts again as it should."""
    lines = [text.split("*") for text in data.decode("ascii").rstrip("~").split("~")]
    verb, _, rest = edit.partition(" ")
    name, _, change = rest.partition(" ")
    name, _, nth = name.partition("#")
    name, _, code = name.partition("=")
    places = [
        n
        for n, line in enumerate(lines)
        if line[0] == name and (not code or code in [e.split(":")[0] for e in line])
    ]
    place = places[int(nth or 1) - 1]
    if verb == "set":
        for item in change.split(" & "):
            number, _, text = item.partition("=")
            element, _, part = number.partition("-")
            line = lines[place]
            line += [""] * (int(element) + 1 - len(line))
            if part:
                parts = line[int(element)].split(":")
                parts += [""] * (int(part) - len(parts))
                parts[int(part) - 1] = text
                line[int(element)] = ":".join(parts).rstrip(":")
            else:
                line[int(element)] = text
            while line[-1] == "" and len(line) > 1:
                line.pop()
    elif verb == "drop":
        del lines[place]
    elif verb == "twice":
        lines.insert(place, list(lines[place]))
        place += 1
    elif verb == "before":
        lines.insert(place, change.split("*"))
    elif verb == "after":
        place += 1
        lines.insert(place, change.split("*"))
    elif verb == "swap":
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    if name not in {"SE", "ST", "GE", "GS", "ISA", "IEA"}:
        start = next(n for n, line in enumerate(lines) if line[0] == "ST")
        end = next(n for n, line in enumerate(lines) if line[0] == "SE")
        lines[end][1] = str(end - start + 1)
    return ("~".join("*".join(line) for line in lines) + "~").encode(), place + 1


FAULTS = """
P | set ISA 5=99 | 1 | INTERCHANGE | noclaim
P | set ISA 7=XX | 1 | INTERCHANGE | noclaim
P | set ISA 9=261332 | 1 | INTERCHANGE | noclaim
P | set ISA 10=2561 | 1 | INTERCHANGE | noclaim
P | set ISA 12=00301 | 1 | INTERCHANGE | noclaim
P | set ISA 13=00000000X | 1 | INTERCHANGE | noclaim
P | set ISA 14=2 | 1 | INTERCHANGE | noclaim
P | set ISA 15=X | 1 | INTERCHANGE | noclaim
P | set GS 4=20261332 | 1 | GROUP | noclaim
P | set GS 5=2570 | 1 | GROUP | noclaim
P | set GS 6=0A | 1 | GROUP | noclaim
P | set GS 7=T | 1 | GROUP | noclaim
P | set GS 1=HP | 1 | GROUP-CODE | noclaim
P | set GS 8=005010X223A2 | 2 | GUIDES-DIFFER | noclaim | at ST
P | set ST 3=005010X999 | 2 | GUIDE-UNKNOWN | noclaim
P | set SE 1=9 | 1 | WRONG-COUNT | noclaim
P | set SE 1=-9 | 1 | WRONG-COUNT | noclaim
P | set SE 2=0009 | 1 | NUMBERS-DIFFER | noclaim
P | set GE 1=2 | 1 | WRONG-COUNT | noclaim
P | set GE 2=99 | 1 | NUMBERS-DIFFER | noclaim
P | set IEA 1=2 | 1 | WRONG-COUNT | noclaim
P | set IEA 2=000000009 | 1 | NUMBERS-DIFFER | noclaim
P | drop SE | 1 | NO-TRAILER | noclaim | at ST
P | drop GE | 1 | NO-TRAILER | noclaim | at GS
P | drop IEA | 1 | NO-TRAILER | noclaim | at ISA
P | after LX * | 1 | EMPTY-SEGMENT | noclaim
P | after CLM ZZZ*1 | 1 | UNKNOWN-SEGMENT
P | after CLM SV2*0300 | 2 | UNKNOWN-SEGMENT
P | after CLM INS*Y | 2 | UNKNOWN-SEGMENT
P | after CLM clm*1 | 1 | UNKNOWN-SEGMENT
P | drop BHT | 2 | MISSING-SEGMENT | noclaim | at ST
P | drop NM1=41 | 2 | MISSING-LOOP | noclaim | at ST
P | drop NM1=40 | 2 | MISSING-LOOP | noclaim | at ST
P | drop PER=IC | 2 | MISSING-SEGMENT | noclaim | at NM1=41
P | set BHT 1=0018 | 2 | CODE-NOT-ALLOWED | noclaim
P | set BHT 2=99 | 2 | CODE-NOT-ALLOWED | noclaim
P | set BHT 4=20261301 | 1 | DATE | noclaim
P | set BHT 5=9999 | 1 | DATE | noclaim
P | set BHT 6=XX | 2 | CODE-NOT-ALLOWED | noclaim
P | set BHT 3= | 2 | MISSING-ELEMENT | noclaim
P | set NM1=41 2=3 | 2 | CODE-NOT-ALLOWED | noclaim
P | set NM1=41 9= | 2 | MISSING-ELEMENT | noclaim
P | set NM1=41 8=XX | 2 | CODE-NOT-ALLOWED | noclaim
P | set NM1=40 3= | 2 | MISSING-ELEMENT | noclaim
P | set PER=IC 4= | 2 | MISSING-ELEMENT | noclaim
P | set PER=IC 3=ZZ | 2 | CODE-NOT-ALLOWED | noclaim
P | set HL 1=2 | 2 | LEVEL-NUMBER | noclaim
P | set HL#2 1=9 | 2 | LEVEL-NUMBER
P | set HL#2 2=7 | 2 | LEVEL-PARENT
P | set HL#2 4=1 | 2 | LEVEL-CHILD
P | set HL#3 4=0 | 2 | LEVEL-CHILD
P | set HL#4 2=1 | 2 | LEVEL-PARENT
P | set HL 4=5 | 2 | CODE-NOT-ALLOWED | noclaim
P | set HL#4 3=24 | 2 | CODE-NOT-ALLOWED
P | set PRV=BI 2=ZZ | 2 | CODE-NOT-ALLOWED | noclaim
P | set PRV=BI 3= | 2 | MISSING-ELEMENT | noclaim
P | set PRV=BI 3=207Q | 5 | TAXONOMY | noclaim
P | set NM1=85 9=1234567890 | 5 | NPI | noclaim
P | set NM1=85 9=X | 1 | LENGTH | noclaim
P | set NM1=85 3= | 2 | MISSING-ELEMENT | noclaim
P | set NM1=85 10=AB | 2 | NOT-USED | noclaim
P | set NM1=85 8= | 1 | CONDITION | noclaim
P | set NM1=85 8= & 9= | 4 | BILLING-NUMBER | at NM1=85
P | set N3 1= | 2 | MISSING-ELEMENT | noclaim
P | set N4 1= | 2 | MISSING-ELEMENT | noclaim
P | set N4 2=XX | 5 | STATE | noclaim
P | set N4 3=4400X0001 | 5 | ZIP9 | noclaim
P | set N4 3=44001 | 5 | ZIP9 | noclaim
P | set N4 3=44 | 1 | LENGTH | noclaim
P | set N4 2= | 5 | - | noclaim
P | set N4 4=XQ | 5 | COUNTRY | noclaim
P | drop N3 | 2 | MISSING-SEGMENT | noclaim | at NM1=85
P | drop N4 | 2 | MISSING-SEGMENT | noclaim | at NM1=85
P | twice N4 | 2 | TOO-MANY | noclaim
P | drop REF=EI | 2 | MISSING-SEGMENT | noclaim | at NM1=85
P | set REF=EI 1=ZZ | 2 | UNEXPECTED-SEGMENT | noclaim
P | set REF=EI 2=99-0000001 | 5 | TAX | noclaim
P | set REF=EI 2= | 2 | MISSING-ELEMENT | noclaim
P | swap N3 | 2 | OUT-OF-ORDER | noclaim | at N3
P | drop SBR | 2 | MISSING-SEGMENT | at HL#2
P | set SBR 1=Z | 5 | CODE-NOT-ALLOWED
P | set SBR 1= | 2 | MISSING-ELEMENT
P | set SBR 2=19 | 5 | CODE-NOT-ALLOWED
P | set SBR 2= | 4 | PATIENT-MISSING
P | set SBR 9=QQ | 5 | CODE-NOT-ALLOWED
P | set SBR 5=99 | 5 | CODE-NOT-ALLOWED
P | set SBR 6=1 | 2 | NOT-USED
P | set SBR#2 2=18 | 4 | SUBSCRIBER-IS-PATIENT | at HL#4
P | drop NM1=IL | 2 | MISSING-LOOP | at HL#2
P | set NM1=IL 2=9 | 2 | CODE-NOT-ALLOWED
P | set NM1=IL 3= | 2 | MISSING-ELEMENT
P | set NM1=IL 8=ZZ | 2 | CODE-NOT-ALLOWED
P | set NM1=IL 9= & 8= | 4 | MEMBER-NUMBER
P | set NM1=IL 6=DR | 2 | NOT-USED
P | drop DMG | 4 | SUBSCRIBER-INCOMPLETE | at NM1=IL
P | set DMG 1=D9 | 2 | CODE-NOT-ALLOWED
P | set DMG 2=19571301 | 1 | DATE
P | set DMG 2=00000000 | 1 | DATE
P | set DMG 2=570304 | 1 | DATE
P | set DMG 2= | 2 | MISSING-ELEMENT
P | set DMG 3=X | 5 | CODE-NOT-ALLOWED
P | set DMG 3= | 2 | MISSING-ELEMENT
P | set DMG 2=20261001 | 4 | DATE-BEFORE-BIRTH | at DTP=472
P | drop NM1=PR | 2 | MISSING-LOOP | at HL#2
P | set NM1=PR 9= | 2 | MISSING-ELEMENT
P | set NM1=PR 8=XX | 2 | CODE-NOT-ALLOWED
P | set NM1=PR 2=1 | 2 | CODE-NOT-ALLOWED
P | drop PAT | 2 | MISSING-SEGMENT | at HL#4
P | set PAT 1=77 | 5 | CODE-NOT-ALLOWED
P | set PAT 1= | 2 | MISSING-ELEMENT
P | drop NM1=QC | 2 | MISSING-LOOP | at HL#4
P | set NM1=QC 3= | 2 | MISSING-ELEMENT
P | set NM1=QC 2=2 | 2 | CODE-NOT-ALLOWED
P | set DMG#3 2=20270101 | 4 | DATE-BEFORE-BIRTH | at DTP=472#3
P | set CLM 1= | 2 | MISSING-ELEMENT | noclaim
P | set CLM 2= | 2 | MISSING-ELEMENT
P | set CLM 2=1,234.50 | 1 | NUMBER
P | set CLM 2=$5 | 1 | NUMBER
P | set CLM 2=1E3 | 1 | NUMBER
P | set CLM 2=1234567890123456789 | 1 | NUMBER
P | set CLM 2=255.51 | 3 | CLAIM-TOTAL
P | set CLM 2=25550 | 3 | CLAIM-TOTAL
P | set CLM 2=-255.5 | 4 | NEGATIVE
P | set CLM 5= | 2 | MISSING-ELEMENT
P | set CLM 5=11:A:1 | 2 | CODE-NOT-ALLOWED
P | set CLM 5=11:B | 2 | MISSING-ELEMENT
P | set CLM 5=98:B:1 | 5 | POS
P | set CLM 5=111:B:1 | 1 | LENGTH
P | set CLM 5=11:B:0 | 5 | CODE-NOT-ALLOWED
P | set CLM 5=11:B:7 | 4 | FREQUENCY-REF
P | set CLM 5=11:B:8 | 4 | FREQUENCY-REF
P | set CLM 5=11:B:1:9 | 1 | NOT-USED
P | set CLM 5=21:B:1 | 4 | ADMISSION-DATE
P | set CLM 6=X | 2 | CODE-NOT-ALLOWED
P | set CLM 7=P | 2 | CODE-NOT-ALLOWED
P | set CLM 7= | 2 | MISSING-ELEMENT
P | set CLM 8=X | 2 | CODE-NOT-ALLOWED
P | set CLM 9=N | 2 | CODE-NOT-ALLOWED
P | set CLM 10=Z | 2 | CODE-NOT-ALLOWED
P | set CLM 3=AA | 2 | NOT-USED
P | set CLM 11=AA:::OH | 4 | ACCIDENT-DATE
P | set CLM 11=OA | 4 | ACCIDENT-DATE
P | set CLM 11=QQ | 5 | CODE-NOT-ALLOWED
P | set CLM 11=EM:::QQ | 5 | STATE
P | set CLM 11=EM::::: | 1 | TRAILING-DELIMITER
P | set CLM 12=99 | 5 | CODE-NOT-ALLOWED
P | set CLM 20=99 | 5 | CODE-NOT-ALLOWED
P | set DTP=431 2=D9 | 2 | CODE-NOT-ALLOWED
P | set DTP=431 2=RD8 | 2 | CODE-NOT-ALLOWED
P | set DTP=431 3=20260230 | 1 | DATE
P | set DTP=431 3=99991231 | 1 | DATE
P | set DTP=431 3= | 2 | MISSING-ELEMENT
P | set DTP=431 3=20261001 | 4 | DATE-ORDER
P | set DTP=431 1=998 | 2 | UNEXPECTED-SEGMENT
P | twice DTP=431 | 2 | TOO-MANY
P | set AMT=F5 2=X | 1 | NUMBER
P | set AMT=F5 2= | 2 | MISSING-ELEMENT
P | set AMT=F5 1=QQ | 2 | CODE-NOT-ALLOWED
P | twice AMT=F5 | 2 | TOO-MANY
P | set REF=G1 1=QQ | 2 | UNEXPECTED-SEGMENT
P | set REF=G1 2= | 2 | MISSING-ELEMENT
P | set REF=G1 3=words | 2 | NOT-USED
P | twice REF=G1 | 2 | TOO-MANY
P | twice REF=X4 | 2 | TOO-MANY
P | set NTE 1=QQQ | 5 | CODE-NOT-ALLOWED
P | set NTE 2= | 2 | MISSING-ELEMENT
P | twice NTE | 2 | TOO-MANY
P | set NTE 2= leading space | 1 | SPACES
P | set NTE 2=bell\x07 | 1 | CONTROL-CHARACTER
P | after CLM PWK*OZ*EL | 4 | ATTACHMENT-NUMBER
P | after CLM PWK*OZ*EL***AC | 1 | CONDITION
P | after CLM PWK*QQ*AA | 5 | CODE-NOT-ALLOWED
P | before HI CR1****A*DH*10 | 4 | AMBULANCE-PLACE
P | before HI CR1*LB*100*Q*A*DH*10 | 2 | NOT-USED | at CR1
P | before HI CRC*07*Y | 2 | MISSING-ELEMENT
P | before HI CRC*QQ*Y*01 | 2 | UNEXPECTED-SEGMENT
P | drop HI | 2 | MISSING-SEGMENT | at CLM
P | set HI 1=ZZ:E1165 | 2 | UNEXPECTED-SEGMENT
P | set HI 1=ABK | 2 | MISSING-ELEMENT
P | set HI 1=ABK:E11.65 | 5 | DX
P | set HI 1=ABK:E116 | 5 | DX
P | set HI 1=ABK:X99 | 5 | DX
P | set HI 1=ABK:QQQQQ | 5 | DX
P | set HI 1=BK:25000 | 5 | DX
P | set HI 2=ABK:I10 | 2 | CODE-NOT-ALLOWED
P | set HI 2= | 4 | POINTER-DEAD | at SV1
P | set NM1=DN 9=1111111111 | 5 | NPI
P | set NM1=DN 2=2 | 2 | CODE-NOT-ALLOWED
P | set NM1=DN 1=P3 | 4 | REFERRING-ORDER
P | set NM1=DN 1=Q9 | 2 | UNEXPECTED-SEGMENT
P | twice NM1=DN | 4 | REFERRING-ORDER | at NM1=DN
P | set NM1=82 9=1300001018X | 5 | NPI
P | set NM1=82 3= | 2 | MISSING-ELEMENT
P | twice NM1=82 | 2 | TOO-MANY
P | set NM1=77 2=1 | 2 | CODE-NOT-ALLOWED
P | set NM1=77 9=9999999999 | 5 | NPI
P | drop N3#4 | 2 | MISSING-SEGMENT | at NM1=77
P | set N4#4 3=44001 | 5 | ZIP9
P | set NM1=DQ 2=2 | 2 | CODE-NOT-ALLOWED
P | drop LX | 2 | UNKNOWN-OR | at SV1
P | set LX 1=7 | 4 | LINE-NUMBER
P | set LX#2 1=1 | 4 | LINE-NUMBER
P | set LX 1=A | 1 | NUMBER
P | set LX 1= | 2 | MISSING-ELEMENT
P | drop SV1 | 2 | MISSING-SEGMENT | at LX
P | twice SV1 | 2 | TOO-MANY
P | set SV1 1=HC | 2 | MISSING-ELEMENT
P | set SV1 1=ZZ:99214 | 2 | CODE-NOT-ALLOWED
P | set SV1 1=HC:992 | 5 | PROCEDURE
P | set SV1 1=HC:99214:2 | 1 | LENGTH
P | set SV1 1=HC:99214:2* | 1 | LENGTH
P | set SV1 1=HC:99214:2a | 5 | MODIFIER
P | set SV1 1= | 2 | MISSING-ELEMENT
P | set SV1 2=210.555.1 | 1 | NUMBER
P | set SV1 2=209 | 3 | CLAIM-TOTAL | at CLM
P | set SV1 2= | 2 | MISSING-ELEMENT
P | set SV1 2=-210 | 4 | NEGATIVE
P | set SV1 3=QQ | 2 | CODE-NOT-ALLOWED
P | set SV1 3= | 2 | MISSING-ELEMENT
P | set SV1 4=0x | 1 | NUMBER
P | set SV1 4=-1 | 4 | NEGATIVE
P | set SV1 4= | 2 | MISSING-ELEMENT
P | set SV1 5=99X | 1 | LENGTH
P | set SV1 5=98 | 5 | POS
P | set SV1 6=1 | 2 | NOT-USED
P | set SV1 7= | 2 | MISSING-ELEMENT
P | set SV1 7=9 | 4 | POINTER-DEAD
P | set SV1 7=1:1 | 4 | POINTER-TWICE
P | set SV1 7=A | 1 | NUMBER
P | set SV1 7=1:2:1:2:1 | 1 | NOT-USED
P | set SV1 9=N | 2 | CODE-NOT-ALLOWED
P | drop DTP=472 | 2 | MISSING-SEGMENT | at LX
P | set DTP=472 3=20270101 | 4 | DATE-FUTURE
P | set DTP=472 3=2026-09-14 | 1 | DATE
P | set DTP=472 2=RD8 & 3=20260915-20260914 | 1 | DATE
P | set DTP=472 2=RD8 | 1 | DATE
P | set REF=6R#2 2=V01L1 | 4 | LINE-CONTROL-TWICE
P | twice REF=6R | 2 | TOO-MANY
P | set LIN 2=ZZ | 2 | CODE-NOT-ALLOWED
P | set LIN 3=123 | 5 | NDC
P | set LIN 3= | 2 | MISSING-ELEMENT
P | drop CTP | 2 | MISSING-SEGMENT | at LIN
P | set CTP 4= | 2 | MISSING-ELEMENT
P | set CTP 5=QQ | 5 | CODE-NOT-ALLOWED
P | set CTP 5= | 2 | MISSING-ELEMENT
P | set REF=XZ 1=QQ | 2 | CODE-NOT-ALLOWED
P | set NM1=DK 2=2 | 2 | CODE-NOT-ALLOWED
P | set NM1=DK 9=123 | 5 | NPI
P | after SV1 SVD*EXSUP*10*HC:99214**1 | 2 | OUT-OF-ORDER-OR
S | set CLM 2=255.4 | 3 | CLAIM-TOTAL
S | set AMT=D 2=90 | 3 | COB-CLAIM
S | set AMT=D 2=90.4 | 3 | COB-PAID
S | set AMT=D 2=X | 1 | NUMBER
S | set AMT=D 2= | 2 | MISSING-ELEMENT
S | set SVD 2=79 | 3 | COB-LINE
S | set SVD 2=79.99 | 3 | COB-PAID | at AMT=D
S | set SVD 1=OTHER | 4 | SVD-PAYER
S | set SVD 2= | 2 | MISSING-ELEMENT
S | set SVD 3= | 2 | MISSING-ELEMENT
S | set SVD 5= | 2 | MISSING-ELEMENT
S | set CAS 1=QQ | 5 | CODE-NOT-ALLOWED
S | set CAS 2=Z9 | 5 | CARC
S | set CAS 2= | 2 | MISSING-ELEMENT
S | set CAS 3= | 2 | MISSING-ELEMENT
S | set CAS 3=X | 1 | NUMBER
S | set CAS 3=109 | 3 | COB-LINE | at SVD
S | set CAS 5=45 | 1 | CONDITION
S | set CAS 6=5 | 1 | CONDITION
S | drop CAS | 3 | COB-LINE | at SVD
S | drop OI | 2 | MISSING-SEGMENT | at SBR#2
S | set OI 3=X | 2 | CODE-NOT-ALLOWED
S | set OI 6= | 2 | MISSING-ELEMENT
S | drop NM1=IL#2 | 2 | MISSING-LOOP | at SBR#2
S | drop NM1=PR#2 | 2 | MISSING-LOOP | at SBR#2
S | set NM1=PR#2 9= | 2 | MISSING-ELEMENT
S | set SBR#2 1=S | 4 | PAYER-ORDER
S | set SBR#2 2= | 2 | MISSING-ELEMENT
S | set SBR 9=MB | 4 | MSP-TYPE
S | drop DTP=573#2 | 2 | MISSING-SEGMENT | at SVD
S | set DTP=573 3=20261399 | 1 | DATE
S | set AMT=EAF 2=X | 1 | NUMBER
I | drop CL1 | 2 | MISSING-SEGMENT | at CLM
I | set CL1 1=7 | 5 | CODE-NOT-ALLOWED
I | set CL1 1= | 4 | ADMISSION-TYPE | at CLM
I | set CL1 3= | 2 | MISSING-ELEMENT
I | set CL1 3=99 | 5 | DSTATUS
I | set CLM 5=99:A:1 | 5 | TOB
I | set CLM 5=11:B:1 | 2 | CODE-NOT-ALLOWED
I | set CLM 5=11:A:2 | 4 | DISCHARGE-STATUS | at CL1
I | set CLM 5=11:A:7 | 4 | FREQUENCY-REF
I | set CLM 5=13:A:1 | 4 | DRG-OUTPATIENT | at HI=DR
I | set CLM 6=Y | 2 | NOT-USED
I | set CLM 2=1 | 3 | CLAIM-TOTAL
I | drop DTP=434 | 2 | MISSING-SEGMENT | at CLM
I | set DTP=434 3=20261007-20261005 | 1 | DATE
I | set DTP=434 2=D8 | 2 | CODE-NOT-ALLOWED
I | set DTP=434 3=20261005-20271007 | 4 | DATE-FUTURE
I | drop DTP=435 | 4 | ADMISSION-DATE | at CLM
I | set DTP=435 3=202610089999 | 1 | DATE
I | set DTP=435 3=202610080700 | 4 | DATE-ORDER
I | drop DTP=096 | 4 | DISCHARGE-HOUR | at CLM
I | set DTP=096 3=2561 | 1 | DATE
I | drop HI=ABK | 2 | MISSING-SEGMENT | at CLM
I | drop HI=ABJ | 4 | ADMITTING-DIAGNOSIS | at CLM
I | set HI=ABK 1-2=M1711X | 5 | DX
I | set HI=ABK 1-9=Q | 5 | CODE-NOT-ALLOWED
I | set HI=ABF 1-2=ZZZ | 5 | DX
I | set HI=BBR 1-2=0SRC0XX | 5 | PX
I | set HI=BBR 1-4=20261399 | 1 | DATE
I | set HI=BBR 1-3= | 2 | MISSING-ELEMENT
R | set CAS 1=CR | 5 | CODE-NOT-ALLOWED
R | set PLB 3-1=ZZ | 5 | CODE-NOT-ALLOWED | noclaim
I | drop HI=BBR | 4 | PRINCIPAL-PROCEDURE | at HI=BBQ
I | set HI=BH 1-3=RD8 | 2 | CODE-NOT-ALLOWED
I | set HI=BI 1-2=7 | 5 | TWO
I | set HI=BE 1-5= | 2 | MISSING-ELEMENT
I | set HI=BE 1-5=X | 1 | NUMBER
I | set HI=DR 1-2=000 | 5 | DRG
I | twice HI=DR | 2 | TOO-MANY
I | drop NM1=71 | 4 | ATTENDING-MISSING | at CLM
I | set NM1=71 9=1234567890 | 5 | NPI
I | set NM1=72 2=2 | 2 | CODE-NOT-ALLOWED
I | set SV2 1=12 | 5 | REVENUE
I | set SV2 1= | 2 | MISSING-ELEMENT
I | set SV2 3= | 2 | MISSING-ELEMENT
I | set SV2 4=XX | 2 | CODE-NOT-ALLOWED
I | set SV2 5=-1 | 4 | NEGATIVE
I | set SV2 7=X | 1 | NUMBER
I | set LX#2 1=3 | 4 | LINE-NUMBER
I | set DTP=472 3=20261008 & 2=D8 | 4 | DATE-ORDER
R | set BPR 1=Q | 2 | CODE-NOT-ALLOWED | noclaim
R | set BPR 2=26 | 3 | PAYMENT-BALANCE | noclaim
R | set BPR 2=X | 1 | NUMBER | noclaim
R | set BPR 3=X | 2 | CODE-NOT-ALLOWED | noclaim
R | set BPR 3=D | 3 | PAYMENT-BALANCE | noclaim
R | set BPR 4=QQQ | 2 | CODE-NOT-ALLOWED | noclaim
R | set BPR 4=NON | 4 | PAYMENT-NONE | noclaim
R | set BPR 16=20261301 | 1 | DATE | noclaim
R | set BPR 16= | 2 | MISSING-ELEMENT | noclaim
R | drop TRN | 2 | MISSING-SEGMENT | noclaim | at ST
R | set TRN 2= | 2 | MISSING-ELEMENT | noclaim
R | set TRN 3=1 | 1 | LENGTH | noclaim
R | set DTM=405 2=20260231 | 1 | DATE | noclaim
R | drop N1=PR | 2 | MISSING-LOOP | noclaim | at ST
R | drop N1=PE | 2 | MISSING-LOOP | noclaim | at ST
R | set N1=PE 4=1234567890 | 5 | NPI | noclaim
R | set N1=PE 3=QQ | 2 | CODE-NOT-ALLOWED | noclaim
R | drop PER=BL | 2 | MISSING-SEGMENT | noclaim | at N1=PR
R | set N4 2=QQ | 5 | STATE | noclaim
R | set CLP 1= | 2 | MISSING-ELEMENT | noclaim
R | set CLP 2=99 | 2 | CODE-NOT-ALLOWED
R | set CLP 2=22 | 4 | REVERSAL-SIGN
R | set CLP 2=19 | 4 | CROSSOVER-PAYER
R | set CLP 3=255 | 3 | REMITTED-CLAIM
R | set CLP 4=99 | 3 | REMITTED-CLAIM
R | set CLP 4=X | 1 | NUMBER
R | set CLP 6=QQ | 5 | CODE-NOT-ALLOWED
R | set CLP 7= | 2 | MISSING-ELEMENT
R | set SVC 2=200 | 3 | REMITTED-LINE
R | set SVC 3=80 | 3 | REMITTED-LINE
R | set SVC 1=QQ:99214 | 2 | CODE-NOT-ALLOWED
R | set SVC 3= | 2 | MISSING-ELEMENT
R | set CAS 1=XX | 5 | CODE-NOT-ALLOWED
R | set CAS 3=91 | 3 | REMITTED-LINE | at SVC
R | set CAS 2=Q9 | 5 | CARC
R | drop CAS | 3 | REMITTED-LINE | at SVC
R | set LQ 2=QQ1 | 5 | RARC
R | set LQ 1=ZZ | 2 | CODE-NOT-ALLOWED
R | set NM1=QC 1=ZZ | 2 | UNEXPECTED-SEGMENT
R | set PLB 3-1=QQ | 5 | CODE-NOT-ALLOWED | noclaim
R | set PLB 4= | 2 | MISSING-ELEMENT | noclaim
R | set PLB 4=7 | 3 | PAYMENT-BALANCE | noclaim | at BPR
R | set PLB 2=20269999 | 1 | DATE | noclaim
R | set PLB 6= | 1 | CONDITION | noclaim
9 | set AK1 2=X | 1 | NUMBER | noclaim
9 | drop AK9 | 2 | MISSING-SEGMENT | noclaim | at ST
9 | set AK9 4=0 | 3 | GROUP-COUNT | noclaim
9 | set AK9 1=Q | 2 | CODE-NOT-ALLOWED | noclaim
9 | drop IK5 | 2 | MISSING-SEGMENT | noclaim | at AK2
9 | set IK5 1=Q | 2 | CODE-NOT-ALLOWED | noclaim
9 | after AK2 IK3*CLM*5*2300*8 | 4 | VERDICT | noclaim | at IK5
A | set BHT 2=00 | 2 | CODE-NOT-ALLOWED | noclaim
A | set STC#4 3=WQ | 4 | ACTION
A | set STC#3 1=A2 | 2 | MISSING-ELEMENT
A | set QTY=90 2=2 | 3 | CLAIM-COUNT | noclaim
A | set AMT=YU 2=1 | 3 | CLAIM-CHARGES | noclaim
A | set HL#4 2=1 | 2 | LEVEL-PARENT
A | drop DTP=472 | 2 | MISSING-SEGMENT | at TRN#4
A | set NM1=QC 9= | 2 | MISSING-ELEMENT
9 | set AK2 1= | 2 | MISSING-ELEMENT | noclaim
9 | set AK9 3=x | 1 | NUMBER | noclaim
9 | set AK9 2= | 2 | MISSING-ELEMENT | noclaim
9S | set IK3 1= | 2 | MISSING-ELEMENT | noclaim
9S | set IK3 2=x | 1 | NUMBER | noclaim
9S | set IK3 4=99 | 2 | CODE-NOT-ALLOWED | noclaim
9S | set IK4 3=99 | 2 | CODE-NOT-ALLOWED | noclaim
9S | set IK4 1= | 2 | MISSING-ELEMENT | noclaim
9S | set IK5 1=A | 4 | VERDICT | noclaim
9S | set AK9 1=A | 4 | VERDICT | noclaim
9S | drop AK1 | 2 | MISSING-SEGMENT | noclaim | at ST
9S | before AK9 NM1*IL*1*X | 2 | UNKNOWN-SEGMENT | noclaim | at NM1
AS | drop NM1=PR | 2 | MISSING-LOOP | noclaim | at HL
AS | set HL#2 2=7 | 2 | LEVEL-PARENT | noclaim
AS | set HL#4 1=9 | 2 | LEVEL-NUMBER
AS | set STC#2 1=A2 | 2 | MISSING-ELEMENT
AS | set STC#2 2=20261399 | 1 | DATE
AS | set STC#2 3=ZZ | 2 | CODE-NOT-ALLOWED
AS | set STC#2 4=x | 1 | NUMBER
AS | set STC#3 3=WQ | 4 | ACTION
AS | set NM1=QC 8=XX | 2 | CODE-NOT-ALLOWED
AS | set NM1=85 9=1234567890 | 5 | NPI | noclaim
AS | set QTY=AA 2=0 | 3 | CLAIM-COUNT | noclaim
AS | set AMT=YY 2=119 | 3 | CLAIM-CHARGES | noclaim
AS | drop TRN=2#2 | 2 | MISSING-LOOP | noclaim | at HL#4
AS | set DTP=472 3=20260931 | 1 | DATE
D | set BHT 1=0018 | 2 | CODE-NOT-ALLOWED | noclaim
D | drop NM1=41 | 2 | MISSING-LOOP | noclaim | at ST
D | set HL#2 2=9 | 2 | LEVEL-PARENT
D | set HL#3 4=0 | 2 | LEVEL-CHILD
D | set PRV=BI 3=1223 | 5 | TAXONOMY | noclaim
D | set NM1=85 9=1234567890 | 5 | NPI | noclaim
D | set N4 3=44001 | 5 | ZIP9 | noclaim
D | drop REF=EI | 2 | MISSING-SEGMENT | noclaim | at NM1=85
D | set SBR 1=Z | 5 | CODE-NOT-ALLOWED
D | set SBR 9=QQ | 5 | CODE-NOT-ALLOWED
D | set DMG 2=19571301 | 1 | DATE
D | set CLM 2=414 | 3 | CLAIM-TOTAL
D | set CLM 2=4E2 | 1 | NUMBER
D | set CLM 2= | 2 | MISSING-ELEMENT
D | set CLM 5=98:B:1 | 5 | POS
D | set CLM 5=11:A:1 | 2 | CODE-NOT-ALLOWED
D | set CLM 5=11:B:7 | 4 | FREQUENCY-REF
D | set CLM 11=OA | 4 | ACCIDENT-DATE
D | set DTP=472 3=20260931 | 1 | DATE
D | set DN2 1=99 | 5 | TOOTH-STATUS
D | set DN2 2=Q | 2 | CODE-NOT-ALLOWED
D | set DN2 6=JO | 2 | CODE-NOT-ALLOWED
D | set NM1=82 9=1234567890 | 5 | NPI
D | drop LX | 3 | CLAIM-TOTAL | at CLM
D | set SV3 1=HC:D2740 | 2 | CODE-NOT-ALLOWED
D | set SV3 1=AD:D27401 | 5 | PROCEDURE
D | set SV3 1=AD | 2 | MISSING-ELEMENT
D | set SV3 2=x | 1 | NUMBER
D | set SV3 2= | 2 | MISSING-ELEMENT
D | set SV3 2=341 | 3 | CLAIM-TOTAL | at CLM
D | drop SV3 | 2 | MISSING-SEGMENT | at LX
D | set TOO 2=33 | 5 | TOOTH
D | set TOO 3=X | 5 | CODE-NOT-ALLOWED
D | after SV3 SV1*HC:99213*1*UN*1***1 | 2 | UNKNOWN-SEGMENT | at SV1
D | drop PAT | 2 | MISSING-SEGMENT | at HL#4
D | set PAT 1=77 | 5 | CODE-NOT-ALLOWED
270 | set BHT 2=99 | 2 | CODE-NOT-ALLOWED | noclaim
270 | set BHT 4=20261301 | 1 | DATE | noclaim
270 | set HL#2 2=5 | 2 | LEVEL-PARENT | noclaim
270 | set HL#3 1=9 | 2 | LEVEL-NUMBER | noclaim
270 | set HL#4 4=0 | 2 | LEVEL-CHILD | noclaim
270 | drop NM1=PR | 2 | MISSING-LOOP | noclaim | at HL
270 | set NM1=PR 8=QQ | 2 | CODE-NOT-ALLOWED | noclaim
270 | set NM1=1P 9=1234567890 | 5 | NPI | noclaim
270 | set NM1=IL 2=3 | 2 | CODE-NOT-ALLOWED | noclaim
270 | set DMG 2=19570230 | 1 | DATE | noclaim
270 | set DMG 3=X | 5 | CODE-NOT-ALLOWED | noclaim
270 | set TRN 2= | 2 | MISSING-ELEMENT | noclaim
270 | set TRN 1=2 | 2 | CODE-NOT-ALLOWED | noclaim
270 | set DTP=291 3=20261032 | 1 | DATE | noclaim
270 | set INS 2=18 | 2 | CODE-NOT-ALLOWED | noclaim
270 | set INS 1=Y | 2 | CODE-NOT-ALLOWED | noclaim
270 | set EQ 1= | 1 | CONDITION | noclaim
270 | set EQ#3 2=XX:99213 | 2 | CODE-NOT-ALLOWED | noclaim
270 | drop EQ#3 | 2 | - | noclaim
270 | after TRN CLM*1*1 | 2 | UNKNOWN-SEGMENT | noclaim | at CLM
271 | set BHT 2=13 | 2 | CODE-NOT-ALLOWED | noclaim
271 | set TRN 1=3 | 2 | CODE-NOT-ALLOWED | noclaim
271 | set EB 1=ZZ | 5 | CODE-NOT-ALLOWED | noclaim
271 | set EB#2 7=x | 1 | NUMBER | noclaim
271 | set EB#2 12=Q | 2 | CODE-NOT-ALLOWED | noclaim
271 | set EB#3 2=QQQ | 5 | CODE-NOT-ALLOWED | noclaim
271 | set AAA 1=Q | 2 | CODE-NOT-ALLOWED | noclaim
271 | set AAA 3= | 2 | MISSING-ELEMENT | noclaim
271 | set DTP=346 3=20260001 | 1 | DATE | noclaim
271 | set DTP=346 1=999 | 2 | CODE-NOT-ALLOWED | noclaim
271 | set HL#5 2=3 | 2 | LEVEL-PARENT | noclaim
271 | drop EB | 2 | - | noclaim
276 | set BHT 2=08 | 2 | CODE-NOT-ALLOWED | noclaim
276 | set HL#4 2=9 | 2 | LEVEL-PARENT
276 | set NM1=1P 9=1234567890 | 5 | NPI | noclaim
276 | drop NM1=IL | 2 | MISSING-LOOP | at HL#4
276 | set NM1=IL 9= | 2 | MISSING-ELEMENT
276 | set DMG 2=19571304 | 1 | DATE
276 | set TRN 1=2 | 2 | CODE-NOT-ALLOWED
276 | set AMT 2=x | 1 | NUMBER
276 | set REF=EJ 1=QQ | 2 | UNEXPECTED-SEGMENT
276 | set SVC 1=XX:1 | 2 | CODE-NOT-ALLOWED
276 | set SVC 2= | 2 | MISSING-ELEMENT
276 | set DTP=472 2=D9 | 2 | CODE-NOT-ALLOWED
277 | set BHT 2=13 | 2 | CODE-NOT-ALLOWED | noclaim
277 | set BHT 6=TH | 2 | CODE-NOT-ALLOWED | noclaim
277 | drop STC | 2 | MISSING-SEGMENT | at TRN
277 | set STC 1=F1 | 2 | MISSING-ELEMENT
277 | set STC 2=20261332 | 1 | DATE
277 | set STC 4=x | 1 | NUMBER
277 | set TRN 2= | 2 | MISSING-ELEMENT | noclaim
277 | set SVC 3= | 2 | MISSING-ELEMENT
277 | set SVC 3=8E1 | 1 | NUMBER
277 | set DTP=472 3=2026-914 | 1 | DATE
277 | set HL#6 2=4 | 2 | LEVEL-PARENT
278 | set BHT 2=99 | 2 | CODE-NOT-ALLOWED | noclaim
278 | set UM 1=ZZ | 2 | CODE-NOT-ALLOWED
278 | set UM 4=11:C | 2 | CODE-NOT-ALLOWED
278 | set HI 1=ABK:M545 | 5 | DX
278 | set HI 1=ABK:Q999999 | 5 | DX
278 | set DTP=AAH 3=20261302 | 1 | DATE
278 | set HL#4 3=QQ | 2 | UNEXPECTED-SEGMENT | noclaim
278 | set HL#5 2=9 | 2 | LEVEL-PARENT
278 | set NM1=IL 9= | 2 | MISSING-ELEMENT | noclaim
278 | set NM1=IL 8=QQ | 2 | CODE-NOT-ALLOWED | noclaim
278 | set NM1=1P 9=1234567890 | 5 | NPI | noclaim
278 | set SV1 1=HC:9711 | 5 | PROCEDURE
278 | set SV1 1=QQ:97110 | 2 | CODE-NOT-ALLOWED
278 | set NM1=SJ 2=9 | 2 | CODE-NOT-ALLOWED
278 | set DMG 2=19570332 | 1 | DATE | noclaim
834 | set INS 1=Q | 2 | CODE-NOT-ALLOWED
834 | drop REF=0F | 2 | MISSING-SEGMENT | noclaim | at INS
834 | drop N1=P5 | 2 | MISSING-LOOP | noclaim | at ST
834 | set DTP=336 3=20201306 | 1 | DATE
834 | set NM1=IL 2=7 | 2 | CODE-NOT-ALLOWED
834 | drop DTP=348 | 2 | MISSING-SEGMENT | at HD
820 | set N1=PE 1=ZZ | 2 | UNEXPECTED-SEGMENT | noclaim
820 | set BPR 2=x | 1 | NUMBER | noclaim
820 | drop BPR | 2 | MISSING-SEGMENT | noclaim | at ST
275 | drop BGN | 2 | MISSING-SEGMENT | noclaim | at ST
275 | drop LX | 2 | MISSING-LOOP | noclaim | at ST
275 | set NM1=1P 2=77 | 1 | LENGTH | noclaim
R | set DTM=232 2=20260931 | 1 | DATE
R | set MOA 3=QQ9 | 5 | RARC
R | twice MOA | 2 | TOO-MANY
R | set SVC 5=x | 1 | NUMBER
R | set SVC 1=HC | 2 | MISSING-ELEMENT
R | set CLP 3=x | 1 | NUMBER
R | set CLP 5=3E1 | 1 | NUMBER
R | set CLP 9=Q0 | 1 | LENGTH
R | set NM1=QC 2=3 | 2 | CODE-NOT-ALLOWED
R | set AMT=B6 2= | 2 | MISSING-ELEMENT
R | set AMT=B6 1=QQ | 2 | CODE-NOT-ALLOWED
R | set REF=6R 1=QQ | 2 | UNEXPECTED-SEGMENT
R | after CLP ZZZ*1 | 1 | UNKNOWN-SEGMENT | at ZZZ
R | after CLP CLM*1*1 | 2 | UNKNOWN-SEGMENT | at CLM
R | set CAS 3=90.005 | 1 | NUMBER
R | set CAS 3= | 2 | MISSING-ELEMENT
R | set CAS 2= | 2 | MISSING-ELEMENT
R | set PLB 1= | 2 | MISSING-ELEMENT | noclaim
P | set NM1=IL 3=FAR:ROW | 1 | DELIMITER-IN-DATA
P | set NTE 2=AT 10:30 | 1 | DELIMITER-IN-DATA
P | set CLM 1=V:02 | 1 | DELIMITER-IN-DATA
P | set SV1 4=1.0001 | 2 | UNITS
P | set SV1 4=123456789 | 2 | UNITS
I | set SV2 5=1.0001 | 2 | UNITS
P | set CLM 1=V12345678901234567890 | 4 | CLAIM-NUMBER-LONG
P | set SV1 7=² | 1 | NUMBER
P | set SV1 7=99999999999999999999 | 1 | NUMBER
S | after AMT=D AMT*EAF*5 | 4 | REMAINING-TWICE | at AMT=EAF
R | before CLP CUR*PR*CAD | 2 | OUT-OF-ORDER | noclaim | at CUR
R | after TRN CUR*PR*CAD | 4 | CURRENCY | noclaim
R | set ST 3=005010X221A1 | 2 | NOT-USED | noclaim
9S | set AK9 3=1 & 4=1 | 3 | GROUP-COUNT | noclaim
9S | set AK9 3=3 & 4=3 | 3 | GROUP-COUNT | noclaim
9S | set AK9 3=3 & 4=0 | 3 | GROUP-COUNT | noclaim
9S | set AK9 2=3 | 4 | GROUP-COUNT | noclaim
9S | set AK9 4=² | 1 | NUMBER | noclaim
9S | set IK5#2 1=E | 4 | REASON | noclaim
AS | set QTY=90 2=² | 1 | NUMBER | noclaim
271 | set NM1=P3 9=1300001018 | 5 | NPI | noclaim
271 | after NM1=P3 PRV*PE*PXC*207Q | 5 | TAXONOMY | noclaim
271 | set AAA 3=ZZ | 5 | REFUSAL-CODE | noclaim
270 | after NM1=IL PRV*PE*PXC*207Q | 5 | TAXONOMY | noclaim
"""
ALL = [fault(line) for line in FAULTS.strip().splitlines()]


def test_there_are_at_least_250_faults() -> None:
    assert len(ALL) >= 250
    assert {item.snip for item in ALL} == {1, 2, 3, 4, 5}


def test_the_clean_files_are_clean(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        verdict = check(data)
        assert verdict.verdict == "accepted", (name, [f for t in verdict.transactions for f in t.findings])
        assert not [f for t in verdict.transactions for f in t.findings]


@pytest.mark.parametrize("item", ALL, ids=lambda item: f"{item.file} {item.edit}")
def test_a_single_fault_is_found(item: Fault, files: dict[str, bytes]) -> None:
    data, place = mutate(files[item.file], item.edit)
    verdict = check(data)
    found = [f for t in verdict.transactions for f in t.findings] + list(verdict.findings)
    if item.at:
        place = mutate(data, f"look {item.at}")[1]
    codes = {item.code} if not item.code.endswith("-OR") else {f.code for f in found if f.snip == item.snip}
    if item.code == "-":
        assert not [f for f in found if f.snip < 5]
        return
    hits = [f for f in found if f.snip == item.snip and f.code in codes and f.segment == place]
    assert hits, [(f.snip, f.code, f.segment, f.claim, f.message) for f in found]
    assert any(bool(f.claim) is item.claim for f in hits), [(f.code, f.claim) for f in hits]
    assert {f.offset for f in hits} == {len("~".join(data.decode().split("~")[: place - 1])) + (place > 1)}
    if all(f.severity == "error" for f in hits):
        assert verdict.verdict == "rejected"
