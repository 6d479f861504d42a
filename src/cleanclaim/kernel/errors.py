"""Errors that a person can act on: what is wrong, where, why, and what to do."""

from __future__ import annotations


class CleanClaimError(Exception):
    """Base of every error that the product raises on purpose.

    ``what`` and ``where`` are always given; ``why`` and ``fix`` when they are known. The text must never
    hold a patient's data: it may reach a log or a terminal.
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", fix: str = "") -> None:
        self.what = what
        self.where = where
        self.why = why
        self.fix = fix
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The whole message as one printable line: where, what, why, what to do."""
        where, what, why, fix = (_one_line(part) for part in (self.where, self.what, self.why, self.fix))
        text = ": ".join(part for part in (where, what, why) if part)
        return "; ".join(part for part in (text, fix) if part) + "."


class InputError(CleanClaimError):
    """What was given cannot be read or is not what it should be (exit status 2)."""


class NotLoaded(CleanClaimError):
    """A table that a check needs is not loaded; the check was not made."""


class Refused(CleanClaimError):
    """The product could do it only wrongly, so it does not."""


def _one_line(text: str) -> str:
    """Without line breaks and control characters: a file's name must not drive the terminal."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split()).rstrip(". ")
