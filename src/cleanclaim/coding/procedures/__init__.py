"""ICD-10-PCS of a stay, axis by axis."""
