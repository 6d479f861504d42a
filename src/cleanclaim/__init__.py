"""CleanClaim: from the chart note to a zero balance."""

__version__ = "0.1.0"
