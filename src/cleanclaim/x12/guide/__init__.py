"""The implementation guides as data: compiled from `reference/x12`, walked as trees of loops."""
