"""Payments into an 835 and back."""
