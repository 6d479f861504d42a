"""SNIP types 3 and 4: sums and situations, one file per subject, and which of them judge which loop."""
