"""Transport accidents by who was hurt, what was hit and whether it was in traffic (V01 to V89)."""

from __future__ import annotations

from collections.abc import Sequence

from cleanclaim.coding.sentence_texts import Told, is_told
from cleanclaim.documents.note import Note

_CRASH = (
    *(
        "collision",
        "collided",
        "crash",
        "crashed",
        "mvc",
        "mva",
        "rear ended",
        "rear end",
        "t boned",
        "struck",
    ),
    *(
        "hit",
        "ran into",
        "sideswiped",
        "rolled over",
        "rollover",
        "accident",
        "broadsided",
        "run over",
        "rolled",
    ),
    *(
        "lost control",
        "skidded",
        "slammed into",
        "plowed into",
        "head on",
        "laid down",
        "flipped",
        "sideswipe",
    ),
    *("hydroplaned", "overturned", "swerved", "laid his", "laid her", "low sided", "high sided", "went down"),
    *("came off his", "came off her", "thrown from", "wrecked"),
)
_ROAD = (
    *(
        "car",
        "vehicle",
        "sedan",
        "suv",
        "pickup",
        "truck",
        "van",
        "minivan",
        "bus",
        "motorcycle",
        "motorbike",
    ),
    *(
        "moped",
        "mvc",
        "mva",
        "auto",
        "automobile",
        "driver",
        "semi",
        "jeep",
        "bicyclist",
        "cyclist",
        "motorist",
        "motorcyclist",
        "atv",
        "four wheeler",
        "dirt bike",
        "snowmobile",
        "bicycle",
        "bike",
    ),
)
_PASSENGER = ("passenger", "front seat passenger", "backseat", "back seat", "rear seat", "riding in")
_DRIVER = ("driver", "driving", "was driving", "drove", "behind the wheel", "rear ended while stopped")
_PEDESTRIAN = (
    *(
        "pedestrian",
        "crossing the street",
        "crosswalk",
        "while walking",
        "on foot",
        "walking across",
        "crossing",
    ),
)
_CYCLE = ("bicyclist", "cyclist", "bicycle", "bike", "pedal cycle", "riding his bike", "riding her bike")
_MOTORCYCLE = ("motorcycle", "motorcyclist", "motorbike", "moped", "harley", "motor scooter")
_OFF_ROAD = (("atv", "V86.5"), ("four wheeler", "V86.5"), ("dirt bike", "V86.5"), ("snowmobile", "V86.5"))
_NOT_IN_TRAFFIC = (
    "parking lot",
    "driveway",
    "parking garage",
    "private property",
    "parking ramp",
    "off road",
    *("bike path", "bicycle path", "bike trail", "trail", "river path", "skate park", "playground"),
)
# What was hit, the more telling first; the digit is the third character of V1, V2, V4.
_HIT = (
    ("8", ("avoiding a deer", "avoid a deer", "missed the deer", "no contact", "swerved for")),
    ("0", ("deer", "elk", "moose", "dog in the road", "cow", "pedestrian")),
    (
        "7",
        ("tree", "pole", "guardrail", "guard rail", "wall", "telephone pole", "utility pole", "light post"),
    ),
    (
        "7",
        ("median", "barrier", "mailbox", "fence", "hydrant", "ditch", "embankment", "bridge", "curb", "sign"),
    ),
    ("4", ("semi", "tractor trailer", "18 wheeler", "bus", "dump truck", "heavy truck", "cement truck")),
    ("4", ("box truck", "garbage truck", "fire truck", "delivery truck")),
    ("5", ("train", "locomotive")),
    ("8", ("rolled over", "rollover", "overturned", "flipped", "rolled", "noncollision")),
    ("3", ("car", "sedan", "suv", "pickup", "van", "minivan", "vehicle", "truck", "jeep", "rear ended")),
    ("3", ("t boned", "broadsided", "sideswiped", "rear end", "head on", "coupe", "hatchback", "taxi")),
    ("2", ("motorcycle", "motorbike")),
    ("1", ("bicycle", "bicyclist", "cyclist")),
)
_KINDS = (
    ("1", ("suv", "sport utility vehicle", "jeep")),
    ("3", ("pickup", "pick up truck", "pickup truck")),
    ("4", ("van", "minivan")),
)


def crash(note: Note, sentences: Sequence[Told]) -> tuple[str, tuple[int, int]] | None:
    """The code without its seventh character, and where the crash is told; None where none is."""
    for told in sentences:
        place = told.any_of(_CRASH)
        if place is None or told.any_of(_ROAD) is None or not is_told(note, place):
            continue
        stem = _stem(told, _of_the_story(sentences, told))
        if stem is not None:
            return stem, place
    return None


def _of_the_story(sentences: Sequence[Told], told: Told) -> Told:
    """The sentence with its neighbours: who drove and where often stand beside what happened."""
    near = [one for one in sentences if abs(one.first - told.first) <= 40 and one.section == told.section]
    return Told("".join(one.text for one in near), told.first, told.last, told.section)


def _stem(told: Told, story: Told) -> str | None:
    traffic = story.any_of(_NOT_IN_TRAFFIC) is None
    if told.any_of(_PEDESTRIAN):
        return _on_foot(told, traffic)
    for words, stem in _OFF_ROAD:
        if told.find(words):
            return f"{stem}{'2' if words == 'snowmobile' else '6' if words == 'dirt bike' else '5'}X"
    if told.any_of(_MOTORCYCLE) and not told.any_of(_DRIVER[:3]):
        return _on_wheels("2", told, traffic, "9X")
    if told.any_of(_CYCLE):
        return _on_wheels("1", told, traffic, "XX")
    return _in_a_car(told, story, traffic)


def _on_foot(told: Told, traffic: bool) -> str | None:
    digit = _what_was_hit(told, without="078")
    if digit is None or not told.any_of(("struck", "hit", "run over", "collided", "knocked down")):
        return None
    return f"V0{digit}.{'1' if traffic else '0'}0X"


def _on_wheels(first: str, told: Told, traffic: bool, tail: str) -> str:
    digit = _what_was_hit(told, without="12" if first == "2" else "1") or "8"
    return f"V{first}{digit}.{'4' if traffic else '0'}{tail}"


def _in_a_car(told: Told, story: Told, traffic: bool) -> str | None:
    passenger, driver = story.any_of(_PASSENGER), story.any_of(_DRIVER)
    if passenger is None and driver is None:
        return None
    role = 1 if passenger and (driver is None or told.any_of(_PASSENGER)) else 0
    digit = _what_was_hit(told, without="") or "3"
    if digit == "5":
        return f"V45.{(5 if traffic else 0) + role}XX"
    if digit == "3":
        kind = next((k for k, words in _KINDS if _other_is(told, words)), "2")
        return f"V43.{(5 if traffic else 0) + role}{kind}X"
    return f"V4{digit}.{(5 if traffic else 0) + role}XX"


def _other_is(told: Told, words: tuple[str, ...]) -> bool:
    """Whether the other vehicle is of a kind: named behind "by", "into", "with", "hit" and the like."""
    for word in words:
        for lead in (
            "by a",
            "by an",
            "by",
            "into a",
            "into an",
            "into",
            "with a",
            "with an",
            "hit a",
            "struck a",
            "another",
        ):
            if told.find(f"{lead} {word}"):
                return True
    return False


def _what_was_hit(told: Told, without: str) -> str | None:
    for digit, words in _HIT:
        if digit not in without and told.any_of(words):
            return digit
    return None
