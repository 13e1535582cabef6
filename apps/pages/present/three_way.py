"""Two people who wrote on the same version: for each field what it was, what stands now, and what one wanted oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.frameworks.domain.fields import Field, fields_of, show
from apps.pages.present.proposals import Stand
from apps.pages.present.side_by_side import pairs_of
from apps.pages.present.values import Names
from apps.pages.present.words import capital
from apps.pages.shown import Piece
from apps.proposals.domain.patch import apply, between, three_way

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """One field that somebody changed. `theirs` and `mine`: None where left as it was, empty where cleared. `words` say
    what the form has."""

    label: str
    before: str
    theirs: Sequence[Piece] | None
    mine: Sequence[Piece] | None
    state: str
    words: str


@dataclass(frozen=True)
class Ways:
    """The table, with the number written on and the number that stands; `begin` is what the form goes on with."""

    written_on: int
    number: int
    rows: Sequence[Way]
    begin: Fields


def ways_of(stand: Stand, written_on: int, patch: Fields) -> Ways:
    """What one typed on an earlier version, joined with what stands: the form keeps one's own where both differ."""
    version = next((one for one in stand.versions if one.number == written_on), stand.versions[0])
    base, theirs, mine = stand.after(version), stand.result, apply(stand.base, patch)
    joined = three_way(base, theirs, mine)
    own = {clash.field: clash.mine for clash in joined.clashes}
    return Ways(version.number, stand.proposal.number, _rows(stand, base, theirs, mine), apply(joined.merged, own))


def _rows(stand: Stand, base: Fields, theirs: Fields, mine: Fields) -> list[Way]:
    to_theirs, to_mine = between(base, theirs), between(base, mine)
    return [
        _way(stand, field, base, to_theirs, to_mine)
        for field in fields_of(stand.proposal.kind)
        if field.key in to_theirs or field.key in to_mine
    ]


def _way(stand: Stand, field: Field, base: Fields, to_theirs: Fields, to_mine: Fields) -> Way:
    key, kind = field.key, stand.proposal.kind

    def side(patch: Fields) -> Sequence[Piece] | None:
        """Two values may read alike, such as an instrument by its id and by its name: then nothing has changed to see."""
        pairs = pairs_of(kind, base, apply(base, {key: patch[key]}), stand.names) if key in patch else []
        return pairs[0].new if pairs else None

    state, words = _words(key, to_theirs, to_mine)
    return Way(field.label, _shown(field, base, stand.names), side(to_theirs), side(to_mine), state, words)


def _words(key: str, to_theirs: Fields, to_mine: Fields) -> tuple[str, str]:
    if key not in to_mine:
        return "open", "A colleague changed it"
    if key not in to_theirs:
        return "open", "You changed it"
    if to_theirs[key] == to_mine[key]:
        return "agreed", "Both of you changed it alike"
    return "contested", "You both changed it: the form has yours"


def _shown(field: Field, fields: Fields, names: Names) -> str:
    return capital(show(field, names.of(field, fields.get(field.key)), str(fields.get("unit") or ""))) or "Nothing yet"
