"""The judge by SNIP type: what is wrong with a file, where, whose claim it is, and what to do."""
