"""A word in the form in which words are compared: without case, accents, plural or British spelling."""

from __future__ import annotations

import unicodedata

from cleanclaim.documents.spelling import american

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, ord("_")))
_LOOKALIKES = str.maketrans("аеорсхуіјѕԁԛԝһαοιυν", "aeopcxyijsdqwhaoiuv")
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
# What clinics clip off long words. Left out is what is another word elsewhere ("fail", "def", "gen", "w").
CLIPPED = {
    "mod": "moderate",
    "sev": "severe",
    "chr": "chronic",
    "resp": "respiratory",
    "insuff": "insufficiency",
    "pulm": "pulmonary",
    "periph": "peripheral",
    "radic": "radiculopathy",
    "cerv": "cervical",
    "lumb": "lumbar",
    "esoph": "esophageal",
    "recurr": "recurrent",
    "incont": "incontinence",
    "osteoarth": "osteoarthritis",
    "hyperchol": "hypercholesterolemia",
    "schizoaff": "schizoaffective",
    "idiop": "idiopathic",
    "congen": "congenital",
    "intract": "intractable",
    "unspec": "unspecified",
    "uncomp": "uncomplicated",
    "cardiomyop": "cardiomyopathy",
    "infxn": "infection",
    "retinop": "retinopathy",
    "neurop": "neuropathy",
    "nephrop": "nephropathy",
    "polyneurop": "polyneuropathy",
    "prim": "primary",
    "dz": "disease",
    "synd": "syndrome",
    "ischem": "ischemic",
    "dysfxn": "dysfunction",
    "degen": "degenerative",
    "parox": "paroxysmal",
    "metast": "metastatic",
    "malig": "malignant",
    "allerg": "allergic",
    "lat": "lateral",
    "obstr": "obstructive",
    "exac": "exacerbation",
    "exacerb": "exacerbation",
    "diab": "diabetic",
    "hypothyr": "hypothyroidism",
    "hyperthyr": "hyperthyroidism",
    "stenos": "stenosis",
    "regurg": "regurgitation",
}


def fold(piece: str) -> str:
    """A word without case, soft hyphens, ligatures or look-alike letters."""
    if piece.isascii():
        return piece.lower().strip("_")
    plain = unicodedata.normalize("NFKC", piece.translate(_INVISIBLE)).lower().translate(_LOOKALIKES)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def stem(word: str) -> str:
    """A word without the plural's ending; nothing more, so that no two illnesses become one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ps", "xs", "pcos")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


_IN_FULL = {**_ORDINALS, **CLIPPED}


def form_of(word: str) -> str:
    """A word as it is compared; empty where nothing of it is visible."""
    form = american(stem(fold(word)))
    return _IN_FULL.get(form, form)
