"""Waiting for what other processes do."""

import time
from collections.abc import Callable


def eventually(question: Callable[[], object], seconds: float = 30.0) -> None:
    """Ask until the answer is yes; fail when the time is over."""
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)
