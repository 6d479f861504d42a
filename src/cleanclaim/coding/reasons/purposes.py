"""What the visit is for where that is the code: treatment of a cancer, an operation that was not done."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_CANCER = ("C", "D0", "D37", "D38", "D39", "D4")
_COMING = (
    *("admitted for", "here for", "present for", "presenting for", "presented for", "come for", "came for"),
    *(
        "reason for admission",
        "reason for visit",
        "encounter for",
        "in for",
        "scheduled for",
        "admission for",
    ),
    *(
        "admitted electively for",
        "visit for",
        "admitted to receive",
        "today for",
        "coming for",
        "returns for",
    ),
    *("reason today", "reason for today", "treatment today", "proceed with cycle", "proceed to cycle"),
    *("infusion visit", "infusion day", "treatment day", "treatment visit", "chemo day", "here to receive"),
    *("attends for", "elective admission for", "arrive for", "presents today for", "admitted to start"),
)
_WITHIN = 9
_CHEMO = (
    *("chemotherapy", "chemo", "folfox", "folfiri", "r chop", "cytarabine", "doxorubicin", "cisplatin"),
    *(
        "folfirinox",
        "capox",
        "xelox",
        "abvd",
        "ac t",
        "ddac",
        "dose dense ac",
        "tchp",
        "tc",
        "tch",
        "chop",
        "bendamustine",
    ),
    *(
        "azacitidine",
        "decitabine",
        "vincristine",
        "vinorelbine",
        "pemetrexed",
        "nab paclitaxel",
        "abraxane",
        "irinotecan",
    ),
    *(
        "eribulin",
        "topotecan",
        "methotrexate",
        "fluorouracil",
        "5 fu",
        "bortezomib",
        "carfilzomib",
        "vyxeos",
        "hyper cvad",
    ),
    *(
        "cabazitaxel",
        "pemetrexed",
        "epirubicin",
        "mitomycin",
        "ifosfamide",
        "melphalan",
        "fludarabine",
        "temozolomide",
    ),
    *(
        "weekly taxol",
        "taxol",
        "taxotere",
        "adriamycin",
        "gem cis",
        "gem abraxane",
        "gem nab paclitaxel",
        "flot",
    ),
    *(
        "carboplatin",
        "docetaxel",
        "paclitaxel",
        "gemcitabine",
        "oxaliplatin",
        "etoposide",
        "cyclophosphamide",
    ),
)
# Antibodies against a tumour, checkpoint inhibitors and the like are immunotherapy (Index, Encounter).
_IMMUNE = (
    *(
        "immunotherapy",
        "pembrolizumab",
        "nivolumab",
        "ipilimumab",
        "atezolizumab",
        "durvalumab",
        "cemiplimab",
    ),
    *("keytruda", "opdivo", "yervoy", "tecentriq", "imfinzi", "libtayo", "dostarlimab", "tremelimumab"),
    *(
        "daratumumab",
        "dara",
        "darzalex",
        "isatuximab",
        "elotuzumab",
        "trastuzumab",
        "herceptin",
        "pertuzumab",
    ),
    *(
        "bevacizumab",
        "avastin",
        "cetuximab",
        "panitumumab",
        "rituximab",
        "rituxan",
        "obinutuzumab",
        "ramucirumab",
    ),
    *("blinatumomab", "teclistamab", "elranatamab", "talquetamab", "tarlatamab", "tebentafusp", "avelumab"),
    *(
        "mosunetuzumab",
        "glofitamab",
        "epcoritamab",
        "checkpoint inhibitor",
        "bcg",
        "aldesleukin",
        "interleukin 2",
    ),
)
_RAYS = (
    "radiation therapy",
    "radiotherapy",
    "fraction",
    "radiation treatment",
    "external beam",
    "brachytherapy",
)
_TREATMENTS = (("Z51.0", _RAYS), ("Z51.11", _CHEMO), ("Z51.12", _IMMUNE))
_AFTER = (
    "after",
    "before",
    "following",
    "completed",
    "finished",
    "since",
    "last",
    "evaluation before",
    "discuss",
    "side effect",
)
_OPENING = frozenset(
    (
        "opening",
        "hpi",
        "chief_complaint",
        "indication",
        "hospital_course",
        "header",
        "procedure",
        "pmh",
        "plan",
    )
)

_UNDONE = (
    *("cancelled", "canceled", "not performed", "not carried out", "aborted", "postponed", "not repaired"),
    *("did not proceed", "declined to proceed", "not proceed", "called off", "not done today", "abandoned"),
)
_OPERATION = (
    *("operation", "surgery", "procedure", "repair", "case", "colonoscopy", "endoscopy", "arthroplasty"),
    *(
        "cholecystectomy",
        "replacement",
        "biopsy",
        "excision",
        "hysterectomy",
        "cataract",
        "anesthesia",
        "egd",
    ),
    *("arthroscopy", "tonsillectomy", "catheterization", "ablation", "hernia"),
)
_TODAY = ("today", "this morning", "in preop", "in pre op", "day of surgery", "no incision", "no anesthesia")
_REASONS = (
    ("Z53.21", ("left without being seen", "left before being seen")),
    ("Z53.1", ("religious", "jehovah", "belief")),
    (
        "Z53.29",
        ("changed her mind", "changed his mind", "patient refused", "patient declined", "withdrew consent"),
    ),
    ("Z53.29", ("decided against", "patient decision", "patient s decision", "she declined", "he declined")),
    (
        "Z53.01",
        ("smoked this morning", "smoked today", "smoked a cigarette", "smoked before", "because of smoking"),
    ),
    (
        "Z53.8",
        (
            *(
                "equipment",
                "power failure",
                "staff",
                "scheduling",
                "no bed",
                "surgeon ill",
                "surgeon was",
                "weather",
            ),
            *(
                "instrument",
                "sterilizer",
                "implant was not",
                "not available",
                "unavailable",
                "emergency case",
            ),
        ),
    ),
)


def add_purpose(note: Note, picks: Picks) -> Picks:
    """The picks with the treatment that a patient with cancer came for, or with why an operation was not done."""
    out = dict(picks)
    _treatment(note, out)
    _not_done(note, out)
    return out


def _treatment(note: Note, picks: Picks) -> None:
    if not any(begins_with(pick.code, _CANCER) for pick in live(picks)):
        return
    for told in sentences_told(note):
        if told.section not in _OPENING and told.section not in DIAGNOSTIC:
            continue
        coming = told.any_of(_COMING)
        if coming is None:
            continue
        for code, words in _TREATMENTS:
            place = told.any_of(words) or (told.find("cycle") if code == "Z51.11" else None)
            if place and 0 <= place[0] - coming[1] <= _WITHIN and not _only_after(told, coming[1], place[0]):
                if code == "Z51.11" and told.any_of(_IMMUNE) and not told.any_of(_CHEMO):
                    continue
                if is_told(note, coming):
                    reason = guideline("Section I.C.2.e.2", "the visit is for this treatment of the cancer")
                    add_pick(picks, code, mention_of(note, code, coming[0], place[1]), reason)


def _only_after(told: Told, first: int, last: int) -> bool:
    """Whether the words between say that the treatment is past or talked of."""
    between = f" {' '.join(told.text.split()[first - told.first : last - told.first])} "
    return any(f" {word} " in between for word in _AFTER)


def _not_done(note: Note, picks: Picks) -> None:
    sentences = [
        one for one in sentences_telling(note, _UNDONE) if one.section not in {"pmh", "psh", "results"}
    ]
    whole = Told("".join(one.text for one in sentences), 0, len(note.words.forms), "")
    for number, told in enumerate(sentences):
        place = told.any_of(_UNDONE)
        if place is None or not (told.any_of(_OPERATION) or number == 0):
            continue
        if told.section not in DIAGNOSTIC and number > 2 and not whole.any_of(_TODAY):
            continue
        if any(pick.code.startswith("Z53") for pick in live(picks)):
            return
        # A reason told anywhere on the page counts; without one a contraindication is what stops an operation.
        near = Told("".join(one.text for one in sentences if abs(one.first - told.first) < 150), 0, 0, "")
        code = next((code for code, words in _REASONS if near.any_of(words)), "Z53.09")
        reason = guideline("Section I.C.21.c.14", "the operation planned for the day was not done")
        add_pick(picks, code, mention_of(note, code, *place), reason)
        return
