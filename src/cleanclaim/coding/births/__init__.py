"""Pregnancy, delivery and the newborn (chapters 15 and 16)."""
