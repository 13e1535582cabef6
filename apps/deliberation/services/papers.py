"""Sending out the papers of a round: the agenda and the texts on it, as they stand that day."""

from typing import Any

from apps.common.errors import Conflict
from apps.deliberation.models import PapersSent, Round, RoundAlternative, RoundItem
from apps.deliberation.selectors import agenda
from apps.deliberation.services.rounds import lock_round
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.proposals.models import ProposalVersion
from apps.proposals.selectors import current_version
from apps.record.act import act

Option = RoundItem | RoundAlternative


def send_papers(*, by: Actor, round: Round) -> PapersSent:
    """Send out the papers of a round that has not opened: everybody is told where they are. They can be sent again when texts
    have changed; how long before the vote they went out is counted from the first time."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        if round.opened_seq is not None:
            raise Conflict("round.opened", "The vote has begun: papers go out before it.")
        lines = [(item, [(one, _version(one)) for one in item.options]) for item in agenda(round)]
        day = by.partnership.today(a.at)
        data = {"title": round.title, "day": day.isoformat(), "items": [_told(*line) for line in lines]}
        entry = a.add("papers.sent", data, on={"round": round.id, "framework": round.framework_id})
        versions = {str(one.proposal_id): version.number for _, options in lines for one, version in options}
        return PapersSent.objects.create(round=round, day=day, versions=versions, seq=entry.seq, at=a.at)


def _version(option: Option) -> ProposalVersion:
    assert option.proposal is not None
    return current_version(option.proposal)


def _told(item: RoundItem, options: list[tuple[Option, ProposalVersion]]) -> dict[str, Any]:
    """A line as the entry keeps it: as the entry of an opening does."""
    found = [{"proposal": str(one.proposal_id), "version": str(version.id)} for one, version in options]
    if item.proposal_id:
        return {"item": str(item.id), **found[0]}
    named = [{"name": one.key, **each} for (one, _), each in zip(options, found, strict=True)]
    return {"item": str(item.id), "alternatives": named}
