"""Who keeps copies of a partnership's checkpoints outside: the convenor chooses, in the open."""

from uuid import UUID

from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record import keeping
from apps.record.act import act
from apps.record.models import Keeper


def choose_keeper(*, by: Actor, name: str, mail: str = "", url: str = "") -> Keeper:
    """Ask somebody outside to keep the checkpoints of this record."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        return keeping.choose(a, name=name, mail=mail, url=url)


def try_keeper(*, by: Actor, keeper: UUID) -> Keeper:
    """Send somebody who said yes the newest checkpoint now."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        return keeping.try_out(a, keeping.find_keeper(by.log, keeper))


def remove_keeper(*, by: Actor, keeper: UUID) -> None:
    """Send somebody no more checkpoints."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        keeping.remove(a, keeping.find_keeper(by.log, keeper))
