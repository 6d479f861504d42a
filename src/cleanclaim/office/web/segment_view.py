"""The 837 of one claim, a segment a line, each with a word for what it is; our words, not the guide's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.x12 import Envelope, write_837
from cleanclaim.x12.syntax.reader import Segment, segments

_PREVIEW_NUMBER = 999_999_999
_ENVELOPE = {"ISA", "GS", "ST", "BHT", "SE", "GE", "IEA"}


@frozen
class SegmentLine:
    """One segment as it will be sent, what it says in a word, and whether it only wraps the claim."""

    text: str
    words: str
    wraps: bool


_WORDS = {
    "ISA": "Interchange begins",
    "GS": "Group begins",
    "ST": "Transaction begins",
    "BHT": "Purpose and time",
    "SE": "Transaction ends",
    "GE": "Group ends",
    "IEA": "Interchange ends",
    "N3": "Street",
    "N4": "Town",
    "PER": "Contact",
    "PRV": "Specialty",
    "SBR": "Coverage",
    "PAT": "Patient",
    "DMG": "Birth date and sex",
    "CLM": "Claim",
    "CL1": "Admission and discharge",
    "DTP": "Date",
    "REF": "Reference",
    "AMT": "Amount",
    "HI": "Codes",
    "LX": "Line number",
    "SV1": "Service",
    "SV2": "Revenue line",
    "SVD": "Earlier payer's answer",
    "CAS": "Earlier payer's adjustment",
    "LIN": "Drug",
    "CTP": "Drug quantity",
    "OI": "Other insurance",
    "MOA": "Outpatient remarks",
    "MIA": "Inpatient remarks",
    "NTE": "Note",
    "CRC": "Condition",
    "CN1": "Contract",
    "PWK": "Attachment",
    "K3": "File information",
    "CUR": "Currency",
}
_BY_FIRST = {
    ("NM1", "41"): "Submitter",
    ("NM1", "40"): "Receiver",
    ("NM1", "85"): "Billing provider",
    ("NM1", "87"): "Pay-to address",
    ("NM1", "IL"): "Insured",
    ("NM1", "PR"): "Payer",
    ("NM1", "QC"): "Patient",
    ("NM1", "82"): "Rendering provider",
    ("NM1", "DN"): "Referring provider",
    ("NM1", "DK"): "Ordering provider",
    ("NM1", "DQ"): "Supervising provider",
    ("NM1", "77"): "Place of service",
    ("NM1", "71"): "Attending provider",
    ("NM1", "72"): "Operating provider",
    ("REF", "EI"): "Tax ID",
    ("REF", "SY"): "Tax ID (person)",
    ("REF", "G1"): "Authorization",
    ("REF", "9F"): "Referral",
    ("REF", "F8"): "Payer's claim number",
    ("REF", "6R"): "Our line number",
    ("REF", "X4"): "CLIA number",
    ("REF", "Y4"): "Accident claim number",
    ("REF", "EA"): "Record number",
    ("REF", "D9"): "Clearinghouse number",
    ("REF", "2U"): "Payer ID",
    ("DTP", "431"): "Began",
    ("DTP", "439"): "Accident day",
    ("DTP", "434"): "Statement dates",
    ("DTP", "435"): "Admission",
    ("DTP", "096"): "Discharge hour",
    ("DTP", "454"): "First treatment",
    ("DTP", "472"): "Service day",
    ("DTP", "484"): "Last menstrual period",
    ("DTP", "573"): "Earlier payer decided",
    ("AMT", "D"): "Earlier payer paid",
    ("AMT", "F5"): "Patient paid",
    ("AMT", "F3"): "Patient's share",
    ("AMT", "EAF"): "Left for the patient",
    ("HL", "20"): "Billing level",
    ("HL", "22"): "Insured level",
    ("HL", "23"): "Patient level",
    ("HI", "ABK"): "Diagnoses",
    ("HI", "BK"): "Diagnoses",
    ("HI", "ABF"): "Other diagnoses",
    ("HI", "ABJ"): "Admitting diagnosis",
    ("HI", "APR"): "Reason for visit",
    ("HI", "ABN"): "External causes",
    ("HI", "DR"): "DRG",
    ("HI", "BBR"): "Principal procedure",
    ("HI", "BBQ"): "Other procedures",
    ("HI", "BE"): "Value codes",
    ("HI", "BH"): "Occurrences",
    ("HI", "BG"): "Conditions",
}


def segment_lines(claim: AnyClaim, trading: dict[str, Any], made_at: dt.datetime) -> list[SegmentLine]:
    """The claim as an 837 of its own under preview numbers, never sent.

    Raises:
        X12Error: its guide cannot carry the claim.
    """
    data = write_837([claim], _preview(trading, made_at))
    return [
        SegmentLine(item.text() + item.delimiters.terminator, _words(item), item.id in _ENVELOPE)
        for item in segments(data)
    ]


def _preview(trading: dict[str, Any], made_at: dt.datetime) -> Envelope:
    submitter, receiver = trading["submitter"], trading["receiver"]
    return Envelope(
        sender_qualifier=submitter["id_qualifier"],
        sender_id=submitter["id"],
        submitter_name=submitter["name"],
        contact_name=submitter["contact"],
        contact_phone=submitter["phone"],
        receiver_qualifier=receiver["id_qualifier"],
        receiver_id=receiver["id"],
        receiver_name=receiver["name"],
        created_at=made_at.replace(tzinfo=None),
        interchange_control_number=_PREVIEW_NUMBER,
        group_control_number=_PREVIEW_NUMBER,
        test=trading["usage"] == "T",
    )


def _words(segment: Segment) -> str:
    first = segment.get(3) if segment.id == "HL" else segment.component(1, 1)
    return _BY_FIRST.get((segment.id, first)) or _WORDS.get(segment.id, "")
