"""What the single-file verifier carries in place of libraries: the same answers from the standard library alone."""
