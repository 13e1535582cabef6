"""What one socket process has: a hub, a ballot box, the floor, and a door. Made when the first socket comes, one per event loop."""

import asyncio
from weakref import WeakKeyDictionary

from django.conf import settings

from apps.live.ballot_box import BallotBox
from apps.live.floor import FloorDesk
from apps.live.hub import Hub
from apps.live.limits import Limit
from apps.live.threads import DatabaseThread

ENTRIES_BURST, ENTRIES_RATE = 30, 1  # sockets opened with one sign-in: at once, then each second


class Process:
    """Everything that the sockets of a process share."""

    def __init__(self) -> None:
        self.doors = DatabaseThread("live-doors")
        self.hub = Hub(settings.REDIS_URL, self.doors)
        self.box = BallotBox()
        self.floor = FloorDesk()
        self.entries = Limit(ENTRIES_BURST, ENTRIES_RATE)

    async def close(self) -> None:
        """Record the ballots that have come in, then end all threads and tasks."""
        await self.box.close()
        await self.floor.close()
        await self.hub.close()
        await self.doors.close()


_processes: WeakKeyDictionary[asyncio.AbstractEventLoop, Process] = WeakKeyDictionary()


def here() -> Process:
    """The process of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _processes:
        _processes[loop] = Process()
    return _processes[loop]


async def close() -> None:
    """End what the running event loop has, if anything."""
    process = _processes.pop(asyncio.get_running_loop(), None)
    if process is not None:
        await process.close()
