"""What verification finds, and the rooms' own checks of their rows against the entries."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from apps.common.errors import Refusal
from apps.record.models import Log


@dataclass(frozen=True)
class Finding:
    """Something in the database that does not agree with the record: where, and what, in one sentence."""

    log: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.log}: {self.where}: {self.what}"


Check = Callable[[Log], Iterable[Finding]]
_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Make a room's check known. Called once per room, when the application starts."""
    _checks.append(check)


def room_findings(log: Log) -> Iterator[Finding]:
    """What all rooms find in one log. A check that a damaged entry brings to a halt is a finding, and hinders no other."""
    for check in _checks:
        try:
            yield from check(log)
        except (Refusal, LookupError, TypeError, ValueError, AttributeError) as error:
            room = check.__module__.split(".")[1]
            yield Finding(log.name, room, f"its rows cannot be held against the entries to the end: {error!r}")
