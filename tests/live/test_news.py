"""What a room reads on: with nothing but ballots since, it reads little, and sees the same as whoever reads everything."""

from dataclasses import replace

import pytest

from apps.deliberation.models import Round
from apps.deliberation.presenting import Audience
from apps.deliberation.services import close_round
from apps.live.news import News, read_news, read_on
from apps.partnerships.actors import Actor
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def viewers(lismorrow: Lismorrow) -> dict[Audience, Actor]:
    return {"member": lismorrow.ify, "facilitator": lismorrow.orla}


def same(one: News, other: News) -> bool:
    """Whether two readings tell the same; rows of one thing read twice are not the same object."""
    told = replace(other, round=one.round, roll=one.roll)
    return told == one


@pytest.mark.parametrize("secrecy", ["open", "blind", "secret"])
def test_after_ballots_it_tells_the_same_as_reading_everything(lismorrow: Lismorrow, secrecy: str) -> None:
    round = lismorrow.open(lismorrow.propose(), secrecy=secrecy)
    before = read_news(round.id, None, viewers(lismorrow))
    for choices in ({"ify": "for", "gareth": "for"}, {"ify": "against"}, lismorrow.everybody("for")):
        lismorrow.vote(round, **choices)
        news = read_on(round.id, before, viewers(lismorrow))
        assert news.round is before.round, "the round was read again"
        assert news.until > before.until
        assert same(news, read_news(round.id, before.until, viewers(lismorrow)))
        before = news


def test_what_changes_a_round_while_it_is_read_is_not_taken_for_read(
    lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a round that closed in that moment would look open as long as nothing but ballots came."""
    round, fetch = lismorrow.open(lismorrow.propose()), Round.objects.select_related

    class ClosedMeanwhile:
        """Closes the round right after it has been fetched."""

        def get(self, **which: object) -> Round:
            found = fetch("rule", "framework__partnership__log").get(**which)
            monkeypatch.undo()
            close_round(by=lismorrow.orla, round=round)
            return found

    monkeypatch.setattr(Round.objects, "select_related", lambda *names: ClosedMeanwhile())
    before = read_news(round.id, None, viewers(lismorrow))
    assert [seen.state.round.status for seen in before.seen.values() if seen.state.round] == ["open", "open"]
    news = read_on(round.id, before, viewers(lismorrow))
    assert [seen.state.round.status for seen in news.seen.values() if seen.state.round] == ["closed", "closed"]


def test_after_anything_else_everything_is_read(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    before = read_news(round.id, None, viewers(lismorrow))
    lismorrow.vote(round, ify="for")
    close_round(by=lismorrow.orla, round=round)
    news = read_on(round.id, before, viewers(lismorrow))
    assert same(news, read_news(round.id, before.until, viewers(lismorrow)))
    assert [seen.state.round.status for seen in news.seen.values() if seen.state.round] == ["closed", "closed"]


def test_for_somebody_of_another_audience_everything_is_read(lismorrow: Lismorrow, round: Round) -> None:
    before = read_news(round.id, None, {"member": lismorrow.ify})
    lismorrow.vote(round, ify="for")
    news = read_on(round.id, before, viewers(lismorrow))
    assert news.seen.keys() == {"member", "facilitator"}
