"""A group's private drafting room: what is kept there is no part of the record until it is tabled."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from apps.common import clock
from apps.common.errors import Conflict, Invalid
from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.proposals.models import Draft, Proposal
from apps.proposals.rules import require_voice
from apps.proposals.services.versions import subjects
from apps.record.act import act
from apps.record.selectors import entries

MOST_CHARACTERS = 100_000
KEPT = timedelta(days=90)
Values = Mapping[str, Sequence[str]]


def keep_draft(*, by: Actor, framework: Framework, subject: str, values: Values, number: int = 0) -> Draft:
    """Keep an unsent form for one's group. `number` is the save one had before one's eyes (0: none): a newer one refuses it.

    The first draft of a group is declared in the record: that there is a drafting room, and nothing of what is in it.
    """
    require_voice(by)
    seat = by.require_seat()
    if sum(len(one) for each in values.values() for one in each) > MOST_CHARACTERS:
        raise Invalid("draft.size", "This is more than a draft can hold.")
    with transaction.atomic():
        lock(framework.id)
        mine = {"framework": framework, "group": seat.group}
        _declare(by, framework)
        found = Draft.objects.select_for_update(of=("self",)).filter(subject=subject, **mine).first()
        if number != (found.number if found else 0):
            raise Conflict(
                "draft.stale", "A colleague has saved this in the meantime. Nothing of theirs has been overwritten."
            )
        now = clock.now()
        draft = found or Draft(subject=subject, number=0, begun_at=now, **mine)
        draft.values, draft.seat, draft.saved_at = {key: list(each) for key, each in values.items()}, seat, now
        draft.number += 1
        draft.save()
    return draft


def drop_draft(*, by: Actor, draft: Draft) -> None:
    """Throw a draft of one's group away."""
    if by.require_seat().group_id != draft.group_id:
        raise Conflict("draft.not_yours", "This draft belongs to another group.")
    draft.delete()


def table_draft(*, by: Actor, draft: Draft, proposal: Proposal) -> None:
    """What was drafted has been tabled: say so in the record, and throw the draft away."""
    with act(by=by.by, log=by.log) as a:
        data = {"group": draft.group.key, "since": by.partnership.today(draft.begun_at).isoformat()}
        a.add("drafting.tabled", data, on=subjects(proposal), because=proposal.seq)
        draft.delete()


def clear_drafts() -> int:
    """Throw away what nobody has saved for ninety days; returns how many."""
    return Draft.objects.filter(saved_at__lt=clock.now() - KEPT).delete()[0]


def _declare(by: Actor, framework: Framework) -> None:
    group = by.require_seat().group.key
    declared = entries(by.log, types=["drafting.declared"], subject=framework.id)
    if any(entry.data["group"] == group for entry in declared):
        return
    with act(by=by.by, log=by.log) as a:
        a.add("drafting.declared", {"group": group}, on={"framework": framework.id})
