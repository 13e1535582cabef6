"""Choosing among alternatives: one module per method, each a function from a contest and a way to break ties to a count."""
