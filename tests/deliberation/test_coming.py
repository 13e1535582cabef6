"""Saying beforehand whether one comes: an act of a seat, once however often it is said, for members to know and nobody else."""

from typing import Any

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed, NotSignedIn, TooMany
from apps.deliberation.checks import check
from apps.deliberation.coming import who_comes
from apps.deliberation.models import Round, Voice
from apps.deliberation.presenting import changes, plain
from apps.deliberation.selectors import visible_entries
from apps.deliberation.services import (
    announce_round,
    close_round,
    draft_round,
    open_round,
    say_whether_coming,
    send_papers,
)
from apps.deliberation.services.floor import CHANGES_AT_MOST
from apps.exchange.dossiers.gathering import APART
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.services import assign_seat, vacate_seat
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lismorrow: Lismorrow) -> Round:
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="R6",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
    )


@pytest.fixture
def round(lismorrow: Lismorrow, draft: Round) -> Round:
    """A round that everybody knows is coming."""
    return announce_round(by=lismorrow.orla, round=draft)


def told(lismorrow: Lismorrow) -> list[Any]:
    return record.entries(lismorrow.log, types=["coming.said"])


def by_group(viewer: Actor, round: Round) -> dict[str, tuple[int, int, int]]:
    return {one.key: (one.comes, one.apologies, one.seats) for one in who_comes(viewer, round).groups}


def test_a_seat_says_that_it_comes_and_changes_its_word(lismorrow: Lismorrow, round: Round) -> None:
    say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    say_whether_coming(by=lismorrow.pat, round=round, answer="comes")
    assert by_group(lismorrow.ify, round)["C"] == (2, 0, 2)
    say_whether_coming(by=lismorrow.pat, round=round, answer="apologies")
    assert by_group(lismorrow.ify, round)["C"] == (1, 1, 2)
    say_whether_coming(by=lismorrow.samira, round=round, answer="unsaid")
    assert by_group(lismorrow.ify, round)["C"] == (0, 1, 2)
    entries = told(lismorrow)
    assert [(entry.data["group"], entry.data["answer"], entry.data["noted"]) for entry in entries] == [
        ("C", "comes", False),
        ("C", "comes", False),
        ("C", "apologies", False),
        ("C", "unsaid", False),
    ]
    assert entries[2].because == entries[1].seq
    assert entries[0].on == {"round": str(round.id), "seat": str(lismorrow.samira.require_seat().id)}


def test_saying_the_same_twice_is_one_entry(lismorrow: Lismorrow, round: Round) -> None:
    say_whether_coming(by=lismorrow.samira, round=round, answer="unsaid")
    for _ in range(3):
        say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    assert len(told(lismorrow)) == 1


def test_the_convenor_writes_down_what_a_seat_told_and_the_seat_says_it_itself_later(
    lismorrow: Lismorrow, round: Round
) -> None:
    pat = lismorrow.pat.require_seat()
    for _ in range(2):
        say_whether_coming(by=lismorrow.orla, round=round, answer="apologies", seat=pat.id)
    assert who_comes(lismorrow.ify, round).words[pat.id].noted
    say_whether_coming(by=lismorrow.pat, round=round, answer="apologies")
    say_whether_coming(by=lismorrow.orla, round=round, answer="apologies", seat=pat.id)
    assert not who_comes(lismorrow.ify, round).words[pat.id].noted
    assert [(entry.data["noted"], entry.on["seat"]) for entry in told(lismorrow)] == [
        (True, str(pat.id)),
        (False, str(pat.id)),
    ]


def test_nobody_else_writes_it_down_and_nobody_for_an_empty_seat(lismorrow: Lismorrow, round: Round) -> None:
    pat = lismorrow.pat.require_seat()
    with pytest.raises(NotAllowed, match="Only the convenor"):
        say_whether_coming(by=lismorrow.samira, round=round, answer="apologies", seat=pat.id)
    vacate_seat(by=lismorrow.orla, seat=pat)
    with pytest.raises(Conflict, match="Nobody holds this seat"):
        say_whether_coming(by=lismorrow.orla, round=round, answer="apologies", seat=pat.id)
    own = lismorrow.samira.require_seat()
    assert not say_whether_coming(by=lismorrow.samira, round=round, answer="comes", seat=own.id).coming_noted


def test_an_observer_may_say_it_and_who_has_no_seat_may_not(lismorrow: Lismorrow, round: Round) -> None:
    say_whether_coming(by=lismorrow.tomasz, round=round, answer="comes")
    assert by_group(lismorrow.ify, round)["O"] == (1, 0, 1)
    for who in (lismorrow.orla, lismorrow.stan):
        with pytest.raises(NotAllowed, match="You hold no seat"):
            say_whether_coming(by=who, round=round, answer="comes")
    with pytest.raises(NotSignedIn):
        say_whether_coming(by=actor_in(lismorrow.partnership, None), round=round, answer="comes")


def test_it_is_said_from_the_announcement_or_the_papers_until_the_round_closes(
    lismorrow: Lismorrow, draft: Round
) -> None:
    with pytest.raises(Conflict, match="has not been announced") as early:
        say_whether_coming(by=lismorrow.samira, round=draft, answer="comes")
    assert early.value.code == "coming.early"
    send_papers(by=lismorrow.orla, round=draft)
    say_whether_coming(by=lismorrow.samira, round=draft, answer="comes")
    opened = open_round(by=lismorrow.orla, round=draft)
    say_whether_coming(by=lismorrow.samira, round=opened, answer="apologies")
    close_round(by=lismorrow.orla, round=opened)
    with pytest.raises(Conflict, match="This round has closed") as late:
        say_whether_coming(by=lismorrow.samira, round=opened, answer="comes")
    assert late.value.code == "coming.late"
    assert len(told(lismorrow)) == 2


def test_an_answer_that_is_none_is_refused(lismorrow: Lismorrow, round: Round) -> None:
    with pytest.raises(Invalid, match="Say one of comes, apologies, unsaid"):
        say_whether_coming(by=lismorrow.samira, round=round, answer="perhaps")


def test_nobody_fills_the_record_by_changing_their_mind(lismorrow: Lismorrow, round: Round) -> None:
    for number in range(CHANGES_AT_MOST):
        say_whether_coming(by=lismorrow.samira, round=round, answer=("comes", "apologies")[number % 2])
    with pytest.raises(TooMany):
        say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    say_whether_coming(by=lismorrow.orla, round=round, answer="comes", seat=lismorrow.samira.require_seat().id)


def test_members_know_who_comes_and_the_public_is_told_by_no_channel(lismorrow: Lismorrow, round: Round) -> None:
    size = record.size(lismorrow.log)
    say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    nobody = actor_in(lismorrow.partnership, None)
    with pytest.raises(NotSignedIn):
        who_comes(nobody, round)
    with pytest.raises(NotAllowed):
        who_comes(lismorrow.stan, round)
    seen = {
        who: visible_entries(actor, lismorrow.log, since=size)
        for who, actor in (("public", nobody), ("member", lismorrow.ify))
    }
    assert [entry.type for entry in seen["member"]] == ["coming.said"]
    assert seen["public"] == []
    for viewer in (nobody, lismorrow.ify, lismorrow.orla):
        entries = plain(changes(viewer, round, size)[0])
        assert entries["items"] == []
    assert "coming.said" in APART, "a dossier is handed on to anybody"


def test_a_seat_that_is_given_up_has_not_said(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.samira.require_seat()
    say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    vacate_seat(by=lismorrow.orla, seat=seat)
    lismorrow.settle()
    assert by_group(lismorrow.ify, round) == {}
    assert told(lismorrow)[-1].by == {"system": "floor"}
    assert list(check(lismorrow.partnership.log)) == []


def test_who_takes_the_seat_meanwhile_keeps_their_word(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.samira.require_seat()
    say_whether_coming(by=lismorrow.samira, round=round, answer="apologies")
    vacate_seat(by=lismorrow.orla, seat=seat)
    new = assign_seat(by=lismorrow.orla, seat=seat, name="Noor", email="noor@example.org").person
    say_whether_coming(by=actor_in(lismorrow.partnership, new), round=round, answer="comes")
    lismorrow.settle()
    assert by_group(lismorrow.ify, round)["C"] == (1, 0, 2)


def test_what_was_said_is_held_against_the_record(lismorrow: Lismorrow, round: Round) -> None:
    say_whether_coming(by=lismorrow.samira, round=round, answer="apologies")
    log = lismorrow.partnership.log
    assert list(check(log)) == []
    Voice.objects.update(coming="comes")
    assert [finding.what for finding in check(log)] == ["it is not what the seat said of its coming"]
    Voice.objects.all().delete()
    assert [finding.what for finding in check(log)] == ["nothing shows the coming it tells of"]
