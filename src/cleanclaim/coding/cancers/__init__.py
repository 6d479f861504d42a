"""Neoplasms: where they are, where they spread, under treatment or past (chapter 2)."""
