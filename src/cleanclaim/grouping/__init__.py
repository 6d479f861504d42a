"""Stays put into payment groups; where there is no grouper, ungrouped with a reason, never a guess."""
