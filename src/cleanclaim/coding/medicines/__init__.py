"""Medicines taken for long, harm by drugs, substances, and what a drug given asks of the claim."""
