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
    "CR1": "Ambulance",
    "CR2": "Spinal treatment",
    "CR3": "Equipment certified",
    "SV3": "Dental service",
    "SV5": "Equipment",
    "HCP": "Repriced",
    "QTY": "Quantity",
    "MEA": "Measurement",
    "PS1": "Bought service",
    "LQ": "Form",
    "FRM": "Form's answer",
    "DN1": "Orthodontics",
    "DN2": "Tooth status",
    "TOO": "Tooth",
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
    ("NM1", "ZZ"): "Other operating provider",
    ("NM1", "P3"): "Primary care provider",
    ("NM1", "PW"): "Ambulance from",
    ("NM1", "45"): "Ambulance to",
    ("NM1", "PE"): "Plan to be paid",
    ("NM1", "QB"): "Bought from",
    ("NM1", "DD"): "Assisting surgeon",
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
    ("REF", "G2"): "Number given by the payer",
    ("REF", "0B"): "State licence",
    ("REF", "1G"): "UPIN",
    ("REF", "LU"): "Location or accident state",
    ("REF", "EW"): "Mammography certification",
    ("REF", "F4"): "Referring CLIA number",
    ("REF", "F5"): "Medicare crossover",
    ("REF", "4N"): "Authorization exception",
    ("REF", "LX"): "Investigational device",
    ("REF", "P4"): "Demonstration project",
    ("REF", "1J"): "Care plan oversight",
    ("REF", "9A"): "Repriced claim number",
    ("REF", "9B"): "Repriced line number",
    ("REF", "XZ"): "Prescription",
    ("REF", "VY"): "Compound",
    ("REF", "BT"): "Vaccine batch",
    ("REF", "T4"): "Payer adjusted the claim",
    ("DTP", "431"): "Began",
    ("DTP", "439"): "Accident day",
    ("DTP", "434"): "Statement dates",
    ("DTP", "435"): "Admission",
    ("DTP", "096"): "Discharge hour",
    ("DTP", "454"): "First treatment",
    ("DTP", "472"): "Service day",
    ("DTP", "484"): "Last menstrual period",
    ("DTP", "304"): "Last seen",
    ("DTP", "453"): "Acute manifestation",
    ("DTP", "455"): "Last X-ray",
    ("DTP", "471"): "Prescribed",
    ("DTP", "314"): "Unable to work",
    ("DTP", "360"): "Unable to work from",
    ("DTP", "361"): "Unable to work until",
    ("DTP", "297"): "Last worked",
    ("DTP", "296"): "Back to work",
    ("DTP", "090"): "Care assumed",
    ("DTP", "091"): "Care given up",
    ("DTP", "444"): "First contact",
    ("DTP", "607"): "Certification revised",
    ("DTP", "463"): "Therapy began",
    ("DTP", "461"): "Last certified",
    ("DTP", "738"): "Hemoglobin tested",
    ("DTP", "739"): "Creatinine tested",
    ("DTP", "011"): "Shipped",
    ("DTP", "573"): "Earlier payer decided",
    ("AMT", "D"): "Earlier payer paid",
    ("AMT", "F5"): "Patient paid",
    ("AMT", "F3"): "Patient's share",
    ("AMT", "EAF"): "Left for the patient",
    ("AMT", "A8"): "Not covered by that payer",
    ("AMT", "T"): "Sales tax",
    ("AMT", "F4"): "Postage",
    ("AMT", "GT"): "Service tax",
    ("AMT", "N8"): "Facility tax",
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
    ("HI", "BI"): "Occurrence spans",
    ("HI", "TC"): "Treatment codes",
    ("HI", "BP"): "Surgery of the anaesthesia",
    ("HI", "BO"): "Surgery of the anaesthesia",
    ("CRC", "07"): "Ambulance conditions",
    ("CRC", "09"): "Equipment conditions",
    ("CRC", "70"): "Hospice employee",
    ("CRC", "75"): "Homebound",
    ("CRC", "ZZ"): "EPSDT referral",
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
