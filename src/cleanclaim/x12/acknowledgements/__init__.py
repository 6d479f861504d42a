"""TA1, 999 and 277CA: what became of a file and of the claims in it."""
