"""The readable features of a suggestion, by which an organisation's model trusts it more or less."""

from __future__ import annotations

from cleanclaim.coding.records import Suggestion


def suggestion_features(suggestion: Suggestion) -> tuple[str, ...]:
    """Short names; each has a weight that can be read."""
    names = [
        "any",
        f"step {suggestion.step}",
        f"system {suggestion.system}",
        f"chapter {suggestion.code[:1]}",
        f"category {suggestion.code[:3]}",
        f"code {suggestion.code}",
        f"assertion {suggestion.assertion.value}",
        f"mentions {min(3, len(suggestion.evidence))}",
    ]
    title = suggestion.description.lower()
    if "unspecified" in title:
        names.append("unspecified")
    if suggestion.evidence:
        names.append(f"words {min(4, len(suggestion.evidence[0].text.split()))}")
    return tuple(names)
