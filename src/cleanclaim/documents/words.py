"""A note as words with their exact place in the original text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain

from attrs import frozen

from cleanclaim.documents.remembered import Remembered
from cleanclaim.documents.word_forms import form_of

BREAK = "."
CLAUSE_BREAK = ";"
COLON = ":"
MARKS = frozenset((BREAK, CLAUSE_BREAK, COLON))
_SIDES = {"r": "right", "rt": "right", "l": "left", "lt": "left"}
# One character class per alternative and no nesting: the scan is linear on any text.
_WORD = re.compile(r"([\w\u00ad\u200b-\u200d\u2060\ufeff]+)")
_EVENT = re.compile(r"[\r\n]+|[.;:!?,|]")
# A bar between two diagnoses of one line parts them as a semicolon does.
_BAR = "|"
_MARKS_WRITTEN = frozenset(".;:!?,|")
_COMMA = ((",", 0, 1),)
_SENTENCE_LIKE = re.compile(r"[\r\n.;:!?]")
BULLETS = "-•*#–—·▪●○‣"
# A line that breaks this far before the longest one was broken on purpose and not by wrapping.
_MARGIN = 25
_WIDEST_LINE = 140
_LONG_LINE = 60
_INDENTED = 2
_LABELLED = re.compile(r"[a-z][\w ,/&()']{2,40} [-\u2013\u2014] ?\w")


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


def word_set(text: str) -> frozenset[str]:
    """Words parted by spaces, as a set."""
    return frozenset(text.split())


_NO_SENTENCE_END = word_set(
    "dr mr mrs ms st vs approx incl pt etc eg ie fig inc jr sr dept poss prob susp presum quest prev"
)


def phrase(text: str) -> tuple[str, ...]:
    """The folded words of a short text, breaks left out: the form in which phrases are compared."""
    if _SENTENCE_LIKE.search(text):
        return tuple(form for form in split(text).forms if form not in MARKS)
    forms = [form for word in _WORD.findall(text) if (form := _form_of_phrases(word))]
    _write_out_sides(forms)
    return tuple(forms)


# The phrases of a release use few words very often, and notes the same ones again and again.
_form_of_phrases = lru_cache(maxsize=16_384)(form_of)
_FORMS = Remembered(form_of)


_BODY_PARTS = word_set(
    "knee hip ankle shoulder wrist elbow hand foot leg arm thigh calf finger thumb toe heel ear eye index"
    " ring middle little lower upper breast kidney lung base antecubital deltoid great lateral medial femur"
    " tibia fibula humerus radius ulna clavicle rib forearm groin flank testicle ovary tka tha oa si le ue"
    " carotid ica cca vertebral subclavian renal ureter ureteral testis hemiparesis hemiplegia weakness mca pca aca"
    " facial temporal frontal parietal occipital parotid adrenal axilla axillary inguinal scrotal pelvic adnexal"
    " ovarian mastectomy nephrectomy oophorectomy orchiectomy naris nostril cheek temple eyelid lid brow jaw neck"
    " scalp shin buttock hemithorax iliac popliteal femoral tibial peroneal sfa jugular cephalic basilic snhl chl"
    " sensorineural conductive hearing loss esotropia exotropia antebrachial trapezius scapula scapular hallux"
    " metatarsal metacarpal malleolus patella achilles rotator bicep labrum meniscus acl pcl mcl lcl tonsil"
    " vocal cord apex hilum hilar stenosis occlusion mass carcinoma cyst"
)


def _write_out_sides(forms: list[str]) -> None:
    """Turn "R knee" and "knee, L" into their full words; the places stay as they are."""
    if _SIDES.keys().isdisjoint(forms):
        return
    for short, side in _SIDES.items():
        place = -1
        for _ in range(forms.count(short)):
            place = forms.index(short, place + 1)
            beside = {*forms[place + 1 : place + 2], *forms[max(0, place - 1) : place]}
            if beside & _BODY_PARTS and forms[place + 1 : place + 2] != ["o"]:
                forms[place] = side


class _Events(dict[str, tuple[tuple[str, int, int], ...]]):
    """What stands between two words -> its marks and line ends, each with its place."""

    def __missing__(self, gap: str) -> tuple[tuple[str, int, int], ...]:
        found = tuple((match.group(), match.start(), match.end()) for match in _EVENT.finditer(gap))
        if len(found) == 1 and found[0][0] == ",":
            found = _COMMA
        self[gap] = found
        return found


class _Scan:
    """The state of one pass over the text."""

    def __init__(self, text: str, parts: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.parts = parts
        self.forms: list[str] = []
        self.starts = array("I")
        self.ends = array("I")
        self.commas = array("I")
        self.lines: list[tuple[int, int, int]] = []
        self.line_start = 0
        self.line_has_word = False
        self.previous_line_length = 0
        self.indent = 0
        self.newlines = 0
        lines = chain.from_iterable(text[first:last].splitlines() for first, last in parts)
        self.longest_line = min(_WIDEST_LINE, max(map(len, lines), default=0))

    def run(self) -> None:
        """Every part; no sentence reaches from one into the next."""
        end = 0
        for first, last in self.parts:
            if first > end:
                self.newline(end, first)
                self.newlines = 2
            self.part(first, last)
            end = last
        self.newline(len(self.text), len(self.text))

    def part(self, first: int, last: int) -> None:
        """Words between two marks or line ends are taken over in one stretch: most of any note."""
        forms, starts, ends, gaps = _words_and_gaps(self.text[first:last], first)
        events, end_of_text = _Events(), len(forms)
        done = shift = 0
        for place in [place for place, gap in enumerate(gaps) if events[gap] or not place]:
            found = events[gaps[place]]
            if found is _COMMA and place:
                self.commas.append(place + shift)
                continue
            self.forms += forms[done:place]
            self.starts += starts[done:place]
            self.ends += ends[done:place]
            done = place
            begin = ends[place - 1] if place else first
            for piece, opens, closes in found:
                if piece in _MARKS_WRITTEN:
                    self.mark(piece, begin + opens)
                else:
                    self.newline(begin + opens, begin + closes)
            if not self.line_has_word and place < end_of_text:
                self.open_line(starts[place])
            shift = len(self.forms) - place
        self.forms += forms[done:]
        self.starts += starts[done:]
        self.ends += ends[done:]

    def open_line(self, start: int) -> None:
        """The first word of a line; where the line before it ended a sentence, a break stands before it."""
        if self.forms and self.forms[-1] != BREAK and self._line_break_ends_sentence(start):
            self.add(BREAK, self.ends[-1], self.ends[-1])
        self.line_has_word = True
        self.indent = start - self.line_start
        self.lines.append((len(self.forms), self.line_start, self.line_start))
        self.newlines = 0

    def add(self, form: str, start: int, end: int) -> None:
        self.forms.append(form)
        self.starts.append(start)
        self.ends.append(end)

    def _line_break_ends_sentence(self, start: int) -> bool:
        first = self.text[start]
        if self.newlines > 1 or self.forms[-1] in MARKS or first.isdigit():
            return True
        if self.line_start < start:
            lead = self.text[self.line_start : min(start, self.line_start + 12)].strip()
            if lead and lead[0] in BULLETS:
                return True
        fitted = self.previous_line_length + _MARGIN < self.longest_line
        if not first.isupper():
            # Entries of an indented list in small letters; a wrapped line stands behind one that was full.
            indent = start - self.line_start
            if indent != self.indent or not indent:
                return False
            return (fitted and indent >= _INDENTED) or self._labelled(start)
        return self.previous_line_length < _LONG_LINE or fitted

    def _labelled(self, start: int) -> bool:
        """Whether this line and the one above each name something before a dash (" polyp - new", " IUD - in place")."""
        if _LABELLED.match(self.text, start) is None:
            return False
        first = self.lines[-1][0]
        return first < len(self.starts) and _LABELLED.match(self.text, self.starts[first]) is not None

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
        if piece == _BAR:
            piece = CLAUSE_BREAK
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
        opens_line = self.lines and self.lines[-1][0] == len(self.forms) - 1
        marker = opens_line or self.forms[-2:-1] == [BREAK]
        if marker and last.isdigit() and len(last) <= 2:
            return False
        if len(last) == 1 and last.isalpha():
            # "Recheck if not better in 72 h." ends with a unit; "J. smith" does not end with the letter.
            measured = self.forms[-2:-1] != [] and self.forms[-2].isdigit() and following in {"\n", "\r"}
            return measured or not self.text[start + 1 : start + 3].strip()[:1].islower()
        return True


def _words_and_gaps(text: str, place: int) -> tuple[list[str], array[int], array[int], list[str]]:
    """The forms of the words with their places, and what stands before, between and behind them.

    ``place`` is where the text begins in the whole.
    """
    pieces = _WORD.split(text)
    forms = list(map(_FORMS.__getitem__, pieces[1::2]))
    if "" in forms:
        pieces = _without_empty(pieces, forms)
        forms = [form for form in forms if form]
    bounds = array("I", accumulate(map(len, pieces), initial=place))
    return forms, bounds[1:-1:2], bounds[2::2], pieces[::2]


def _without_empty(pieces: list[str], forms: list[str]) -> list[str]:
    """The pieces with the words of which nothing is visible counted to the gap they stand in."""
    kept: list[str] = []
    gap = [pieces[0]]
    for form, word, behind in zip(forms, pieces[1::2], pieces[2::2], strict=True):
        if form:
            kept += ("".join(gap), word)
            gap = [behind]
        else:
            gap += (word, behind)
    kept.append("".join(gap))
    return kept


def _write_out_with(text: str, scan: _Scan) -> None:
    """Turn the "w/" of "prostate w/ LUTS" into its word; "w/o", "w/u" and "w/c" are others."""
    place = -1
    for _ in range(scan.forms.count("w")):
        place = scan.forms.index("w", place + 1)
        following = scan.forms[place + 1 : place + 2]
        if text[scan.ends[place] : scan.ends[place] + 1] == "/" and following and len(following[0]) > 1:
            scan.forms[place] = "with"


def _write_out_due(text: str, scan: _Scan) -> None:
    """Turn "AKI d/t sepsis" into its words, one for each letter."""
    place = -1
    for _ in range(scan.forms.count("t")):
        place = scan.forms.index("t", place + 1)
        joined = place > 0 and text[scan.ends[place - 1] : scan.starts[place]] == "/"
        if joined and scan.forms[place - 1] == "d":
            scan.forms[place - 1], scan.forms[place] = "due", "to"


def split(text: str, parts: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of a text, or only of those ``parts`` of it, in time that grows with their length only."""
    scan = _Scan(text, parts or ((0, len(text)),))
    scan.run()
    _write_out_sides(scan.forms)
    _write_out_with(text, scan)
    _write_out_due(text, scan)
    return Words(scan.forms, scan.starts, scan.ends, scan.commas, scan.lines)
