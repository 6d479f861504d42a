"""British spellings of medical words as their American ones, so that one lexicon reads both."""

from __future__ import annotations

import re

_OLD_DIPHTHONGS = re.compile(
    r"ae(?=m|sthe|sar|cum|cal)|(?<=p)ae(?=d)|(?<=n)ae(?=[cv])|(?<=f)ae(?=c)|^oe(?=soph|str|dem)"
    r"|(?<=rrh)oe|(?<=pn)oe|(?<=f)oe(?=t)|(?<=c)oe(?=lia)|(?<=lymph)oe|(?<=myx)oe|(?<=papill)oe(?=d)"
)
_ENDINGS = (("isation", "ization"), ("ised", "ized"), ("ising", "izing"))
_WHOLE = {
    "tumour": "tumor",
    "labour": "labor",
    "colour": "color",
    "behaviour": "behavior",
    "behavioural": "behavioral",
    "odour": "odor",
    "fibre": "fiber",
    "centre": "center",
    "litre": "liter",
    "grey": "gray",
    "leucocyte": "leukocyte",
    "leucocytosis": "leukocytosis",
    "leucopenia": "leukopenia",
    "paralysed": "paralyzed",
    "sulphate": "sulfate",
    "neurone": "neuron",
    "bilat": "bilateral",
    "bilateraly": "bilateral",
}
# Denials typed without their apostrophe.
_DENIALS = ("doesnt", "dont", "didnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt")
_WHOLE |= dict.fromkeys(_DENIALS, "not")
# English words with these endings and no other spelling; all others are folded on both sides, in notes and lexicon.
_KEPT = frozenset(
    ("raised", "advised", "revised", "supervised", "rising", "raising", "arising", "exercising")
)


def american(form: str) -> str:
    """A folded word as it is spelt in the United States.

    >>> american("polycythaemia"), american("oesophagus"), american("does"), american("stabilised")
    ('polycythemia', 'esophagus', 'does', 'stabilized')
    """
    if "ae" in form or "oe" in form:
        form = _OLD_DIPHTHONGS.sub("e", form)
    if form in _WHOLE:
        return _WHOLE[form]
    if "is" in form[-7:] and form not in _KEPT:
        for british, plain in _ENDINGS:
            if len(form) > len(british) + 3 and form.endswith(british):
                return form.removesuffix(british) + plain
    return form
