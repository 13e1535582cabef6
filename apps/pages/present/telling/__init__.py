"""Entries of the record as sentences: one line of words per type, a module for each family of acts."""
