"""Combination codes: two documented conditions that the tabular list makes one code (Section I.B.9)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from attrs import evolve

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, guideline, live, merged
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note, Sentence

# How many words may stand before what a sentence opens with ("It is poorly controlled").
_OPENING = 2


def combine(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """Combination codes (Section I.B.9): two documented conditions that the tabular list makes one code."""
    number = -1
    while (following := _next_combination(picks, number)) is not None:
        number = following
        rule = _combinations()[number][0]
        for pick in [pick for pick in live(picks) if number in _combinations_of(pick.code)]:
            if not (rule.get("keep") and _has(picks, rule["give"])):
                picks = _combined(note, picks, pick, rule, candidates)
    return picks


def _next_combination(picks: Picks, number: int) -> int | None:
    """The first rule behind a number that speaks of a code proposed; one rule may propose what a later one joins."""
    behind = (one for pick in live(picks) for one in _combinations_of(pick.code) if one > number)
    return min(behind, default=None)


@lru_cache(maxsize=16_384)
def _combinations_of(code: str) -> tuple[int, ...]:
    """The rules, by number, that may join a code with another."""
    return tuple(
        number
        for number, (_, exact, beginnings) in enumerate(_combinations())
        if code in exact or code.startswith(beginnings)
    )


@lru_cache(maxsize=1)
def _combinations() -> tuple[tuple[dict[str, Any], frozenset[str], tuple[str, ...]], ...]:
    """Each rule with the codes it speaks of, and with the beginnings of codes that it writes with a star."""
    return tuple(
        (
            rule,
            frozenset(base for base in rule["base"] if base[-1] != "*"),
            tuple(base[:-1] for base in rule["base"] if base[-1] == "*"),
        )
        for rule in rules()["combinations"]
    )


def _has(picks: Picks, code: str) -> bool:
    return code in picks and picks[code].dropped is None


def _combined(note: Note, picks: Picks, base: Pick, rule: dict[str, Any], candidates: Candidates) -> Picks:
    partners = _partners(note, picks, base, rule["with"], rule["scope"], candidates)
    also = _partners(note, picks, base, rule.get("also", []), "note", candidates) if "also" in rule else [()]
    if not partners or not also:
        return picks
    mentions = tuple(mention for group in (*partners, *also) for mention in group[:2])
    reason = guideline(rule["where"], rule["text"], ("from", base.code), ("with", ", ".join(rule["with"])))
    own = _in_the_same_breath(note, base, mentions) if rule.get("keep") else base.mentions
    made = evolve(
        base, code=rule["give"], mentions=own + mentions, inferred=True, because=base.because
    ).explain(reason)
    out = dict(picks)
    if not rule.get("keep"):
        text = f"contained in the combination code {rule['give']}"
        out[base.code] = base.drop(guideline(rule["where"], text))
    for code in rule["drop"]:
        if code in out and out[code].dropped is None:
            out[code] = out[code].drop(guideline(rule["where"], f"contained in {rule['give']}"))
    known = out.get(made.code)
    out[made.code] = merged(known, made) if known else made
    return out


def _in_the_same_breath(note: Note, base: Pick, partners: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions of the first condition that stand in a sentence with the second."""
    sentences = {note.sentence_at(partner.first).first for partner in partners}
    return tuple(one for one in base.mentions if note.sentence_at(one.first).first in sentences)


def _partners(
    note: Note, picks: Picks, base: Pick, names: list[str], scope: str, candidates: Candidates
) -> list[tuple[Mention, ...]]:
    found: list[tuple[Mention, ...]] = []
    for name in names:
        if name.startswith("@"):
            good = [m for m in candidates.concept(name[1:]) if m.affirmed]
        elif scope == "note":
            good = [m for pick in live(picks) if pick.code.startswith(name) for m in _there(pick)]
        else:
            good = [m for m in candidates.diagnoses if m.term.name.startswith(name) and m.affirmed]
        near = tuple(m for m in good if scope == "note" or beside(note, base, m))
        if near:
            found.append(near)
    return found


def _there(pick: Pick) -> tuple[Mention, ...]:
    """The mentions that say a disease is there; what a stay codes as if it existed is joined alike (Section II.H)."""
    if pick.assertion is Assertion.UNCERTAIN:
        return tuple(m for m in pick.mentions if m.asserted.assertion is Assertion.UNCERTAIN)
    return tuple(m for m in pick.mentions if m.affirmed)


def beside(note: Note, base: Pick, mention: Mention) -> bool:
    """Whether a mention stands in the same list item or sentence as the condition."""
    for own in base.mentions:
        item = note.item_at(own.first)
        if item is not None and item.number is not None and item.first <= mention.first < item.last:
            return True
        sentence = note.sentence_at(own.first)
        if sentence.first <= mention.first < sentence.last:
            return True
        if item is not None and item.first <= mention.first < item.last:
            return True
        if _opens_what_follows(note, sentence, mention):
            return True
    return False


def _opens_what_follows(note: Note, sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention opens the sentence behind, in the same line ("DM2 with CKD 3b. Poorly controlled.")."""
    following = note.sentence_at(mention.first)
    return (
        0 < following.first - sentence.last <= 1
        and mention.first - following.first <= _OPENING
        and "\n" not in note.text[sentence.end : following.start]
    )
