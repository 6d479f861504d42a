"""What every room stands on: money, dates, identifiers, citations, findings, errors.

Nothing here knows a claim, a payer or a file format.
"""
