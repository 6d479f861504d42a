"""A pretend clearinghouse and its payers: 837 in, TA1, 999, 277CA and 835 out, with faults on demand."""
