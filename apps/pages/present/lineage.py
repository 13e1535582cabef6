"""Where a proposal comes from, what came out of it, and what else is on the table for the same text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from apps.pages.present.items import ProposalCard, proposal_cards, tabled_by
from apps.pages.present.proposals import Stand
from apps.pages.shown import Step
from apps.proposals.models import Proposal
from apps.proposals.selectors import alternatives, lineage, named

SHOWN = 50
FROM: Mapping[str, str] = {"counter": "An alternative to", "merged": "Takes in", "split": "A part of"}
INTO: Mapping[str, str] = {
    "counter": "An alternative was made:",
    "merged": "Taken in by",
    "split": "A part of it became",
}


@dataclass(frozen=True)
class Kin:
    """`lines` say how other proposals are related to this one; `others` are on the table for the same text."""

    lines: Sequence[Step]
    others: Sequence[ProposalCard]


def others_of(proposal: Proposal) -> QuerySet[Proposal]:
    """What `kin_of` needs, to be fetched together with other things."""
    return named(alternatives(proposal))[:SHOWN]


def kin_of(stand: Stand, others: Sequence[Proposal]) -> Kin:
    """The relatives of a proposal: one query."""
    above, below = lineage(stand.proposal)
    lines = [
        *(_step(FROM[one.kind], one.parent, stand) for one in above),
        *(_step(INTO[one.kind], one.child, stand) for one in below),
    ]
    return Kin(lines, proposal_cards(others, stand.names.groups))


def _step(how: str, other: Proposal, stand: Stand) -> Step:
    who = tabled_by(other, stand.names.groups)
    return Step(f"{how} {other.code}, {who[:1].lower()}{who[1:]}", reverse("proposal", args=[other.id]))
