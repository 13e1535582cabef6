"""Bringing in a framework from a table as drafts to be negotiated: every row a suggestion on the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from apps.common.texts import clean_text
from apps.frameworks.domain.importing import Drafts, Item, Plan, plan
from apps.frameworks.models import Framework, Gate
from apps.frameworks.rules import require_open
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.proposals.models import Action, Proposal
from apps.proposals.selectors import standing_in
from apps.proposals.services.tabling import WORDS, lock_proposal, require_window, sponsors_of
from apps.proposals.services.versions import new_version, table
from apps.record.act import Act, act


@dataclass(frozen=True)
class _Import:
    """One import under way."""

    act: Act
    by: Actor
    framework: Framework
    words: str
    sponsors: list[str]
    offers_until: date | None
    because: int
    ids: dict[str, UUID]


def plan_drafts(*, by: Actor, framework: Framework, drafts: Drafts) -> Plan:
    """What bringing in these drafts would do now: nothing is written."""
    sponsors_of(by, ())
    return plan(drafts, standing_in(framework, by))


def import_drafts(
    *,
    by: Actor,
    framework: Framework,
    drafts: Drafts,
    source: bytes,
    rationale: str,
    offers_until: date | None = None,
    way: str = "drafts",
) -> Plan:
    """Table every draft that is new as a proposal to add it, and every one that says something else than what is there as a
    proposal to change it, or as the next version where one's own proposal is still on the table. One act: all or nothing.

    `source` are the bytes the drafts were read from: the record keeps their fingerprint. Each proposal's reason is the row's
    own, where it has one, else `rationale`. A second import of the same drafts makes nothing.
    """
    sponsors = sponsors_of(by, ())
    words = clean_text("rationale", rationale, WORDS)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        require_open(framework, Gate.PROPOSE)
        require_window(by.partnership.today(a.at), offers_until)
        found = plan(drafts, standing_in(framework, by))
        if found.of("add") or found.of("change"):
            entry = a.add("framework.imported", told(found, source, way), on={"framework": framework.id})
            ids = {item.draft.key: uuid4() for item in found.of("add")}
            run = _Import(a, by, framework, words, sponsors, offers_until, entry.seq, ids)
            for item in found.items:
                _make(run, item)
    return found


def told(found: Plan, source: bytes, way: str) -> Mapping[str, object]:
    """What the record says of an import: the fingerprint of the file and what came of it."""
    return {
        "way": way,
        "sha256": sha256(source).hexdigest(),
        "added": len(found.of("add")),
        "changed": len(found.of("change")),
        "same": len(found.of("same")),
        "skipped": len(found.skipped),
    }


def _make(run: _Import, item: Item) -> None:
    if item.deed == "add":
        _table(run, item, Action.ADD, run.ids[item.draft.key], 0)
    elif item.deed == "change" and item.standing is not None:
        if item.standing.pending:
            proposal = lock_proposal(item.standing.pending)
            new_version(run.act, proposal, {**item.standing.fields, **item.patch}, _why(run, item))
        else:
            _table(run, item, Action.CHANGE, item.standing.id, item.standing.number)


def _table(run: _Import, item: Item, action: Action, element: UUID, base: int) -> None:
    above = run.ids.get(item.above) if isinstance(item.above, str) else item.above
    proposal = Proposal(
        framework=run.framework,
        element=element,
        action=action.value,
        kind=item.draft.kind,
        code=item.code,
        parent=above if action == Action.ADD else None,
        group=run.by.seat.group if run.by.seat else None,
        seat=run.by.seat,
        sponsors=run.sponsors,
        offers_from=run.by.partnership.today(run.act.at),
        offers_until=run.offers_until,
        tabled_at=run.act.at,
    )
    patch = item.draft.fields if action == Action.ADD else item.patch
    table(run.act, proposal, _named(run, patch), base, _why(run, item), because=run.because)


def _named(run: _Import, patch: Mapping[str, Any]) -> dict[str, Any]:
    """The patch with the ids that drafts get in place of the keys they name each other by."""
    ids = {key: str(id) for key, id in run.ids.items()}
    named = dict(patch)
    if "serves" in named:
        named["serves"] = sorted(ids.get(key, key) for key in named["serves"])
    if "instrument" in named:
        named["instrument"] = ids.get(named["instrument"], named["instrument"])
    return named


def _why(run: _Import, item: Item) -> str:
    return clean_text("why", item.draft.why, WORDS, required=False) or run.words
