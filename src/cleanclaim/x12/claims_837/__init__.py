"""Claims into an 837 and back: professional, institutional, dental."""
