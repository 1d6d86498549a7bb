"""Report text to places in it: reading a file, and cutting it into clauses."""
