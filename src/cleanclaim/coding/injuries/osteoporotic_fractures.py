"""A fracture that the story calls osteoporotic is that disease and no injury (Section I.C.13.d.2)."""

from __future__ import annotations

from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live, put_instead
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_CALLED = tuple(
    f"{kind} {bone}fracture"
    for kind in ("osteoporotic", "fragility", "osteoporosis related", "low trauma osteoporotic")
    for bone in ("", "wrist ", "hip ", "radius ", "distal radius ", "vertebral ", "compression ", "humerus ")
)
_OF_THE_SPINE = ("S22.0", "S32.0")
# The bone of an injury -> that of M80.0; the character behind it is the side.
_BONES = {"S42.2": "M80.02", "S52.5": "M80.03", "S52.6": "M80.03", "S72.0": "M80.05", "S72.1": "M80.05"}
_PAST = frozenset(("pmh", "problem_list", "psh", "family_history"))
_SIDE = 6
_SIDES = "129"
_EPISODES = {
    "B": "A",
    "C": "A",
    "E": "D",
    "F": "D",
    "H": "G",
    "J": "G",
    "M": "K",
    "N": "K",
    "Q": "P",
    "R": "P",
}


def add_osteoporotic_fracture(note: Note, picks: Picks) -> Picks:
    """The picks with M80 in the place of the one injury whose fracture the note calls osteoporotic now."""
    if any(begins_with(pick.code, ("M80",)) for pick in live(picks)):
        return picks
    broken = [pick for pick in live(picks) if pick.code.startswith((*_BONES, *_OF_THE_SPINE))]
    if len(broken) != 1 or not _is_called_so(note):
        return picks
    (pick,) = broken
    code = _of_bone(pick)
    if not code:
        return picks
    out = dict(picks)
    dropped = guideline("Section I.C.13.d.2", f"the note calls it osteoporotic: {code}")
    reason = guideline("Section I.C.13.d.2", "the note calls the fracture osteoporotic", ("from", pick.code))
    put_instead(out, pick, code, dropped, reason)
    return out


def _is_called_so(note: Note) -> bool:
    """Whether a sentence calls a fracture osteoporotic that is neither past, denied nor feared."""
    for told in sentences_telling(note, _CALLED):
        place = told.any_of(_CALLED)
        if told.section in _PAST or place is None:
            continue
        if assertion_at(note, *place).assertion is Assertion.AFFIRMED:
            return True
    return False


def _of_bone(pick: Pick) -> str:
    """The code of M80 at the bone, side and encounter of an injury, or "" where they are not told."""
    episode = _EPISODES.get(pick.code[-1], pick.code[-1])
    if pick.code.startswith(_OF_THE_SPINE):
        return f"M80.08X{episode}"
    stem = next(stem for bone, stem in _BONES.items() if pick.code.startswith(bone))
    side = pick.code[_SIDE : _SIDE + 1]
    return f"{stem}{side}{episode}" if side in _SIDES and len(pick.code) > _SIDE + 1 else ""
