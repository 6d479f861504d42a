"""Questions and their answers: eligibility (270, 271), claim status (276, 277), review of services (278)."""
