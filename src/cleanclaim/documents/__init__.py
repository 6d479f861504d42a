"""Clinical notes as they were written: sections, items, sentences, assertion; offsets are never lost."""
