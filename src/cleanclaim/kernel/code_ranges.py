"""Sets of codes as a person writes them: single codes, runs (``99202..99215``), prefixes (``J45*``)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from cleanclaim.kernel.errors import InputError


@frozen
class CodeRanges:
    """Codes of one code set, written short.

    A run holds only codes of its own length, so ``100..199`` does not hold ``1500``. Empty holds nothing.
    """

    single: frozenset[str] = frozenset()
    runs: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str], *, where: str = "") -> CodeRanges:
        """Read the written forms.

        Raises:
            InputError: an empty entry, or a run whose ends differ in length or stand in the wrong order.
        """
        single: set[str] = set()
        runs: list[tuple[str, str]] = []
        prefixes: list[str] = []
        for text in texts:
            first, dots, last = text.partition("..")
            if dots:
                if len(first) != len(last) or not first or last < first:
                    raise InputError(
                        f"{text!r} is no run of codes",
                        where=where,
                        fix="write the lower code, two points and the higher code, both of one length",
                    )
                runs.append((first, last))
            elif text.endswith("*") and len(text) > 1:
                prefixes.append(text[:-1])
            elif text.strip():
                single.add(text)
            else:
                raise InputError("an empty code stands in the list", where=where, fix="remove it")
        return cls(frozenset(single), tuple(runs), tuple(prefixes))

    def holds(self, code: str) -> bool:
        """Whether a code is in the set."""
        return (
            code in self.single
            or any(len(code) == len(first) and first <= code <= last for first, last in self.runs)
            or any(code.startswith(prefix) for prefix in self.prefixes)
        )

    def __bool__(self) -> bool:
        return bool(self.single or self.runs or self.prefixes)


NO_CODES = CodeRanges()
"""The empty set."""
