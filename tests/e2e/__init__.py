"""Whole journeys in a real browser, against a whole server."""
