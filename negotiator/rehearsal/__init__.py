"""Plays a scenario: people negotiate through the same API, forms and sockets as real clients, and a table shows what came of it.

Facilitators use it to rehearse their own rules; the demonstration is played by it inside the process.
"""
