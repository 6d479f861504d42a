"""The sets that can be imported: how often each comes, its licence, what it enables, what is not checked without it."""

from __future__ import annotations

from attrs import frozen

_PUBLIC = "US government work, public domain"
_AMA = "American Medical Association, licensed to the user"
_X12 = "X12, licensed to the user"
_CMS_AMA = "CMS; its CPT codes are the American Medical Association's, licensed to the user"


@frozen
class KnownSet:
    """A set of official files.

    ``cycle`` is quarter, half, year, fiscal, policy, or none for what comes at any time and bears no day of its own.
    ``history`` says that each release holds its own past, so that the newest answers for all days; otherwise every
    release is kept for its own days. ``settings`` are its parallel files.
    """

    name: str
    cycle: str
    licence: str
    source: str
    enables: str
    without: str
    history: bool = False
    settings: tuple[str, ...] = ("",)
    in_book: bool = False


KNOWN_SETS: dict[str, KnownSet] = {
    one.name: one
    for one in (
        KnownSet(
            "ICD-10-CM", "fiscal", _PUBLIC, "the order file or its addenda", "validity and titles by date",
            "codes of later releases", in_book=True,
        ),
        KnownSet(
            "ICD-10-CM-TABULAR", "fiscal", _PUBLIC, "the tabular list XML",
            "notes and seventh characters of its release", "notes of releases other than April 2026",
            in_book=True,
        ),
        KnownSet(
            "ICD-10-CM-INDEX", "fiscal", _PUBLIC, "the Alphabetic Index XML", "search by the index and its paths",
            "nothing is refused for it; search and coding do not know the index's terms", in_book=True,
        ),
        KnownSet(
            "ICD-10-CM-NEOPLASM", "fiscal", _PUBLIC, "the table of neoplasms XML",
            "search by site and behaviour", "nothing is refused for it", in_book=True,
        ),
        KnownSet(
            "ICD-10-CM-DRUG", "fiscal", _PUBLIC, "the table of drugs XML", "search by substance and intent",
            "nothing is refused for it", in_book=True,
        ),
        KnownSet(
            "ICD-10-CM-EXTERNAL-CAUSE", "fiscal", _PUBLIC, "the external cause index XML",
            "search of external causes by the index", "nothing is refused for it", in_book=True,
        ),
        KnownSet(
            "ICD-10-PCS", "fiscal", _PUBLIC, "the order file or its addenda", "titles of procedures",
            "procedures have no titles", in_book=True,
        ),
        KnownSet(
            "ICD-10-PCS-TABLES", "fiscal", _PUBLIC, "the tables XML", "the builder, a code axis by axis",
            "the builder; a code explained axis by axis",
        ),
        KnownSet(
            "ICD-10-PCS-DEFINITIONS", "fiscal", _PUBLIC, "the definitions XML", "what each value means",
            "definitions in the builder",
        ),
        KnownSet(
            "ICD-10-PCS-INDEX", "fiscal", _PUBLIC, "the index XML", "the way from a word to a table",
            "the way from a word to a table",
        ),
        KnownSet(
            "HCPCS", "quarter", _PUBLIC, "the alpha-numeric file (ANWEB)",
            "validity and words of Level II codes and modifiers",
            "whether a HCPCS code exists on the day, but for the few built in", in_book=True,
        ),
        KnownSet(
            "CPT", "year", _AMA, "LONGULT, MEDU, SHORTU or the consolidated list",
            "whether a CPT code exists on the day, and its descriptor",
            "whether a CPT code exists on the day, its status and its descriptor", in_book=True,
        ),
        KnownSet(
            "TAXONOMY", "half", "NUCC, royalty-free with notice", "the NUCC taxonomy csv",
            "whether a taxonomy code exists", "taxonomy codes but for the few built in", in_book=True,
        ),
        KnownSet(
            "NCCI-PTP", "quarter", _CMS_AMA, "the procedure-to-procedure files", "bundling (NCCI-PTP)",
            "bundling of procedure pairs", history=True, settings=("practitioner", "hospital"),
        ),
        KnownSet(
            "MUE", "quarter", _CMS_AMA, "the medically unlikely edits", "units in a day (MUE)",
            "units beyond what a patient can have", settings=("practitioner", "hospital", "supplier"),
        ),
        KnownSet(
            "ADD-ON", "quarter", _CMS_AMA, "the add-on code file", "add-on codes without their primary (ADD-ON)",
            "add-on codes without their primary", history=True,
        ),
        KnownSet(
            "MCD", "policy", _CMS_AMA, "the LCD and article exports of the coverage database",
            "medical necessity (MED-NECESSITY)", "medical necessity by local policy", history=True,
        ),
        KnownSet(
            "MPFS", "quarter", _CMS_AMA, "the relative value file (PPRRVU)",
            "global periods (GLOBAL-PERIOD), relative values", "global periods; relative values",
            settings=("", "qualifying-apm"),
        ),
        KnownSet("GPCI", "year", _PUBLIC, "GPCI", "fees by locality", "fees by locality"),
        KnownSet("LOCALITIES", "year", _PUBLIC, "25LOCCO and its like", "the counties of a locality", "nothing"),
        KnownSet("ANES", "year", _PUBLIC, "ANES", "anesthesia factors by locality", "anesthesia fees"),
        KnownSet(
            "ZIP-LOCALITY", "quarter", _PUBLIC, "ZIP5 and ZIP9", "the locality of a service address",
            "the locality of a service address",
        ),
        KnownSet("OPPS-A", "quarter", _PUBLIC, "Addendum A", "rates of payment groups", "outpatient group rates"),
        KnownSet(
            "OPPS-B", "quarter", _CMS_AMA, "Addendum B", "status and group of a service", "outpatient status"
        ),
        KnownSet("ASC", "quarter", _CMS_AMA, "Addenda AA and BB", "surgery centre rates", "surgery centre rates"),
        KnownSet("CLFS", "quarter", _CMS_AMA, "the laboratory fees", "laboratory fees", "laboratory fees"),
        KnownSet("DMEPOS", "quarter", _PUBLIC, "the equipment fees", "equipment fees", "equipment fees"),
        KnownSet("ASP", "quarter", _PUBLIC, "the drug payment limits", "drug payment limits", "drug fees"),
        KnownSet(
            "ASP-NDC", "quarter", _PUBLIC, "the NDC to HCPCS crosswalk", "the HCPCS code of a package",
            "whether NDC and HCPCS code fit",
        ),
        KnownSet(
            "POA-EXEMPT", "fiscal", _PUBLIC, "the CMS list of codes exempt from POA reporting",
            "whether a diagnosis needs no POA indicator (POA-MISSING)",
            "a missing POA indicator where our own short list does not decide",
        ),
        KnownSet(
            "NDC", "none", _PUBLIC, "product.txt and package.txt of the NDC directory",
            "the product, package and labeler of a drug code", "whether a drug code exists", history=True,
        ),
        KnownSet(
            "CARC", "none", _X12, "your licensed list of adjustment reasons", "the official words of reason codes",
            "whether any other reason code exists, and the official words", history=True, in_book=True,
        ),
        KnownSet(
            "RARC", "none", _X12, "your list of remark codes", "the official words of remark codes",
            "whether any other remark code exists, and the official words", history=True, in_book=True,
        ),
        KnownSet(
            "CLAIM-STATUS", "none", _X12, "your licensed list of claim status codes",
            "the official words of claim status codes", "the official words of claim status codes",
            history=True, in_book=True,
        ),
        KnownSet(
            "CLAIM-STATUS-CATEGORY", "none", _X12, "your licensed list of claim status categories",
            "the official words of claim status categories", "the official words of claim status categories",
            history=True, in_book=True,
        ),
        KnownSet(
            "REVENUE", "none", "National Uniform Billing Committee, licensed to the user",
            "your licensed list of revenue codes", "whether a revenue code exists, and its words",
            "revenue codes but for those built in", history=True, in_book=True,
        ),
        KnownSet(
            "DISEASE-SYNONYMS", "none", "Disease Ontology, CC0", "a cross-reference of the Disease Ontology as JSON",
            "more phrases for diagnoses in suggestions", "nothing is refused for it; coding knows fewer phrases",
            history=True,
        ),
        KnownSet(
            "MS-DRG-WEIGHTS", "fiscal", _PUBLIC, "Table 5 of the final rule or its correction",
            "relative weights and lengths of stay", "relative weights and lengths of stay",
        ),
    )
}  # fmt: skip
"""Every set that `codes import` knows, by name."""
