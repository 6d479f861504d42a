"""A note as words with their exact place in the original text."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence

from attrs import frozen

BREAK = "."
CLAUSE_BREAK = ";"
COLON = ":"
MARKS = frozenset((BREAK, CLAUSE_BREAK, COLON))
_SIDES = {"r": "right", "rt": "right", "l": "left", "lt": "left"}
# One character class per alternative and no nesting: the scan is linear on any text.
_PIECE = re.compile(r"[\w\u00ad\u200b-\u200d\u2060\ufeff]+|[\r\n]+|[.;:!?,]")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, ord("_")))
_LOOKALIKES = str.maketrans("аеорсхуіјѕԁԛԝһαοιυν", "aeopcxyijsdqwhaoiuv")
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
_NO_SENTENCE_END = frozenset(
    (
        *(
            "dr",
            "mr",
            "mrs",
            "ms",
            "st",
            "vs",
            "approx",
            "pt",
            "etc",
            "eg",
            "ie",
            "fig",
            "inc",
            "jr",
            "sr",
            "dept",
        ),
        *("poss", "prob", "susp", "presum", "quest", "prev"),
    )
)
BULLETS = "-•*#–—·▪●○‣"
# A line that breaks this far before the longest one was broken on purpose and not by wrapping.
_MARGIN = 25
_WIDEST_LINE = 140
_LONG_LINE = 60


@frozen(eq=False)
class Words:
    """The words and breaks of a text, in order.

    ``forms`` holds a word folded to lower case and a light stem, or one of ``MARKS``; ``starts`` and
    ``ends`` are its characters in the original; ``commas`` are the places before which a comma stands,
    ascending; ``lines`` are (place of the first word, first character, last character + 1) of each line
    that holds a word.
    """

    forms: list[str]
    starts: Sequence[int]
    ends: Sequence[int]
    commas: Sequence[int]
    lines: list[tuple[int, int, int]]


def fold(piece: str) -> str:
    """A word without case, soft hyphens, ligatures or look-alike letters."""
    if piece.isascii():
        return piece.lower().strip("_")
    plain = unicodedata.normalize("NFKC", piece.translate(_INVISIBLE)).lower().translate(_LOOKALIKES)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def word_set(text: str) -> frozenset[str]:
    """Words parted by spaces, as a set."""
    return frozenset(text.split())


def stem(word: str) -> str:
    """A word without the plural's ending; nothing more, so that no two illnesses become one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ps", "xs")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


def phrase(text: str) -> tuple[str, ...]:
    """The folded words of a short text, breaks left out: the form in which phrases are compared."""
    return tuple(form for form in split(text).forms if form not in MARKS)


_BODY_PARTS = word_set(
    "knee hip ankle shoulder wrist elbow hand foot leg arm thigh calf finger thumb toe heel ear eye index"
    " ring middle little lower upper breast kidney lung base antecubital deltoid great lateral medial femur"
    " tibia fibula humerus radius ulna clavicle rib forearm groin flank testicle ovary tka tha oa si le ue"
)


def _write_out_sides(forms: list[str]) -> None:
    """Turn "R knee" and "knee, L" into their full words; the places stay as they are."""
    for short, side in _SIDES.items():
        place = -1
        while True:
            try:
                place = forms.index(short, place + 1)
            except ValueError:
                break
            beside = {*forms[place + 1 : place + 2], *forms[max(0, place - 1) : place]}
            if beside & _BODY_PARTS:
                forms[place] = side


class _Scan:
    """The state of one pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.forms: list[str] = []
        self.starts = array("I")
        self.ends = array("I")
        self.commas = array("I")
        self.lines: list[tuple[int, int, int]] = []
        self.known: dict[str, str] = {}
        self.line_start = 0
        self.line_has_word = False
        self.previous_line_length = 0
        self.newlines = 0
        self.longest_line = min(_WIDEST_LINE, max(map(len, text.splitlines()), default=0))

    def add(self, form: str, start: int, end: int) -> None:
        self.forms.append(form)
        self.starts.append(start)
        self.ends.append(end)

    def word(self, piece: str, start: int) -> None:
        form = self.known.get(piece)
        if form is None:
            form = stem(fold(piece))
            form = self.known[piece] = _ORDINALS.get(form, form)
        if not form:
            return
        if not self.line_has_word:
            if self.forms and self.forms[-1] != BREAK and self._line_break_ends_sentence(start):
                self.add(BREAK, self.ends[-1], self.ends[-1])
            self.line_has_word = True
            self.lines.append((len(self.forms), self.line_start, self.line_start))
        self.newlines = 0
        self.add(form, start, start + len(piece))

    def _line_break_ends_sentence(self, start: int) -> bool:
        first = self.text[start]
        if self.newlines > 1 or self.forms[-1] in MARKS or first.isdigit():
            return True
        if self.line_start < start:
            lead = self.text[self.line_start : min(start, self.line_start + 12)].strip()
            if lead and lead[0] in BULLETS:
                return True
        if not first.isupper():
            return False
        fitted = self.previous_line_length + _MARGIN < self.longest_line
        return self.previous_line_length < _LONG_LINE or fitted

    def newline(self, start: int, end: int) -> None:
        if self.line_has_word:
            first, line_start, _ = self.lines[-1]
            self.lines[-1] = (first, line_start, start)
            self.previous_line_length = start - line_start
        if end - start == 1:
            self.newlines += 1
        else:
            gap = self.text[start:end]
            self.newlines += max(gap.count("\n"), gap.count("\r"))
        self.line_start = end
        self.line_has_word = False

    def mark(self, piece: str, start: int) -> None:
        if not self.forms:
            return
        if piece == ",":
            self.commas.append(len(self.forms))
        elif piece in ";:":
            self.add(piece, start, start + 1)
        elif self.forms[-1] != BREAK and (piece != "." or self._full_stop_ends_sentence(start)):
            self.add(BREAK, start, start + 1)

    def _full_stop_ends_sentence(self, start: int) -> bool:
        following = self.text[start + 1 : start + 2]
        if following and not following.isspace() and following not in "\"')]”":
            return False
        last = self.forms[-1]
        if last in _NO_SENTENCE_END:
            return False
        marker = self.lines and self.lines[-1][0] == len(self.forms) - 1
        if marker and last.isdigit() and len(last) <= 2:
            return False
        if len(last) == 1 and last.isalpha():
            return not self.text[start + 1 : start + 3].strip()[:1].islower()
        return True


def split(text: str) -> Words:
    """The words of a text, in time that grows with its length only."""
    scan = _Scan(text)
    word, mark, newline = scan.word, scan.mark, scan.newline
    known = scan.known
    add_form, add_start, add_end = scan.forms.append, scan.starts.append, scan.ends.append
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece in known and scan.line_has_word:
            # The short way for a word seen before that does not open a line: most of any note.
            form = known[piece]
            if form:
                add_form(form)
                add_start(match.start())
                add_end(match.end())
        elif piece in ".;:!?,":
            if piece != "." or not text[match.end() : match.end() + 1].isalnum():
                mark(piece, match.start())
        elif piece[0] in "\r\n":
            newline(match.start(), match.end())
        else:
            word(piece, match.start())
    newline(len(text), len(text))
    _write_out_sides(scan.forms)
    return Words(scan.forms, scan.starts, scan.ends, scan.commas, scan.lines)
