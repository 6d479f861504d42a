"""Bytes and segments: files cut and joined without loss, envelopes, amounts and dates as X12 writes them."""
