"""Official files read into the store of imported sets: recognised by content, taken whole or not at all."""
