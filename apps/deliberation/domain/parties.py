"""A group as those who prepare or lead a meeting see it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """A group with its seats. One that does not decide may come and speak, but nobody waits for it."""

    key: str
    name: str
    seats: int
    decides: bool
