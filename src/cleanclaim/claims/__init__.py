"""The claim and everything it is made of, as frozen records: no behaviour that writes, no file format."""
