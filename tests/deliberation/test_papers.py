"""Papers go out so many working days before a vote as the partnership asks; an earlier vote is refused, also to the clock."""

from datetime import date, timedelta

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.deliberation.domain.working_days import working_days_after
from apps.deliberation.models import Round
from apps.deliberation.papers import papers_of
from apps.deliberation.services import (
    act_when_due,
    announce_round,
    draft_round,
    move_on,
    open_round,
    reopen_round,
    send_papers,
)
from apps.notifications.models import Notice
from apps.partnerships.services import ask_for_papers
from apps.proposals.services import revise_proposal
from apps.record import selectors as record
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
MONDAY = date(2024, 3, 11)


def drafted(lismorrow: Lismorrow) -> Round:
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Adult social care",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
    )


def on(lismorrow: Lismorrow, day: date) -> None:
    """Let it be this day in the partnership."""
    lismorrow.partnership.story_day = day
    lismorrow.partnership.save()


@pytest.mark.parametrize(
    ("count", "off", "day"),
    [
        (0, [], date(2024, 3, 11)),
        (5, [], date(2024, 3, 18)),
        (5, [date(2024, 3, 18)], date(2024, 3, 19)),
        (12, [], date(2024, 3, 27)),
        (12, [date(2024, 3, 16)], date(2024, 3, 27)),  # a Saturday off changes nothing
    ],
)
def test_working_days_leave_out_weekends_and_days_off(count: int, off: list[date], day: date) -> None:
    assert working_days_after(MONDAY, count, off) == day


def test_where_nobody_asks_for_papers_a_vote_begins_without(lismorrow: Lismorrow) -> None:
    assert open_round(by=lismorrow.orla, round=drafted(lismorrow)).opened_seq


def test_a_vote_before_papers_had_their_time_is_refused_with_the_day_from_which_it_can_begin(
    lismorrow: Lismorrow,
) -> None:
    ask_for_papers(by=lismorrow.orla, days=5, days_off=[date(2024, 3, 18)])
    on(lismorrow, MONDAY)
    round = drafted(lismorrow)
    with pytest.raises(Conflict, match="Those of this round have not gone out yet") as refused:
        open_round(by=lismorrow.orla, round=round)
    assert refused.value.code == "papers.not_sent"
    send_papers(by=lismorrow.orla, round=round)
    on(lismorrow, date(2024, 3, 18))
    with pytest.raises(Conflict, match="went out on 11 March 2024: the vote can begin on 19 March 2024") as refused:
        open_round(by=lismorrow.orla, round=round)
    assert refused.value.code == "papers.too_early"
    on(lismorrow, date(2024, 3, 19))
    assert open_round(by=lismorrow.orla, round=round).opened_on == date(2024, 3, 19)


def test_the_clock_pauses_such_a_round_and_says_why(lismorrow: Lismorrow) -> None:
    ask_for_papers(by=lismorrow.orla, days=5)
    round = announce_round(by=lismorrow.orla, round=drafted(lismorrow), starts_at=clock.now() + timedelta(hours=1))
    Round.objects.filter(id=round.id).update(starts_at=clock.now())
    act_when_due(round.id, lismorrow.log)
    (paused,) = record.entries(lismorrow.log, types=["round.paused"])
    assert (paused.data, paused.by) == ({"why": "papers.not_sent"}, {"system": "clock"})
    assert Round.objects.get(id=round.id).opened_seq is None


def test_sending_keeps_the_versions_and_tells_everybody_where_they_are(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    send_papers(by=lismorrow.orla, round=round)
    lismorrow.settle()
    (entry,) = record.entries(lismorrow.log, types=["papers.sent"])
    item, proposal = round.items.get(), round.items.get().proposal
    assert proposal is not None
    version = proposal.versions.get()
    assert entry.data["items"] == [{"item": str(item.id), "proposal": str(proposal.id), "version": str(version.id)}]
    assert Notice.objects.filter(seq=entry.seq, person=lismorrow.people["Ify"]).count() == 1
    with pytest.raises(NotAllowed):
        send_papers(by=lismorrow.ify, round=round)


def test_what_is_reworded_afterwards_is_told_and_does_not_begin_the_time_anew(lismorrow: Lismorrow) -> None:
    ask_for_papers(by=lismorrow.orla, days=5)
    on(lismorrow, MONDAY)
    round = drafted(lismorrow)
    send_papers(by=lismorrow.orla, round=round)
    proposal = round.items.get().proposal
    assert proposal is not None
    assert papers_of(round).reworded == []
    revise_proposal(
        by=lismorrow.gareth,
        proposal=proposal,
        patch=LONELINESS | {"unit": "‰"},
        rationale="Finer.",
        on_number=1,
    )
    on(lismorrow, date(2024, 3, 18))
    (changed,) = papers_of(Round.objects.get(id=round.id)).reworded
    assert (changed.sent, changed.now) == (1, 2)
    opened = open_round(by=lismorrow.orla, round=round)
    assert [one.now for one in papers_of(opened).reworded] == [2]  # as the decision note tells it
    with pytest.raises(Conflict, match="before it"):
        send_papers(by=lismorrow.orla, round=opened)


def test_a_vote_taken_up_again_the_same_day_needs_no_new_papers(lismorrow: Lismorrow) -> None:
    on(lismorrow, MONDAY)
    round = lismorrow.open(lismorrow.propose())
    ask_for_papers(by=lismorrow.orla, days=5)
    lismorrow.decide(round, **(lismorrow.everybody("for") | {"colm": "against"}))
    again = reopen_round(by=lismorrow.orla, round=Round.objects.get(id=round.id))
    assert move_on(by=lismorrow.orla, round=again).opened_seq
    on(lismorrow, date(2024, 3, 12))
    lismorrow.decide(Round.objects.get(id=again.id), **(lismorrow.everybody("for") | {"colm": "against"}))
    later = reopen_round(by=lismorrow.orla, round=Round.objects.get(id=again.id))
    with pytest.raises(Conflict, match="have not gone out"):
        open_round(by=lismorrow.orla, round=later)


def test_how_long_before_a_vote_is_an_act_of_the_convenor_within_limits(lismorrow: Lismorrow) -> None:
    ask_for_papers(by=lismorrow.orla, days=10, days_off=[date(2024, 12, 25), date(2024, 12, 25)])
    (entry,) = record.entries(lismorrow.log, types=["papers.asked"])
    assert entry.data == {"days": 10, "days_off": ["2024-12-25"]}
    with pytest.raises(Invalid, match="0 to 60"):
        ask_for_papers(by=lismorrow.orla, days=61)
    with pytest.raises(NotAllowed):
        ask_for_papers(by=lismorrow.ify, days=1)
