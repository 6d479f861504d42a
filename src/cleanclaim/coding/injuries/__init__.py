"""Injuries and what caused them (chapters 19 and 20)."""
