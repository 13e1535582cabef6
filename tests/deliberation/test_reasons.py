"""Reasons that come with votes: everybody's to read once the round is counted, and nobody's in particular."""

import json
from uuid import UUID

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.deliberation.checks import check
from apps.deliberation.feedback import visible_feedback
from apps.deliberation.models import Round, RoundReason
from apps.deliberation.reasons import Reason, own_reasons
from apps.deliberation.selectors import visible_entries
from apps.deliberation.services import close_round, give_reason, pause_round, reopen_round
from apps.partnerships.services import assign_seat, vacate_seat
from apps.protection.own import own_data
from apps.record import selectors as record
from apps.record.act import act
from apps.record.erasing import erase
from apps.record.models import Log, Text
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
EVERYBODY = ("A", "P", "F", "T", "C", "U")
WHY = {"ify": "Twice a week is too often.", "ruth": "Our systems cannot do it.", "samira": "It shames people."}


@told_once
def round(lismorrow: Lismorrow) -> Round:
    """A private rating in which three say why."""
    return told(lismorrow, lismorrow.open(lismorrow.propose(), rule=RATING))


def told(lismorrow: Lismorrow, round: Round) -> Round:
    lismorrow.vote(round, **ALL)
    for name, words in WHY.items():
        give_reason(by=getattr(lismorrow, name), round=round, item=item_of(round), words=words)
    return round


def item_of(round: Round) -> UUID:
    return round.items.get().id


def count(lismorrow: Lismorrow, round: Round) -> Round:
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    round.refresh_from_db()
    return round


def said(lismorrow: Lismorrow, round: Round, viewer: str = "ify") -> tuple[Reason, ...]:
    again = Round.objects.filter(follows=round).first() or reopen_round(by=lismorrow.orla, round=round)
    found = visible_feedback(getattr(lismorrow, viewer), again)
    assert found
    (line,) = found.items.values()
    assert line.reasons.given == len(line.reasons.shown)
    return line.reasons.shown


def test_after_the_count_everybody_reads_them_and_the_record_names_nobody(lismorrow: Lismorrow, round: Round) -> None:
    size = record.size(lismorrow.log)
    count(lismorrow, round)
    entries = record.entries(lismorrow.log, since=size, types=["reason.recorded"])
    assert [entry.by for entry in entries] == [{"system": "tally"}] * 3
    assert {tuple(entry.data["groups"]) for entry in entries} == {EVERYBODY}
    assert "seat" not in json.dumps([[entry.data, entry.on] for entry in entries])
    assert {one.words for one in said(lismorrow, round)} == set(WHY.values())
    assert {one.groups for one in said(lismorrow, round)} == {EVERYBODY}
    assert said(lismorrow, round, "ify") == said(lismorrow, round, "ruth") == said(lismorrow, round, "orla")
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def test_their_order_is_that_of_random_ids_and_no_row_keeps_a_seat(lismorrow: Lismorrow, round: Round) -> None:
    ids = sorted(RoundReason.objects.values_list("id", flat=True))
    count(lismorrow, round)
    rows = list(RoundReason.objects.order_by("seq"))
    assert [row.id for row in rows] == ids
    assert [row.seat_id for row in rows] == [None] * 3


def test_before_the_count_nothing_tells_that_there_are_any(lismorrow: Lismorrow, round: Round) -> None:
    for viewer in (lismorrow.orla, lismorrow.tomasz, lismorrow.ruth):
        entries = visible_entries(viewer, lismorrow.log)
        assert not any("reason" in entry.type for entry in entries)
        assert all(words not in json.dumps([entry.data for entry in entries]) for words in WHY.values())
    assert visible_entries(lismorrow.orla, lismorrow.log, words="shames") == []
    assert own_reasons(lismorrow.ify, round) == {item_of(round): WHY["ify"]}
    assert own_reasons(lismorrow.orla, round) == {}
    assert WHY["ify"] in str(own_data(lismorrow.people["Ify"]))
    assert WHY["ify"] not in str(own_data(lismorrow.people["Ruth"]))


def test_a_reason_is_changed_and_taken_back_and_what_was_said_first_is_gone(lismorrow: Lismorrow, round: Round) -> None:
    give_reason(by=lismorrow.ify, round=round, item=item_of(round), words="Once a month would do.")
    give_reason(by=lismorrow.ruth, round=round, item=item_of(round), words="  ")
    count(lismorrow, round)
    assert {one.words for one in said(lismorrow, round)} == {"Once a month would do.", WHY["samira"]}
    kept = set(Text.objects.filter(kind="ballot.reason").values_list("body", flat=True))
    assert kept == {None, "Once a month would do.", WHY["samira"]}


def test_who_has_not_voted_or_cannot_vote_gives_no_reason(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    item = item_of(round)
    with pytest.raises(Conflict, match="Vote first"):
        give_reason(by=lismorrow.ify, round=round, item=item, words="So.")
    with pytest.raises(NotAllowed):
        give_reason(by=lismorrow.tomasz, round=round, item=item, words="So.")
    lismorrow.vote(round, **ALL)
    with pytest.raises(NotFound):
        give_reason(by=lismorrow.ify, round=round, item=round.id, words="So.")
    with pytest.raises(Invalid, match="501 characters"):
        give_reason(by=lismorrow.ify, round=round, item=item, words="x" * 501)
    pause_round(by=lismorrow.orla, round=round)
    with pytest.raises(Conflict, match="not kept"):
        give_reason(by=lismorrow.ify, round=round, item=item, words="So.")
    assert not RoundReason.objects.exists()


def test_once_closed_it_is_too_late(lismorrow: Lismorrow, round: Round) -> None:
    count(lismorrow, round)
    with pytest.raises(Conflict, match="not kept"):
        give_reason(by=lismorrow.ify, round=round, item=item_of(round), words="One more.")
    assert own_reasons(lismorrow.ify, round) == {}


def test_where_fewer_than_five_answered_they_are_thrown_away(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, ify="8", ruth="4", samira="2", pat="7")
    give_reason(by=lismorrow.ify, round=round, item=item_of(round), words="It would be mine.")
    count(lismorrow, round)
    assert said(lismorrow, round) == ()
    assert not RoundReason.objects.exists()
    assert list(Text.objects.filter(kind="ballot.reason").values_list("body", "authors")) == [(None, [])]


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_other_levels_of_secrecy_do_the_same(lismorrow: Lismorrow, secrecy: str) -> None:
    round = told(lismorrow, lismorrow.open(lismorrow.propose(), rule=RATING, secrecy=secrecy))
    count(lismorrow, round)
    assert {one.words for one in said(lismorrow, round)} == set(WHY.values())
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def test_who_takes_a_seat_over_does_not_read_what_was_said_from_it(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.ify.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assign_seat(by=lismorrow.orla, seat=seat, name="Stan", email="stan@example.org")
    assert own_reasons(lismorrow.stan, round) == {}


def test_words_that_were_erased_are_said_to_be_gone_or_never_come(lismorrow: Lismorrow, round: Round) -> None:
    first, second = Text.objects.filter(body__in=[WHY["ify"], WHY["ruth"]])
    _erase(lismorrow, first)
    count(lismorrow, round)
    assert len(said(lismorrow, round)) == 2
    _erase(lismorrow, second)
    assert {one.words for one in said(lismorrow, round)} == {None, WHY["samira"]}
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def _erase(lismorrow: Lismorrow, text: Text) -> None:
    with act(by=lismorrow.orla.by, log=lismorrow.log) as a:
        erase(a, [text], ground="asked")


def test_a_reason_that_was_put_in_afterwards_is_found(lismorrow: Lismorrow, round: Round) -> None:
    count(lismorrow, round)
    RoundReason.objects.filter(words__body=WHY["ify"]).update(company=["F"])
    assert any("not a reason that was recorded" in finding.what for finding in check(Log.objects.get(id=lismorrow.log)))
