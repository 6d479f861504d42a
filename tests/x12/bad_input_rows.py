"""The rows of bad and hostile input, A to D: what arrives, what must be said of it and where, and who reads it."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

from attrs import frozen

SAMPLES = {
    path.stem: path.read_bytes().replace(b"\n", b"")
    for path in sorted((Path(__file__).parent / "samples").glob("*.x12"))
}
ISA = b"ISA*00*          *00*          *ZZ*EXSUBMIT1      *ZZ*EXCLEAR01      *261026*0930*^*00501*000000007*1*T*:~"
CLAIMS = ISA + (
    b"GS*HC*EXSUBMIT1*EXCLEAR01*20261026*0930*7*X*005010X222A1~ST*837*0001*005010X222A1~"
    b"BHT*0019*00*1*20261026*0930*CH~NM1*41*2*MILL RIVER BILLING*****46*EXSUBMIT1~PER*IC*OFFICE*TE*5555550100~"
    b"NM1*40*2*CLEARINGHOUSE*****46*EXCLEAR01~HL*1**20*1~PRV*BI*PXC*207Q00000X~"
    b"NM1*85*2*LAKESIDE FAMILY MEDICINE*****XX*1300000019~N3*12 QUARRY ROAD~N4*MILL RIVER*OH*440010001~"
    b"REF*EI*990000001~HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*FARROW*INES****MI*HPO000001~N3*12 QUARRY ROAD~"
    b"N4*MILL RIVER*OH*440010001~DMG*D8*19570304*F~NM1*PR*2*HARBOR MUTUAL PPO*****PI*EXHPO~"
    b"CLM*V01*255.5***11:B:1*Y*A*Y*Y~HI*ABK:E1165~LX*1~SV1*HC:99214*210*UN*1***1~DTP*472*D8*20260914~"
    b"LX*2~SV1*HC:83036*45.5*UN*1***1~DTP*472*D8*20260914~SE*27*0001~GE*1*7~IEA*1*000000007~"
)
MONEY = ISA.replace(b"EXSUBMIT1      *ZZ*EXCLEAR01 ", b"EXCLEAR01      *ZZ*EXSUBMIT1 ") + (
    b"GS*HP*EXCLEAR01*EXSUBMIT1*20261109*0930*7*X*005010X221A1~ST*835*0001~"
    b"BPR*I*125.5*C*ACH*CCP*01*041000124*DA*123*1990000009**01*041000124*DA*456*20261109~"
    b"TRN*1*EFT1*1990000009~DTM*405*20261108~N1*PR*HARBOR MUTUAL PPO~N3*1 HARBOR WAY~N4*PORTSIDE*OH*44002~"
    b"REF*2U*EXHPO~PER*BL*DESK*TE*5555550100~N1*PE*LAKESIDE FAMILY MEDICINE*XX*1300000019~LX*1~"
    b"CLP*V01*1*255.5*130.5*30*12*ICN1*11*1~NM1*QC*1*FARROW*INES~DTM*232*20260914~"
    b"SVC*HC:99214*210*100**1~DTM*472*20260914~CAS*CO*45*80~CAS*PR*3*30~REF*6R*V01L1~LQ*HE*N130~"
    b"SVC*HC:83036*45.5*30.5**1~DTM*472*20260914~CAS*CO*45*15~CLP*V02*1*50*0*50*12*ICN2*11*1~"
    b"CAS*PR*1*50~NM1*QC*1*FARROW*OTTO~DTM*232*20260914~PLB*1300000019*20261231*WO:ICN0*5~SE*29*0001~"
    b"GE*1*7~IEA*1*000000007~"
)


@frozen
class Row:
    """One bad input: its name in the catalogue, the bytes, the file's verdict, a finding and where it must be.

    ``at`` begins the segment of the finding ("#2" behind it the second such); ``reader`` is the reader of its kind,
    with "!" behind it where that must refuse the file.
    """

    name: str
    data: bytes
    verdict: str = "rejected"
    code: str = ""
    at: bytes = b""
    reader: str = "read_837!"


def counted(data: bytes) -> bytes:
    """A file of one set whose SE01 counts what is there."""
    before, after = data.split(b"~SE*", 1)
    count = before[before.index(b"ST*") :].count(b"~") + 2
    return before + b"~SE*%d*" % count + after.split(b"*", 1)[1]


def edited(base: bytes, *swaps: tuple[bytes, bytes]) -> bytes:
    """A file with texts swapped, each of which it has, counted again."""
    for old, new in swaps:
        assert old in base, old
        base = base.replace(old, new, 1)
    return counted(base)


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("claims.837", CLAIMS)
    return held.getvalue()


def claim(name: str, old: bytes, new: bytes, code: str, at: bytes = b"CLM*", reader: str = "read_837",
          verdict: str = "rejected") -> Row:  # fmt: skip
    """A row of claims in which one text was swapped."""
    return Row(name, edited(CLAIMS, (old, new)), verdict, code, at, reader)


def money(name: str, old: bytes, new: bytes, code: str, at: bytes = b"CLP*", reader: str = "read_835",
          verdict: str = "rejected") -> Row:  # fmt: skip
    """A row of a remittance in which one text was swapped."""
    return Row(name, edited(MONEY, (old, new)), verdict, code, at, reader)


def reply(name: str, sample: str, old: bytes, new: bytes, code: str, at: bytes, reader: str,
          verdict: str = "rejected") -> Row:  # fmt: skip
    """A row of an answer in which one text was swapped."""
    return Row(name, edited(SAMPLES[sample], (old, new)), verdict, code, at, reader)


def _outer(old: bytes, new: bytes, count: int = 1) -> bytes:
    assert old in CLAIMS, old
    return CLAIMS.replace(old, new, count)


SECOND = CLAIMS.replace(b"000000007", b"000000008")
ENVELOPES = (
    Row("A1 an empty file", b"", "unreadable", "NOT-X12"),
    Row("A2 only white space", b" \t\r\n \n", "unreadable", "NOT-X12"),
    Row("A3 a byte order mark", b"\xef\xbb\xbf" + CLAIMS, "rejected", "BYTE-ORDER-MARK", b"\xef"),
    Row("A4 a line end first", b"\r\n" + CLAIMS, "rejected", "NOT-X12", b"\r"),
    Row("A4 junk first", b"x1\n" + CLAIMS, "rejected", "NOT-X12", b"x1"),
    Row("A5 no ISA", CLAIMS[106:], "unreadable", "NOT-X12", b"GS*"),
    Row("A6 ISA too short", _outer(b"EXSUBMIT1      *ZZ", b"EXSUBMIT1     *ZZ"), "unreadable", "NOT-X12", b"ISA"),
    Row("A6 ISA too long", _outer(b"EXSUBMIT1      *ZZ", b"EXSUBMIT1       *ZZ"), "unreadable", "NOT-X12", b"ISA"),
    Row("A7 elements end with a space", CLAIMS.replace(b"*", b" "), "unreadable", "NOT-X12", b"ISA"),
    Row("A7 elements end with a letter", CLAIMS.replace(b"*", b"Q"), "unreadable", "NOT-X12", b"ISA"),
    Row("A7 elements end with a digit", CLAIMS.replace(b"*", b"4"), "unreadable", "NOT-X12", b"ISA"),
    Row("A8 components end as elements do", _outer(b"*T*:~", b"*T**~"), "unreadable", "NOT-X12", b"ISA"),
    Row("A9 line feeds for ends", CLAIMS.replace(b"~", b"\n"), "accepted", reader="read_837"),
    Row("A9 carriage returns and line feeds", CLAIMS.replace(b"~", b"\r\n"), "accepted", reader="read_837"),
    Row("A9 separators of files", CLAIMS.replace(b"~", b"\x1c"), "accepted", reader="read_837"),
    Row("A9 a tilde and a line feed", CLAIMS.replace(b"~", b"~\n"), "accepted", reader="read_837"),
    Row("A9 line ends of every kind", CLAIMS.replace(b"~", b"~\r\n", 5).replace(b"~HL", b"~\nHL"), "accepted",
        reader="read_837"),
    Row("A10 no repetition, as before 5010", _outer(b"*^*00501*", b"*U*00401*"), "accepted", reader="read_837"),
    claim("A11 an element delimiter in a name", b"FARROW*", b"FAR*ROW*", "NOT-USED", b"NM1*IL"),
    claim("A11 a segment terminator in a name", b"FARROW*", b"FAR~ROW*", "UNKNOWN-SEGMENT", b"ROW*"),
    claim("A11 a component delimiter in a name", b"FARROW*", b"FAR:ROW*", "DELIMITER-IN-DATA", b"NM1*IL"),
    Row("A12 two sets of delimiters", CLAIMS + SECOND.translate(bytes.maketrans(b"*:~", b"|>\n")), "accepted",
        reader="read_837"),
    Row("A13 cut in the envelope", CLAIMS[:250], "rejected", "CUT-OFF"),
    Row("A13 cut in a claim", CLAIMS[: CLAIMS.index(b"SV1*")], "rejected", "NO-TRAILER", b"ST*"),
    Row("A13 cut in the last segment", CLAIMS[:-8], "rejected", "CUT-OFF", b"IEA"),
    Row("A14 no IEA", CLAIMS.split(b"IEA")[0], "rejected", "NO-TRAILER", b"ISA"),
    Row("A14 no GE", _outer(b"GE*1*7~", b""), "rejected", "NO-TRAILER", b"GS"),
    Row("A14 no SE", _outer(b"SE*27*0001~", b""), "rejected", "NO-TRAILER", b"ST"),
    Row("A15 IEA02 differs", _outer(b"IEA*1*000000007", b"IEA*1*000000009"), "rejected", "NUMBERS-DIFFER", b"IEA",
        "read_837"),
    Row("A15 GE02 differs", _outer(b"GE*1*7", b"GE*1*9"), "rejected", "NUMBERS-DIFFER", b"GE", "read_837"),
    Row("A15 SE02 differs", _outer(b"SE*27*0001", b"SE*27*0009"), "rejected", "NUMBERS-DIFFER", b"SE*27", "read_837"),
    Row("A15 a wrong count", _outer(b"SE*27*", b"SE*26*"), "rejected", "WRONG-COUNT", b"SE*26", "read_837"),
    Row("A15 a negative count", _outer(b"GE*1*", b"GE*-1*"), "rejected", "WRONG-COUNT", b"GE", "read_837"),
    Row("A15 a huge count", _outer(b"IEA*1*", b"IEA*99999999999999999999*"), "rejected", "WRONG-COUNT", b"IEA",
        "read_837"),
    Row("A16 an ISA within an ISA", _outer(b"CLM*", ISA + b"CLM*"), "rejected", "NO-TRAILER", b"ST"),
    Row("A17 the same interchange number twice", CLAIMS + CLAIMS, "rejected", "REPEATED-NUMBER", b"ISA#2", "read_837"),
    Row("A18 an unknown guide", CLAIMS.replace(b"005010X222A1", b"009010X999"), "rejected", "GUIDE-UNKNOWN", b"ST"),
    Row("A18 the guide of 4010", CLAIMS.replace(b"005010X222A1", b"004010X098A1"), "rejected", "GUIDE-UNKNOWN", b"ST"),
    Row("A18 two guides", _outer(b"*005010X222A1~ST", b"*005010X223A2~ST"), "rejected", "GUIDES-DIFFER", b"ST",
        "read_837"),
    Row("A21 an order beside claims", _outer(b"GE*1*7~", b"ST*850*0002~BEG*00*SA*1**20261026~SE*3*0002~GE*2*7~"),
        "rejected", "GUIDE-UNKNOWN", b"ST*850"),
    Row("A22 a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "unreadable", "NOT-X12"),
    Row("A22 a ZIP", _zip(), "unreadable", "NOT-X12"),
    Row("A22 a page to sign in", b"<!DOCTYPE html><html><body>Sign in</body></html>", "unreadable", "NOT-X12"),
    Row("A22 UTF-16", CLAIMS.decode().encode("utf-16"), "unreadable", "NOT-X12"),
    Row("A22 EBCDIC", CLAIMS.decode().encode("cp037"), "unreadable", "NOT-X12"),
    Row("A22 gzip", gzip.compress(CLAIMS, mtime=0), "unreadable", "NOT-X12"),
    Row("A23 two files without anything between", CLAIMS + SECOND, "accepted", reader="read_837"),
    claim("A24 a control character", b"FARROW*", b"FAR\x07ROW*", "CONTROL-CHARACTER", b"NM1*IL"),
    claim("A24 a NUL", b"FARROW*", b"FAR\x00ROW*", "CONTROL-CHARACTER", b"NM1*IL"),
    claim("A24 DEL", b"FARROW*", b"FAR\x7fROW*", "CONTROL-CHARACTER", b"NM1*IL"),
    *(
        claim(f"A25 {what}", b"FARROW*", letters + b"*", "CHARACTER", b"NM1*IL", verdict="accepted")
        for what, letters in {
            "an accent": "FARRÉW".encode(),
            "an apostrophe of cp1252": b"FARR\x92OW",
            "an emoji": "FARROW\U0001f600".encode(),
            "text from right to left": "FAR\u202eROW".encode(),
            "an accent of its own": "FARROW\u0301".encode(),
            "a letter that looks like another": "F\u0410RROW".encode(),
            "a space that does not break": "FAR\u00a0ROW".encode(),
        }.items()
    ),
    claim("A26 a segment in small letters", b"HI*ABK", b"hi*ABK", "UNKNOWN-SEGMENT", b"hi*"),
    claim("A27 delimiters at the end", b"CLM*V01*255.5***11:B:1*Y*A*Y*Y~", b"CLM*V01*255.5***11:B:1*Y*A*Y*Y**~",
          "TRAILING-DELIMITER", verdict="accepted"),
    claim("A27 an empty segment", b"~LX*1~", b"~~LX*1~", "EMPTY-SEGMENT", b"~LX*1", "read_837!"),
    claim("A27 a segment of its name alone", b"~LX*1~", b"~NTE~LX*1~", "MISSING-ELEMENT", b"NTE", "read_837"),
    claim("A28 an element too long", b"CLM*V01*", b"CLM*" + b"V" * 39 + b"*", "LENGTH"),
    claim("A28 an element too short", b"OH*440010001~REF", b"OH*44~REF", "LENGTH", b"N4*"),
    Row("A29 a level beyond 2^31", edited(CLAIMS, (b"HL*2*", b"HL*2147483649*")), "rejected", "LEVEL-NUMBER",
        b"HL*2147483649", "read_837"),
    claim("A30 a segment of 70,000 bytes", b"~LX*1~", b"~NTE*ADD*" + b"A" * 70_000 + b"~LX*1~", "TOO-LONG", b"NTE*",
          "read_837!"),
    claim("A31 ten thousand empty segments", b"~LX*1~", b"~" * 10_000 + b"LX*1~", "EMPTY-SEGMENT", b"",
          "read_837!"),
    money("A32 200,000 elements in a CAS", b"CAS*PR*1*50~", b"CAS*PR" + b"*1*50*" * 50_000 + b"~", "TOO-LONG",
          b"CAS*PR*1*50**1", "read_835!"),
    money("A32 30,000 elements in a CAS", b"CAS*PR*1*50~", b"CAS*PR*1*50" + b"*1" * 30_000 + b"~", "NOT-USED",
          b"CAS*PR*1*50*1"),
)  # fmt: skip
CLAIM_CONTENT = (
    claim("B the total is not the sum", b"*255.5*", b"*255.4*", "CLAIM-TOTAL"),
    claim("B 51 lines", b"LX*2~", b"".join(
        b"LX*%d~SV1*HC:83036*0*UN*1***1~DTP*472*D8*20260914~" % n for n in range(2, 52)) + b"LX*52~",
        "TOO-MANY", b"LX*51"),
    claim("B 13 diagnoses", b"ABK:E1165~", b"ABK:E1165" + b"*ABF:I10" * 12 + b"~", "NOT-USED", b"HI*"),
    claim("B a pointer to no diagnosis", b"*1***1~DTP", b"*1***2~DTP", "POINTER-DEAD", b"SV1*"),
    claim("B negative units", b"*210*UN*1*", b"*210*UN*-1*", "NEGATIVE", b"SV1*"),
    claim("B units of nine decimals", b"*210*UN*1*", b"*210*UN*1.000000001*", "UNITS", b"SV1*"),
    *(
        claim(f"B an amount {text.decode()!r}", b"*255.5*", b"*%s*" % text, "NUMBER", reader="read_837!")
        for text in (b"1,234.50", b"$5", b"1E3")
    ),
    claim("B an amount of 19 digits", b"*255.5*", b"*1234567890123456789*", "NUMBER"),
    claim("B an amount 00012", b"*255.5*", b"*00255.5*", "", verdict="accepted"),
    claim("B an amount -0", b"*255.5*", b"*-0*", "CLAIM-TOTAL"),
    claim("B the 30th of February", b"D8*20260914", b"D8*20260230", "DATE", b"DTP*472", "read_837!"),
    claim("B a day of zeros", b"D8*20260914", b"D8*00000000", "DATE", b"DTP*472", "read_837!"),
    claim("B the last day of 9999", b"D8*20260914", b"D8*99991231", "DATE", b"DTP*472", "read_837!"),
    claim("B born after the service", b"D8*19570304", b"D8*20261001", "DATE-BEFORE-BIRTH", b"DTP*472"),
    claim("B a service in the future", b"D8*20260914", b"D8*20261101", "DATE-FUTURE", b"DTP*472"),
    claim("B a span backwards", b"D8*20260914", b"RD8*20260914-20260901", "DATE", b"DTP*472", "read_837!"),
    claim("B an NPI of a wrong check digit", b"*XX*1300000019", b"*XX*1300000018", "NPI", b"NM1*85"),
    claim("B an NPI of letters", b"*XX*1300000019", b"*XX*13000OOO19", "NPI", b"NM1*85"),
    claim("B a claim number twice", b"~SE*", CLAIMS[CLAIMS.index(b"~CLM") : CLAIMS.index(b"~SE*")] + b"~SE*",
          "CLAIM-TWICE", b"CLM*#2"),
    claim("B a claim number with a path", b"CLM*V01*", b"CLM*../../etc/passwd*", "", verdict="accepted"),
    claim("B a claim number with quotes", b"CLM*V01*", b"CLM*V'01\"*", "", verdict="accepted"),
    claim("B a claim number of 39 characters", b"CLM*V01*", b"CLM*" + b"1" * 39 + b"*", "LENGTH"),
    claim("B a claim number beyond ASCII", b"CLM*V01*", "CLM*V\u00e901*".encode(), "CHARACTER", verdict="accepted"),
    claim("B no subscriber", CLAIMS[CLAIMS.index(b"HL*2*") : CLAIMS.index(b"CLM*")], b"", "UNEXPECTED-SEGMENT", b"CLM*",
          "read_837!"),
    claim("B a level its own parent", b"HL*2*1*", b"HL*2*2*", "LEVEL-PARENT", b"HL*2"),
    claim("B levels in a circle", b"HL*1**20*1", b"HL*1*2*20*1", "NOT-USED", b"HL*1"),
    claim("B levels out of order", b"HL*2*1*", b"HL*7*1*", "LEVEL-NUMBER", b"HL*7"),
    claim("B a replacement of nothing", b"11:B:1", b"11:B:7", "FREQUENCY-REF"),
    claim("B a void of nothing", b"11:B:1", b"11:B:8", "FREQUENCY-REF"),
    claim("B a note with a script", b"~HI*", b"~NTE*ADD*<script>alert(1)</script>~HI*", "", verdict="accepted"),
    claim("B an attachment with a path", b"~HI*", b"~PWK*OZ*EL***AC*../../etc/passwd~HI*", "", verdict="accepted"),
    claim("B a taxonomy of no shape", b"207Q00000X", b"207Q", "TAXONOMY", b"PRV*"),
    claim("B a ZIP with letters", b"OH*440010001~REF", b"OH*44OO10001~REF", "ZIP9", b"N4*"),
    claim("B a state XX", b"MILL RIVER*OH*440010001~REF", b"MILL RIVER*XX*440010001~REF", "STATE", b"N4*"),
)  # fmt: skip
PAYMENT_CONTENT = (
    money("C the payment is not the sum", b"BPR*I*125.5*", b"BPR*I*125.4*", "PAYMENT-BALANCE", b"BPR"),
    money("C a negative payment", b"BPR*I*125.5*", b"BPR*I*-125.5*", "PAYMENT-BALANCE", b"BPR"),
    money("C a payment that is no number", b"BPR*I*125.5*", b"BPR*I*ten*", "NUMBER", b"BPR", "read_835!"),
    money("C a provider adjustment without its amount", b"WO:ICN0*5~", b"WO:ICN0~", "MISSING-ELEMENT", b"PLB",
          "read_835!"),
    money("C a provider adjustment of half a pair", b"WO:ICN0*5~", b"WO:ICN0*5*L6~", "CONDITION", b"PLB",
          "read_835!"),
    money("C an adjustment of two thirds", b"CAS*PR*1*50~", b"CAS*PR*1*50**2~", "CONDITION", b"CAS*PR*1*50",
          "read_835!"),
    money("C an unknown group", b"CAS*PR*1*50~", b"CAS*XX*1*50~", "CODE-NOT-ALLOWED", b"CAS*XX"),
    money("C an amount of 10^15", b"CLP*V02*1*50*0*", b"CLP*V02*1*1000000000000000*0*", "REMITTED-CLAIM", b"CLP*V02"),
    money("C a reversal that takes nothing back", b"CLP*V02*1*50*0*", b"CLP*V02*22*50*0*", "REVERSAL-SIGN", b"CLP*V02"),
    money("C a correction before its reversal", b"CLP*V02*1*50*0*50*12*ICN2*11*1~CAS*PR*1*50~",
          b"CLP*V01*22*-255.5*-130.5*-30*12*ICN1*11*1~CAS*PR*1*-125~", "REVERSAL-ORDER", b"CLP*V01#2"),
    money("C no claim number", b"CLP*V02*", b"CLP**", "MISSING-ELEMENT", b"CLP**", "read_835"),
    money("C claim number 0", b"CLP*V02*", b"CLP*0*", "", verdict="accepted"),
    money("C a payer's number twice", b"*ICN2*", b"*ICN1*", "", verdict="accepted"),
    money("C the code was changed", b"SVC*HC:83036*45.5*30.5**1~", b"SVC*HC:83037*45.5*30.5**1*HC:83036~", "",
          verdict="accepted"),
    money("C no units", b"SVC*HC:83036*45.5*30.5**1~", b"SVC*HC:83036*45.5*30.5**0~", "", verdict="accepted"),
    money("C remarks by the thousand", b"LQ*HE*N130~", b"LQ*HE*N130~" * 2_000, "TOO-MANY", b"LQ*HE*N130#100"),
    money("C no trace", b"TRN*1*EFT1*", b"TRN*1**", "MISSING-ELEMENT", b"TRN"),
    money("C paid tomorrow", b"*20261109~TRN", b"*20991109~TRN", "", b"BPR", verdict="accepted"),
    money("C Canadian dollars", b"~DTM*405", b"~CUR*PR*CAD~DTM*405", "CURRENCY", b"CUR", "read_835!",
          "accepted"),
)  # fmt: skip
ANSWER_CONTENT = (
    *(
        reply(f"D a verdict {code.decode()}", "999", b"IK5*R*I5", b"IK5*%s*I5" % code, "", b"IK5",
              "read_acknowledgements", "accepted")
        for code in (b"M", b"W", b"X")
    ),
    reply("D a verdict E with rejected counts", "999", b"IK5*R*I5", b"IK5*E*I5", "GROUP-COUNT", b"AK9",
          "read_acknowledgements"),
    reply("D a verdict that is none", "999", b"IK5*R*I5", b"IK5*Z*I5", "CODE-NOT-ALLOWED", b"IK5",
          "read_acknowledgements!"),
    reply("D a status nobody knows", "277CA", b"STC*A2:20", b"STC*A2:9998", "STATUS-CODE", b"STC*A2:9998",
          "read_acknowledgements"),
    reply("D a category nobody knows", "277CA", b"STC*A2:20", b"STC*Q2:20", "STATUS-CATEGORY", b"STC*Q2",
          "read_acknowledgements"),
    reply("D a refusal in a 271", "271", b"AAA*N**58*C", b"AAA*N**ZZ*C", "REFUSAL-CODE", b"AAA", "read_271"),
    reply("D a 271 of 500 benefits", "271", b"EB*1**30**EXAMPLE PLAN~", b"EB*1**30**EXAMPLE PLAN~" * 500, "", b"EB",
          "read_271", "accepted"),
    Row("D a TA1 that accepts a fault", SAMPLES["TA1"].replace(b"*A*000", b"*A*005"), "rejected", "VERDICT", b"TA1*",
        "read_acknowledgements"),
)  # fmt: skip
ROWS = (*ENVELOPES, *CLAIM_CONTENT, *PAYMENT_CONTENT, *ANSWER_CONTENT)
