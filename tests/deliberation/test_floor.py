"""The floor of a round: hands, turns and readiness are acts; one hand for each seat; nothing outlives the round or a seat."""

from datetime import timedelta
from typing import Any

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotSignedIn, Refusal, TooMany
from apps.deliberation.checks import check
from apps.deliberation.models import Round, Voice
from apps.deliberation.presenting import plain, state_of
from apps.deliberation.services import (
    close_round,
    declare_interest,
    draft_round,
    end_turn,
    give_floor,
    lower_hand,
    move_on,
    open_round,
    pause_round,
    raise_hand,
    resume_round,
    rule_on_interest,
    say_ready,
)
from apps.deliberation.services.floor import CHANGES_AT_MOST
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.services import assign_seat, vacate_seat
from apps.record import selectors as record
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
FLOOR = ("hand.raised", "hand.lowered", "floor.given", "floor.ended", "ready.said")


@told_once
def talking(lismorrow: Lismorrow) -> Round:
    """A round in its first phase before the vote."""
    return lismorrow.talk("clarify", "amend")


def floor(lismorrow: Lismorrow, round: Round) -> dict[str, Any]:
    found: dict[str, Any] = plain(state_of(lismorrow.ify, Round.objects.get(id=round.id)))["floor"]
    return found


def waiting(lismorrow: Lismorrow, round: Round) -> list[str]:
    return [hand["name"] for hand in floor(lismorrow, round)["waiting"]]


def ready(lismorrow: Lismorrow, round: Round) -> dict[str, int]:
    state = plain(state_of(lismorrow.ify, Round.objects.get(id=round.id)))
    return {group["group"]: group["ready"] for group in state["ready"] if group["ready"]}


def told(lismorrow: Lismorrow, *types: str) -> list[Any]:
    return record.entries(lismorrow.log, types=types or FLOOR)


def seconds_ago(round: Round, seconds: int) -> None:
    """Let the turn under way have begun so long ago."""
    round.voices.filter(since__isnull=False).update(since=clock.now() - timedelta(seconds=seconds))


def speak(lismorrow: Lismorrow, round: Round, who: Actor, seconds: int) -> None:
    """Somebody has spoken."""
    give_floor(by=lismorrow.orla, round=round, seat=who.require_seat().id)
    seconds_ago(round, seconds)
    end_turn(by=lismorrow.orla, round=round)


def test_hands_are_called_by_group_and_the_record_tells_who_was_heard(lismorrow: Lismorrow, talking: Round) -> None:
    for who in (lismorrow.gareth, lismorrow.moira, lismorrow.samira):
        raise_hand(by=who, round=talking)
    assert waiting(lismorrow, talking) == ["Agency, seat A1", "Community, seat C1", "Agency, seat A2"]
    given = give_floor(by=lismorrow.orla, round=talking)
    seconds_ago(talking, 90)
    assert floor(lismorrow, talking)["speaking"]["name"] == "Agency, seat A1"
    give_floor(by=lismorrow.orla, round=talking)
    now = floor(lismorrow, talking)
    assert now["speaking"]["name"] == "Community, seat C1"
    assert [hand["name"] for hand in now["waiting"]] == ["Agency, seat A2"]
    spoken = {group["group"]: (group["turns"], group["seconds"]) for group in now["spoken"]}
    assert spoken["A"] == (1, 90)
    assert (spoken["C"], spoken["O"]) == ((0, 0), (0, 0))
    ended = told(lismorrow, "floor.ended")[0]
    assert (ended.data, ended.because) == ({"group": "A", "seconds": 90}, given.given_seq)
    assert [entry.data["chosen"] for entry in told(lismorrow, "floor.given")] == [False, False]


def test_nobody_is_named_by_the_floor(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.ify, round=talking)
    give_floor(by=lismorrow.orla, round=talking)
    assert "Ify" not in str(floor(lismorrow, talking))


def test_a_hand_is_one_hand_and_comes_down_again(lismorrow: Lismorrow, talking: Round) -> None:
    for _ in range(3):
        raise_hand(by=lismorrow.ify, round=talking)
    assert waiting(lismorrow, talking) == ["Frontline staff, seat F1"]
    for _ in range(2):
        lower_hand(by=lismorrow.ify, round=talking)
    assert waiting(lismorrow, talking) == []
    assert [entry.type for entry in told(lismorrow)] == ["hand.raised", "hand.lowered"]


def test_calling_the_same_seat_twice_calls_it_once(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.ify, round=talking)
    raise_hand(by=lismorrow.ruth, round=talking)
    for _ in range(2):
        give_floor(by=lismorrow.orla, round=talking, seat=lismorrow.ify.require_seat().id)
    assert waiting(lismorrow, talking) == ["Team managers, seat T1"]
    assert len(told(lismorrow, "floor.given")) == 1


def test_the_convenor_may_choose_and_it_is_said(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.ify, round=talking)
    give_floor(by=lismorrow.orla, round=talking, seat=lismorrow.jamie.require_seat().id, seconds=120)
    now = floor(lismorrow, talking)
    assert now["speaking"]["group"] == "U"
    assert now["speaking"]["until"] > now["speaking"]["since"]
    assert waiting(lismorrow, talking) == ["Frontline staff, seat F1"]
    given = told(lismorrow, "floor.given")[0]
    assert given.data["chosen"]
    assert "until" in given.data


def test_a_group_that_has_been_silent_comes_before_one_that_has_spoken(lismorrow: Lismorrow, talking: Round) -> None:
    speak(lismorrow, talking, lismorrow.gareth, 200)
    raise_hand(by=lismorrow.moira, round=talking)
    raise_hand(by=lismorrow.pat, round=talking)
    assert waiting(lismorrow, talking) == ["Community, seat C2", "Agency, seat A2"]
    assert floor(lismorrow, talking)["why"] == "group_time"


def test_who_speaks_ends_the_own_turn_and_nobody_elses(lismorrow: Lismorrow, talking: Round) -> None:
    give_floor(by=lismorrow.orla, round=talking, seat=lismorrow.ify.require_seat().id)
    with pytest.raises(NotAllowed, match="whoever speaks"):
        end_turn(by=lismorrow.ruth, round=talking)
    with pytest.raises(Conflict, match="have the floor"):
        raise_hand(by=lismorrow.ify, round=talking)
    end_turn(by=lismorrow.ify, round=talking)
    with pytest.raises(Conflict) as refused:
        end_turn(by=lismorrow.ify, round=talking)
    assert refused.value.code == "floor.nobody_speaks"


def test_whoever_has_a_seat_may_speak_whoever_has_a_vote_may_be_ready(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.tomasz, round=talking)
    assert waiting(lismorrow, talking) == ["Observers, seat O1"]
    with pytest.raises(NotAllowed) as refused:
        say_ready(by=lismorrow.tomasz, round=talking)
    assert refused.value.code == "seat.no_vote"
    for verb in (raise_hand, lower_hand, say_ready, end_turn):
        with pytest.raises(NotAllowed):
            verb(by=lismorrow.stan, round=talking)
        with pytest.raises(NotSignedIn):
            verb(by=actor_in(lismorrow.partnership, None), round=talking)
    with pytest.raises(NotAllowed):
        give_floor(by=lismorrow.ify, round=talking)


def test_who_has_left_the_vote_may_speak(lismorrow: Lismorrow, talking: Round) -> None:
    item = talking.items.get().id
    interest = declare_interest(by=lismorrow.colm, round=talking, item=item, reason="Our contracts.")
    rule_on_interest(by=lismorrow.orla, interest=interest, leaves=True, reason="So.")
    raise_hand(by=lismorrow.colm, round=talking)
    assert waiting(lismorrow, talking) == ["Providers, seat P1"]


def test_the_floor_is_open_while_a_round_is_under_way(lismorrow: Lismorrow) -> None:
    drafted = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="R",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
    )
    with pytest.raises(Conflict, match="not under way"):
        raise_hand(by=lismorrow.ify, round=drafted)
    round = open_round(by=lismorrow.orla, round=drafted)
    raise_hand(by=lismorrow.ify, round=round)
    with pytest.raises(Conflict, match="talked about"):
        say_ready(by=lismorrow.ify, round=round)


def test_in_a_pause_hands_go_up_and_nobody_is_called(lismorrow: Lismorrow, talking: Round) -> None:
    pause_round(by=lismorrow.orla, round=talking)
    raise_hand(by=lismorrow.ify, round=talking)
    with pytest.raises(Conflict) as refused:
        give_floor(by=lismorrow.orla, round=talking)
    assert refused.value.code == "round.paused"
    resume_round(by=lismorrow.orla, round=talking)
    give_floor(by=lismorrow.orla, round=talking)


def test_closing_ends_the_turn_and_takes_down_all_hands(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.ify, round=talking)
    open_round(by=lismorrow.orla, round=talking)
    assert waiting(lismorrow, talking) == ["Frontline staff, seat F1"]
    give_floor(by=lismorrow.orla, round=talking)
    raise_hand(by=lismorrow.ruth, round=talking)
    close_round(by=lismorrow.orla, round=talking)
    now = floor(lismorrow, talking)
    assert (now["speaking"], now["waiting"], now["why"]) == (None, [], None)
    assert {group["group"]: group["turns"] for group in now["spoken"]}["F"] == 1
    types = [entry.type for entry in record.entries(lismorrow.log)]
    assert types.index("floor.ended") < types.index("round.closed")
    with pytest.raises(Conflict):
        raise_hand(by=lismorrow.ify, round=talking)


def test_readiness_is_for_one_phase_and_its_end_tells_how_many_were_ready(lismorrow: Lismorrow, talking: Round) -> None:
    for who in (lismorrow.gareth, lismorrow.moira, lismorrow.samira, lismorrow.ify):
        say_ready(by=who, round=talking)
    say_ready(by=lismorrow.ify, round=talking)
    say_ready(by=lismorrow.ify, round=talking, ready=False)
    assert ready(lismorrow, talking) == {"A": 2, "C": 1}
    move_on(by=lismorrow.orla, round=talking)
    assert ready(lismorrow, talking) == {}
    say_ready(by=lismorrow.ruth, round=talking)
    move_on(by=lismorrow.orla, round=talking)
    begun, opened = record.entries(lismorrow.log, types=["phase.begun", "round.opened"])[-2:]
    assert begun.data["ready"] == {"A": 2, "P": 0, "F": 0, "T": 0, "C": 1, "U": 0}
    assert opened.data["ready"] == {"A": 0, "P": 0, "F": 0, "T": 1, "C": 0, "U": 0}
    assert "ready" not in record.entries(lismorrow.log, types=["phase.begun"])[0].data
    assert [entry.data["ready"] for entry in told(lismorrow, "ready.said")] == [True] * 4 + [False, True]


def test_a_seat_that_is_given_up_takes_its_hand_turn_and_readiness_along(lismorrow: Lismorrow, talking: Round) -> None:
    for who in (lismorrow.samira, lismorrow.pat):
        raise_hand(by=who, round=talking)
        say_ready(by=who, round=talking)
    give_floor(by=lismorrow.orla, round=talking)
    seats = [lismorrow.samira.require_seat(), lismorrow.pat.require_seat()]
    for seat in seats:
        vacate_seat(by=lismorrow.orla, seat=seat)
    lismorrow.settle()
    now = floor(lismorrow, talking)
    assert (now["speaking"], now["waiting"]) == (None, [])
    assert ready(lismorrow, talking) == {}
    with pytest.raises(Conflict, match="Nobody holds"):
        give_floor(by=lismorrow.orla, round=talking, seat=seats[0].id)
    vacated = {entry.seq for entry in record.entries(lismorrow.log, types=["seat.vacated"])}
    (lowered,) = told(lismorrow, "hand.lowered")
    assert lowered.because in vacated
    assert dict(lowered.by) == {"system": "floor"}


def test_a_seat_that_is_given_up_leaves_every_round_under_way_and_no_other(
    lismorrow: Lismorrow, talking: Round
) -> None:
    """The turn in the closed round stays as it was heard; in both others the hand comes down."""
    closed = lismorrow.open(lismorrow.propose(code="M8"))
    speak(lismorrow, closed, lismorrow.ify, 20)
    close_round(by=lismorrow.orla, round=closed)
    both = (talking, lismorrow.open(lismorrow.propose(code="M9")))
    for round in both:
        raise_hand(by=lismorrow.ify, round=round)
    vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
    lismorrow.settle()
    assert [waiting(lismorrow, round) for round in both] == [[], []]
    lowered = told(lismorrow, "hand.lowered")
    assert {entry.on["round"] for entry in lowered} == {str(round.id) for round in both}
    assert {group["group"]: group["seconds"] for group in floor(lismorrow, closed)["spoken"]}["F"] == 20


def test_a_hand_of_who_took_the_seat_since_stays_up(lismorrow: Lismorrow, talking: Round) -> None:
    seat = lismorrow.ify.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assign_seat(by=lismorrow.orla, seat=seat, name="Stan", email="stan@example.org")
    raise_hand(by=lismorrow.stan, round=talking)
    lismorrow.settle()
    assert waiting(lismorrow, talking) == ["Frontline staff, seat F1"]


def test_a_seat_that_changes_its_mind_too_often_waits(lismorrow: Lismorrow, talking: Round) -> None:
    for _ in range(CHANGES_AT_MOST):
        raise_hand(by=lismorrow.ify, round=talking)
        lower_hand(by=lismorrow.ify, round=talking)
    size = record.size(lismorrow.log)
    with pytest.raises(TooMany) as refused:
        raise_hand(by=lismorrow.ify, round=talking)
    assert refused.value.code == "floor.too_often"
    assert record.size(lismorrow.log) == size
    raise_hand(by=lismorrow.ruth, round=talking)
    Voice.objects.update(changes_since=clock.now() - timedelta(minutes=11))
    raise_hand(by=lismorrow.ify, round=talking)


@pytest.mark.parametrize("seconds", [-1, 0, 9, 3601])
def test_a_turn_of_no_sensible_length_is_refused(lismorrow: Lismorrow, talking: Round, seconds: int) -> None:
    with pytest.raises(Invalid):
        give_floor(by=lismorrow.orla, round=talking, seat=lismorrow.ify.require_seat().id, seconds=seconds)
    assert told(lismorrow) == []


def test_calling_nobody_is_refused(lismorrow: Lismorrow, talking: Round) -> None:
    with pytest.raises(Refusal) as refused:
        give_floor(by=lismorrow.orla, round=talking)
    assert refused.value.code == "floor.nobody_waits"


def test_of_very_many_hands_a_hundred_are_shown_and_all_are_counted(lismorrow: Lismorrow, talking: Round) -> None:
    seat = lismorrow.ify.require_seat()
    group = seat.group
    for number in range(120):
        other = group.seats.create(label=f"x{number}")
        Voice.objects.create(round=talking, seat=other, raised_at=clock.now(), raised_seq=10_000 + number)
    now = floor(lismorrow, talking)
    assert (len(now["waiting"]), now["raised"]) == (100, 120)


def test_turns_and_hands_are_held_against_the_record(lismorrow: Lismorrow, talking: Round) -> None:
    speak(lismorrow, talking, lismorrow.gareth, 30)
    for who in (lismorrow.ify, lismorrow.ruth):
        raise_hand(by=who, round=talking)
    give_floor(by=lismorrow.orla, round=talking)
    log = lismorrow.partnership.log
    assert list(check(log)) == []
    ruth = Voice.objects.get(seat=lismorrow.ruth.require_seat())
    for change in ({"seconds": 31}, {"turns": 2}, {"given_seq": 3}, {"raised_seq": ruth.raised_seq}):
        before = Voice.objects.filter(seat__group__key="A").values("seconds", "turns", "given_seq", "raised_seq").get()
        Voice.objects.filter(seat__group__key="A").update(**change)
        assert [finding.what for finding in check(log)] == ["its turns or its hand are not those recorded"]
        Voice.objects.filter(seat__group__key="A").update(**before)
    Voice.objects.filter(seat__group__key="A").delete()
    assert [finding.what for finding in check(log)] == ["it was heard, and nothing shows it"]
