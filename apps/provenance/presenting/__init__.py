"""Verdicts as people and programs are shown them, the same from every face: the drawing of the matrix, its table, its files."""
