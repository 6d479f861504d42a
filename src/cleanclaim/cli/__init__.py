"""The command `cleanclaim`: one file per command, one contract for output and exit status."""
