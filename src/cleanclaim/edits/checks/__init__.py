"""One edit per file; `cleanclaim.edits.registry` lists them all."""
