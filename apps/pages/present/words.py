"""Small words: days, lists, numbers of things, and the page's words for the code's terms."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from apps.deliberation.presenting.results import OUTCOMES as ROUND_OUTCOMES

KINDS: Mapping[str, str] = {
    "mission": "mission",
    "value": "value",
    "outcome": "desired outcome",
    "instrument": "way of collecting",
    "measure": "measure",
    "rules": "rules of the game",
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    **ROUND_OUTCOMES,
    "imposed": ("imposed", "Set by one party"),
    "set_outside": ("imposed", "Set outside"),
    "lapsed": ("open", "Lapsed"),
}
"""Outcome to state (a colour role) and words."""
REASONS: Mapping[str, str] = {
    "urgent_harm": "urgent harm",
    "law": "required by law",
    "comparability": "so that figures can be compared",
    "deadlock": "no agreement could be reached",
    "reluctance": "reluctance to be measured",
    "direction": "to give direction",
}
METHODS: Mapping[str, str] = {
    "decree": "nobody was asked or told beforehand",
    "inform": "others were told beforehand",
    "consult": "others were asked beforehand",
    "involve": "others were asked beforehand, and every contribution was answered",
}
PROPOSAL_STATES: Mapping[str, tuple[str, str]] = {
    "tabled": ("open", "On the table"),
    "in_round": ("open", "Being voted on"),
    "decided": ("agreed", "Decided"),
    "withdrawn": ("contested", "Withdrawn"),
}
OFFER_STATES: Mapping[str, tuple[str, str]] = {
    "offered": ("open", "Waits for an answer"),
    "accepted": ("agreed", "Taken"),
    "modified": ("agreed", "Taken in another form"),
    "declined": ("contested", "Not taken"),
    "withdrawn": ("contested", "Taken back"),
    "replaced": ("contested", "Replaced by a newer one"),
    "lapsed": ("contested", "Settled otherwise"),
    "put_to_vote": ("open", "Put to the vote"),
}
PHASES: Mapping[str, str] = {
    "present": "What is proposed is explained.",
    "clarify": "Questions are asked.",
    "react": "Everybody says what they think.",
    "amend": "Changes are offered.",
}
"""The phases before a vote, in a sentence."""
ROUND_STATES: Mapping[str, tuple[str, str]] = {
    "draft": ("contested", "In preparation"),
    "announced": ("open", "Announced"),
    "talking": ("open", "Being talked about"),
    "open": ("open", "Open"),
    "closed": ("open", "Being counted"),
    "tallied": ("agreed", "Counted"),
}


def day(value: date | datetime | None) -> str:
    """1 April 2024."""
    if value is None:
        return ""
    found = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{found.day} {found:%B %Y}"


def moment(value: datetime | None) -> str:
    """1 April 2024, 14:05, in the server's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local)}, {local:%H:%M}"


def listed(items: Iterable[str]) -> str:
    """Agency, Providers and Community."""
    found = list(items)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def number_of(count: int, one: str, many: str = "") -> str:
    """1 seat, 2 seats, no seats."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"


def duration(seconds: int) -> str:
    """So many seconds, in minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    parts = [number_of(count, unit) for count, unit in ((minutes, "minute"), (rest, "second")) if count]
    return " ".join(parts) or "no time"


def of(name: str) -> str:
    """Community's, Team managers'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def capital(words: str) -> str:
    """With a capital letter, as a sentence begins."""
    return words[:1].upper() + words[1:]
