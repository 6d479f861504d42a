"""Reasons for an encounter and the status of a patient (chapter 21)."""
