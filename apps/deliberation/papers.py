"""The papers of a round: when they went out, from which day on the vote can begin, and which texts have changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.common.errors import Conflict
from apps.deliberation.domain.working_days import working_days_after
from apps.deliberation.models import PapersSent, Round
from apps.deliberation.selectors import agenda
from apps.partnerships.models import Partnership
from apps.proposals.models import Proposal


@dataclass(frozen=True)
class Reworded:
    """A text that is not what was sent any more: the numbers of the version sent and of the one that is voted on."""

    proposal: Proposal
    sent: int
    now: int


@dataclass(frozen=True)
class Papers:
    """The papers of a round. Notice runs from the first time they went out; changes are told since the last time."""

    round: Round
    sent: Sequence[PapersSent]

    @property
    def partnership(self) -> Partnership:
        return self.round.framework.partnership

    @property
    def days(self) -> int:
        """How many working days before the vote they go out at the latest."""
        return self.partnership.papers_days

    @property
    def first(self) -> PapersSent | None:
        return self.sent[0] if self.sent else None

    @property
    def earliest(self) -> date | None:
        """The first day on which the vote can begin; None: not before papers have gone out."""
        return working_days_after(self.first.day, self.days, self.partnership.days_off) if self.first else None

    @cached_property
    def reworded(self) -> list[Reworded]:
        """The texts that were changed since the papers last went out."""
        if not self.sent:
            return []
        before, found = self.sent[-1].versions, []
        for option in (option for item in agenda(self.round) for option in item.options):
            assert option.proposal is not None
            now = option.version.number if option.version else option.proposal.number
            sent = before.get(str(option.proposal_id))
            if sent is not None and sent != now:
                found.append(Reworded(option.proposal, sent, now))
        return found


def papers_of(round: Round) -> Papers:
    """The papers of a round."""
    return Papers(round, list(round.papers_sent.all()))


def require_papers(round: Round, today: date) -> None:
    """Refuse a vote for which papers went out too late, or not at all: `Conflict` (papers.not_sent, papers.too_early).

    A vote taken up again on the same day needs no new ones: a meeting may look at what groups said, and vote once more.
    """
    papers = papers_of(round) if round.framework.partnership.papers_days else None
    if papers is None or (round.follows is not None and round.follows.opened_on == today):
        return
    rule = f"Papers go out at least {_working(papers.days)} before a vote here"
    if papers.first is None or papers.earliest is None:
        raise Conflict("papers.not_sent", f"{rule}. Those of this round have not gone out yet.")
    if today < papers.earliest:
        raise Conflict(
            "papers.too_early",
            f"{rule}. These went out on {_day(papers.first.day)}: the vote can begin on {_day(papers.earliest)}.",
        )


def _working(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
