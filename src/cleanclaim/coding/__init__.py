"""Codes suggested from a note, each with the words that support it and the rule that decided it."""
