"""What happens in a partnership and how a round stands, as frames that any face can send: to sockets, to pollers, into a page."""

from apps.deliberation.presenting.floor import Company, company_of
from apps.deliberation.presenting.frames import (
    EntriesFrame,
    Frame,
    GroupPresence,
    ResyncFrame,
    StateFrame,
    encode,
    plain,
)
from apps.deliberation.presenting.reading import (
    AUDIENCES,
    LONGEST,
    ONLY_TURNOUT,
    Audience,
    audience_of,
    changes,
    entries_of,
    missed,
    partnership_changes,
    recounted,
    state_of,
)
from apps.deliberation.presenting.showing import present

__all__ = [
    "AUDIENCES",
    "LONGEST",
    "ONLY_TURNOUT",
    "Audience",
    "Company",
    "EntriesFrame",
    "Frame",
    "GroupPresence",
    "ResyncFrame",
    "StateFrame",
    "audience_of",
    "changes",
    "company_of",
    "encode",
    "entries_of",
    "missed",
    "partnership_changes",
    "plain",
    "present",
    "recounted",
    "state_of",
]
