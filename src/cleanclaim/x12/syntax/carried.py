"""What a reader could not put into a field: found by writing the record again and comparing.

A segment counts as read only when the record gives that very segment back. So nothing is lost silently,
whatever a reader forgot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from cleanclaim.x12.syntax.amounts import format_quantity, parse_quantity
from cleanclaim.x12.syntax.delimiters import Delimiters
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Row, joined


def unread(received: Iterable[Segment], written: Iterable[Row], delimiters: Delimiters) -> tuple[str, ...]:
    """The received segments, as text, that the written rows do not hold; numbers compare by value."""
    came = [segment.text() for segment in received]
    own = [joined(item, delimiters) for item in written]
    if came == own:
        return ()
    known = Counter(own)
    left = []
    for text in came:
        if known.get(text):
            known[text] -= 1
        else:
            left.append(text)
    return _unlike(left, known, delimiters) if left else ()


def _unlike(left: Iterable[str], known: Counter[str], delimiters: Delimiters) -> tuple[str, ...]:
    """What is still unread when numbers compare by value and empty elements at the end do not count."""
    keys = Counter(_key(text, delimiters) for text in known.elements())
    unlike = []
    for text in left:
        key = _key(text, delimiters)
        if keys[key]:
            keys[key] -= 1
        else:
            unlike.append(text)
    return tuple(unlike)


@lru_cache(maxsize=4096)
def _key(text: str, delimiters: Delimiters) -> str:
    text = text.rstrip(delimiters.element)
    if "." not in text and delimiters.component not in text:
        return text
    return delimiters.element.join(_plain(element, delimiters) for element in text.split(delimiters.element))


def _plain(element: str, delimiters: Delimiters) -> str:
    if delimiters.component in element:
        parts = element.rstrip(delimiters.component).split(delimiters.component)
        return delimiters.component.join(_plain_number(part) for part in parts)
    return _plain_number(element)


def _plain_number(text: str) -> str:
    quantity = parse_quantity(text) if "." in text else None
    return text if quantity is None else format_quantity(quantity)
