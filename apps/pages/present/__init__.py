"""Presenters: from rows and entries to the plain values and sentences that templates show. They read, and decide nothing."""
