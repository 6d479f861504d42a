"""Diseases whose code is told by several words of the note: site, stage, side, cause, severity."""
