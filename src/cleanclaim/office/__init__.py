"""What a practice keeps: people, visits, claims, files, ledger, audit. Its services are the only code that writes."""
