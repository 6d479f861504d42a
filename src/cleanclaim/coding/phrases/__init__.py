"""What is looked for in a note: the phrases of the code book and of the lexicon, and the lines that say one whole."""
