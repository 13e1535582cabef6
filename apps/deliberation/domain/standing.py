"""Where one field of an element stands: agreed, contested, imposed, inherited or open, and what that rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

OPEN = "open"
CONTESTED = "contested"


@dataclass(frozen=True)
class Wish:
    """Something on the table that would give some fields other values: a proposal, or an offer of change to one."""

    kind: str
    id: str
    groups: tuple[str, ...]
    fields: frozenset[str]


@dataclass(frozen=True)
class Setting:
    """How a field came to its value: `state` agreed, imposed, inherited or open, by the entry `seq`."""

    state: str
    seq: int


@dataclass(frozen=True)
class Standing:
    """One field. `state` is agreed, contested, imposed, inherited or open; `set_as` how its value was set, empty where it has
    none or nobody decided it; `seq` the entry that set it; `wishes` what would make it otherwise."""

    field: str
    state: str
    set_as: str
    seq: int | None
    wishes: tuple[Wish, ...]

    @property
    def wished_by(self) -> list[str]:
        """The groups that want something else, each once."""
        return list(dict.fromkeys(group for wish in self.wishes for group in wish.groups))


def standings(
    fields: Sequence[str], there: Collection[str], settings: Mapping[str, Setting], wishes: Sequence[Wish]
) -> dict[str, Standing]:
    """Every field in the order given. `there` are the fields that have a value.

    Contested is what somebody wants otherwise by a proposal or an offer that is on the table; how its value was set is told
    beside it. Open is what has no value, or whose value has lapsed.
    """
    return {field: _standing(field, field in there, settings.get(field), wishes) for field in fields}


def _standing(field: str, there: bool, setting: Setting | None, wishes: Sequence[Wish]) -> Standing:
    wanted = tuple(wish for wish in wishes if field in wish.fields)
    set_as = setting.state if setting is not None and there else ""
    state = CONTESTED if wanted else set_as or OPEN
    return Standing(field, state, set_as, setting.seq if setting else None, wanted)
