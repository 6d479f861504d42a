"""Answers of check lists: "[ ] trismus", "(-) melena", "Wheeze: No", "Fever No Chills No Cough Yes"."""

from __future__ import annotations

import re

from attrs import frozen

from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import BREAK

# Every pattern is run on at most this many characters beside a mention, so its time does not grow with the note.
_NEAR = 90
_BOX = re.compile(r"\[[ xX✓_-]?\]|\([xX✓ ]?\)|[☐☑☒✓✔✗]")
_FILLED = frozenset("xX✓☑☒✔+")
_SIGN = re.compile(r"\([-+−–]\)(?=\s?\w)|(?:(?<=^)|(?<=[\s,;/]))[-+−](?=\s?[^\W\d])")
_BOX_AFTER = re.compile(r"\s?(?:\[[ xX✓_-]?\]|[☐☑☒✓✔✗])(?=\s|$)")
_SIGN_AFTER = re.compile(r"\s?\(([-+−–])\)\s*(?:[.,;\n]|$)")
_SIGN_ATTACHED = re.compile(r"([-+−])(?=[\s,;.]|$)")
_PLUS_ATTACHED = re.compile(r"\w\+(?=[\s,;.]|$)")
_SIGN_GIVEN = re.compile(r"\s?[:=]\s?([-+−])(?=[\s,;.]|$)")
_ZERO = re.compile(r"\s0(?=\s*[,;.]|$)")
_SIGN_ENDS = re.compile(r"[.;:]\s|\n")
_NO = (
    "no|none|denies|denied|negative|neg|absent|never|not (?:detected|seen|present|found|identified)|nonreactive"
    "|undetectable|(?-i:N)(?![/'])"
)
_YES = "yes|present|positive|pos|(?-i:Y)(?![/'])"
_ENTRY_WORD = r"[^\s.;,:?=|()-]+"
_ENTRY_ANSWERED = re.compile(
    rf"(?:[^\S\n]?{_ENTRY_WORD}(?:[^\S\n]{_ENTRY_WORD}){{0,2}})?\s?(?:[:?=]|[^\S\n]-{{1,2}}|[^\S\n][–—])\s*({_NO}|{_YES})\b",
    re.I,
)
_IN_BRACKETS = re.compile(rf"\s?\(({_NO}|{_YES})\)", re.I)
_ENDS_ANSWER = re.compile(r"\s*$|[^\S\n]*[.;,|()/\n]|\s{2}|\t")
# After a single blank the next entry may as well be what is denied ("CHEST: NO WHEEZE HEART: NO MURMUR"), so
# its own answer must be a plain one.
_NEXT_ANSWERED = re.compile(
    r"\s[A-Z][^\s:?=.;,]*(?: [^\s:?=.;,-]+){0,4}\s?(?:[:?=]|-{1,2}|[–—])\s*"
    rf"(?:(?i:{_YES})\b|(?i:{_NO})(?=\s*$|\s*[.;,|)\n]|\s{{2}}|\s[^\s:?=.;,]+[:?=]))"
)
_MARKED = re.compile(r"(?:[:?=]|\s-{1,2}|\s[–—])\s*$")
_WORD_OF_NO = re.compile(rf"(?:{_NO})", re.I)
# What a slice must hold for a pattern to be tried on it.
_BOXES = frozenset("[(☐☑☒✓✔✗")
_SIGNS = frozenset("+-−–")
_MARKS = frozenset("0+−:?=-–—([☐☑☒✓✔✗")
_ANSWER_WORDS = frozenset(("no", "yes"))
_FORM = 60
_LEAST_ANSWERS = 2


@frozen
class Answer:
    """What a check list says of an entry, and the characters that say so."""

    present: bool
    span: Span


def answer_to(note: Note, first: int, last: int) -> Answer | None:
    """The answer a check list gives to the words from ``first`` to ``last``; None where it is no check list."""
    start, end = note.words.starts[first], note.words.ends[last - 1]
    before = _line_before(note, start)
    return (
        (None if _BOXES.isdisjoint(before) else _box_before(note, start, before))
        or (None if _SIGNS.isdisjoint(before) else _sign_before(note, start, before))
        or (None if _MARKS.isdisjoint(note.text[end : end + _NEAR // 2]) else _answer_after(note, end))
        or _bare_answer(note, last)
    )


def is_answer(note: Note, first: int, last: int) -> bool:
    """Whether a word of denial is the answer to the entry before it, and so denies nothing that follows."""
    start, end = note.words.starts[first], note.words.ends[last - 1]
    if not _WORD_OF_NO.fullmatch(note.text, start, end):
        return False
    if _answers_follow(note, first):
        return True
    marked = _MARKED.search(note.text[max(0, start - 6) : start])
    return bool(marked and _answer_ends(note.text[end : end + _NEAR]))


def _answer_ends(after: str) -> bool:
    return bool(_ENDS_ANSWER.match(after) or _NEXT_ANSWERED.match(after))


def _line_before(note: Note, start: int) -> str:
    before = note.text[max(0, start - _NEAR) : start]
    return before[before.rfind("\n") + 1 :]


def _box_before(note: Note, start: int, before: str) -> Answer | None:
    """The box directly before an entry. A lone empty box in its line is a task and no answer."""
    marks = list(_BOX.finditer(before))
    if not marks:
        return None
    mark = marks[-1]
    if _follows_entries(note, start):
        return None
    between = before[mark.end() :]
    if len(between.split()) > 3 or re.search(r"[.;:,]", between):
        return None
    around = note.text[max(0, start - 3 * _NEAR) : start + 3 * _NEAR]
    if len(_BOX.findall(around)) < 2:
        return None
    return _marked(note, start - len(before), mark)


def _follows_entries(note: Note, start: int) -> bool:
    """Whether the boxes of a line stand after their entries: "Fever [x] Cough [ ]"."""
    low = max(0, start - 3 * _NEAR)
    line = note.text[low:start]
    line = line[line.rfind("\n") + 1 :]
    first = _BOX.search(line)
    lead = line[: first.start()].strip() if first else line.strip()
    return lead[-1:].isalnum()


def _sign_before(note: Note, start: int, before: str) -> Answer | None:
    """The sign before an entry or before the row of entries it stands in: "(-) fever, chills (+) cough"."""
    signs = list(_SIGN.finditer(before + note.text[start]))
    if not signs or _SIGN_ENDS.search(before, signs[-1].end()):
        return None
    sign = signs[-1]
    if not sign.group().startswith("("):
        # A bare sign may be a bullet or a dash: it is an answer where a plus stands in the same row.
        line = before + note.text[start : start + _NEAR].split("\n", 1)[0]
        directly = not before[sign.end() :].strip()
        bullet = not before[: sign.start()].strip() and before[sign.end() : sign.end() + 1].isspace()
        pluses = (other for other in _SIGN.finditer(line) if other.group() == "+")
        if not directly or not any(not bullet or _is_a_sign(line, plus.start()) for plus in pluses):
            return None
    return _marked(note, start - len(before), sign)


def _is_a_sign(line: str, place: int) -> bool:
    """Whether a plus is written to its entry or begins one, and joins no two words ("US + AFP every 6 months")."""
    before = line[:place].rstrip()
    return not line[place + 1 : place + 2].isspace() or not before or before[-1] in ",;/("


def _marked(note: Note, low: int, mark: re.Match[str]) -> Answer:
    return Answer(bool(_FILLED & set(mark.group())), note.span(low + mark.start(), low + mark.end()))


def _answer_after(note: Note, end: int) -> Answer | None:
    """The answer after an entry and a mark: "Wheeze: No", "Falls - no", "Seizures? No", "rub (none)"."""
    after = note.text[end : end + _NEAR]
    if (box := _BOX_AFTER.match(after)) and _follows_entries(note, end):
        return _marked(note, end, box)
    if sign := _SIGN_AFTER.match(after) or _SIGN_GIVEN.match(after) or _attached(note, end, after):
        return Answer(sign.group(1) == "+", note.span(end + sign.start(1), end + sign.end(1)))
    if (zero := _ZERO.match(after)) and len(_ZERO.findall(note.text[max(0, end - _NEAR) : end + _NEAR])) > 1:
        return Answer(False, note.span(end + 1, end + zero.end()))
    found = _IN_BRACKETS.match(after) or _ENTRY_ANSWERED.match(after)
    if found is None or not (after[found.end() - 1] == ")" or _answer_ends(after[found.end() :])):
        return None
    return _worded(note, end + found.start(1), end + found.end(1))


def _attached(note: Note, end: int, after: str) -> re.Match[str] | None:
    """A sign written to its entry, where a plus is written so beside it: "cough+ fever-"."""
    sign = _SIGN_ATTACHED.match(after)
    return sign if sign and _PLUS_ATTACHED.search(note.text[max(0, end - _NEAR) : end + _NEAR]) else None


def _worded(note: Note, start: int, end: int) -> Answer:
    span = note.span(start, end)
    return Answer(_WORD_OF_NO.fullmatch(span.text) is None, span)


def _answers_follow(note: Note, place: int) -> bool:
    """Whether the sentence around a place is a row of entries, each followed by No or Yes in capitals."""
    sentence = note.sentence_at(place)
    low, high = max(sentence.first, place - 24), min(sentence.last, place + 24)
    forms = note.words.forms
    if forms[sentence.last - 1] not in _ANSWER_WORDS or forms[sentence.first] in _ANSWER_WORDS:
        return False
    text, starts = note.text, note.words.starts
    answers = [at for at in range(low, high) if forms[at] in _ANSWER_WORDS and text[starts[at]].isupper()]
    return len(answers) > 1


def _ends_in_no(forms: list[str], place: int) -> bool:
    """ "Heartburn no." in running text."""
    return forms[place] == "no" and forms[place + 1 : place + 2] == [BREAK]


def _is_filled_in(note: Note, place: int) -> bool:
    """Whether a NO or YES in capitals ends an entry of a form: "Seizures NO. Diabetes NO. Glasses YES."."""
    forms, text, words = note.words.forms, note.text, note.words
    if not _is_capital_answer(note, place):
        return False
    after = text[words.ends[place] : words.ends[place] + 3].lstrip(" ")
    if after[:1] not in {"", "\n", ".", ",", ";", "(", "-", "–", "|"}:
        return False
    low, high = max(0, place - _FORM), min(len(forms), place + _FORM)
    return (
        sum(_is_capital_answer(note, at) for at in range(low, high) if forms[at] in _ANSWER_WORDS)
        > _LEAST_ANSWERS
    )


def _is_capital_answer(note: Note, place: int) -> bool:
    """Whether a word is NO or YES in capitals and the word before it is not."""
    text, words = note.text, note.words
    if not text[words.starts[place] : words.ends[place]].isupper() or not place:
        return False
    return not text[words.starts[place - 1] : words.ends[place - 1]].isupper()


def _bare_answer(note: Note, last: int) -> Answer | None:
    forms = note.words.forms
    if last >= len(forms) or forms[last] not in _ANSWER_WORDS:
        return None
    if not (_answers_follow(note, last) or _is_filled_in(note, last) or _ends_in_no(forms, last)):
        return None
    return _worded(note, note.words.starts[last], note.words.ends[last])
