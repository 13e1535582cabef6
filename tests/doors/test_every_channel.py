"""The two doors, tried everywhere: every channel, as every audience, at every phase, at every level of secrecy.

What is hidden is tried with worlds that differ in nothing else: if anything at all that somebody can read differs, the test
names who can tell, by which channel, when, and by what. So a leak need not be a word: a bar that is longer is found as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from apps.common import clock
from apps.deliberation.models import Round, Secrecy
from apps.deliberation.presenting import reading
from apps.deliberation.selectors import TallyView, counting_rows, visible_tally
from apps.deliberation.turnout import Roll
from apps.partnerships.actors import Actor
from tests.doors.channels import FRAMES, VIEWERS, Seen, Viewer, addresses, asking, differing, read
from tests.doors.worlds import (
    AGAINST,
    BEFORE_THE_VOTE,
    FOR,
    OTHERS,
    TITLE,
    WORDING,
    Place,
    place,
    tables,
    to_the_vote,
    undone,
    voted,
    without_chance,
)
from tests.people import Lismorrow, found_lismorrow

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
Choices = Mapping[str, str]
UNCOUNTED, COUNTED = ("open", "paused", "closed"), ("counted", "decided")
HIDDEN = [level for level in Secrecy if level != Secrecy.OPEN]
HASHES_ONLY = {"record_log", "record_node"}
"""Tables that differ wherever an entry does, and hold nothing but hashes and sizes."""
AUDIENCES = ("the public", "a member", "the facilitator", "an auditor")
"""One viewer of each audience of the record."""


class Watch:
    """Looks at a place in several worlds, by every channel that could tell them apart."""

    def __init__(self, here: Place, viewers: Mapping[str, Viewer], monkeypatch: pytest.MonkeyPatch) -> None:
        self.here, self.viewers, self.monkeypatch = here, viewers, monkeypatch
        self.still: datetime = clock.now()
        self.round: list[str] = []
        self.elsewhere: list[str] = []

    def world(self, choices: Choices, look: Callable[[str], Seen]) -> dict[str, Seen]:
        """What is seen at each phase of a world in which people vote so."""
        with undone(), without_chance(self.monkeypatch, self.still):
            return {phase: look(phase) for phase in voted(self.here, choices)}

    def learn(self, one: Choices, other: Choices) -> None:
        """Find out which tables differ between two worlds while votes are open, and which addresses ask those tables."""
        before = self._tables(one)
        with undone(), without_chance(self.monkeypatch, self.still):
            next(voted(self.here, other))
            differ = {name for name, content in tables().items() if before[name] != content} - HASHES_ONLY
            self.round = [
                where for where in addresses(self.here) if str(self.here.round.id) in where or "/me/" in where
            ]
            asked = asking(self.here, self.viewers["the facilitator"], differ)
            self.elsewhere = [where for where in asked if where not in self.round]

    def look(self, phase: str) -> Seen:
        """At the round itself as everybody; while the vote is open at whatever else asks for votes or entries, as each audience."""
        if phase in COUNTED:
            return {}
        seen = read(self.here, self.viewers, self.round)
        if phase == "open":
            seen |= read(self.here, {who: self.viewers[who] for who in AUDIENCES}, self.elsewhere)
        return seen

    def told(self, one: Choices, other: Choices) -> dict[str, dict[tuple[str, str], str]]:
        """Who can tell two worlds apart before the count: when, who, by which channel, by what."""
        first, second = self.world(one, self.look), self.world(other, self.look)
        found = {phase: differing(first[phase], second[phase]) for phase in UNCOUNTED}
        return {phase: tellings for phase, tellings in found.items() if tellings}

    def _tables(self, choices: Choices) -> dict[str, str]:
        with undone(), without_chance(self.monkeypatch, self.still):
            next(voted(self.here, choices))
            return tables()


def everybody(lismorrow: Lismorrow) -> dict[str, Viewer]:
    """Everybody who looks on."""
    return {who: Viewer(lismorrow, name) for who, name in VIEWERS.items()}


def voting(lismorrow: Lismorrow, secrecy: str) -> Place:
    """A place in which a vote has just been opened."""
    here = place(lismorrow, secrecy)
    assert tuple(to_the_vote(here)) == BEFORE_THE_VOTE
    return here


def telling(here: Place) -> list[str]:
    """Where everybody who may read the partnership sees the result, once it may be seen."""
    return [
        f"/rounds/{here.round.id}/",
        f"/api/rounds/{here.round.id}/",
        f"/api/rounds/{here.round.id}/changes/?from=0",
    ]


@pytest.mark.parametrize("secrecy", HIDDEN)
def test_until_the_count_nobody_can_tell_what_others_chose(
    secrecy: str, lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = voting(lismorrow, secrecy)
    watch = Watch(here, everybody(lismorrow), monkeypatch)
    watch.learn(FOR, AGAINST)
    assert set(telling(here)) <= set(watch.round)
    assert any(where.endswith("/record.jsonl") for where in watch.elsewhere)
    assert watch.told(FOR, AGAINST) == {}


@pytest.mark.parametrize("secrecy", [level for level in HIDDEN if level != Secrecy.BLIND])
def test_where_turnout_of_small_groups_is_hidden_nobody_can_tell_who_voted(
    secrecy: str, lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(voting(lismorrow, secrecy), everybody(lismorrow), monkeypatch)
    watch.learn(FOR, OTHERS)
    assert watch.told(FOR, OTHERS) == {}


@pytest.mark.parametrize("secrecy", Secrecy)
def test_everybody_sees_what_may_be_seen(secrecy: str, lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch) -> None:
    here = voting(lismorrow, secrecy)
    watch = Watch(here, everybody(lismorrow), monkeypatch)
    seen_at = ("open", "paused", *COUNTED) if secrecy == Secrecy.OPEN else COUNTED
    first, second = (
        watch.world(votes, lambda phase: read(here, watch.viewers, telling(here)) if phase in seen_at else {})
        for votes in (FOR, AGAINST)
    )
    expected = {(who, channel) for who in VIEWERS for channel in (*telling(here), FRAMES)}
    for phase in seen_at:
        assert expected - set(differing(first[phase], second[phase])) == set(), phase


@pytest.mark.parametrize("secrecy", Secrecy)
def test_before_the_vote_there_is_nothing_to_see_and_everybody_is_told_why(secrecy: str, lismorrow: Lismorrow) -> None:
    here, viewers = place(lismorrow, secrecy), everybody(lismorrow)
    for phase in to_the_vote(here):
        for who, viewer in viewers.items():
            (view,) = visible_tally(viewer.actor, here.now)
            assert (view.result, bool(view.why)) == (None, True), (phase, who)
            assert not any(part.voted for part in view.turnout)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_who_may_not_read_a_partnership_sees_nothing_of_its_rounds(secrecy: str, db: None) -> None:
    lismorrow = found_lismorrow(visibility="members")
    here = place(lismorrow, secrecy)
    outside = {who: viewer for who, viewer in everybody(lismorrow).items() if not viewer.actor.is_member}
    inside = {"a member": Viewer(lismorrow, "ify")}
    for phases in (to_the_vote(here), voted(here, FOR)):
        for phase in phases:
            channels = telling(here) if phase != "open" else addresses(here)
            assert _saying(read(here, outside, channels)) == [], phase
            assert {channel for _, channel in _saying(read(here, inside, telling(here)))} >= set(telling(here)[:2])


def _saying(seen: Seen) -> list[tuple[str, str]]:
    return [key for key, text in seen.items() if TITLE.encode() in text or WORDING.encode() in text]


def test_a_door_left_ajar_is_found(lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch) -> None:
    def ajar(viewer: Actor, round: Round, roll: Roll | None = None) -> list[TallyView]:
        """As the door, but each no that nobody may know of yet takes one from the turnout shown."""
        noes = sum(row.choice == "against" for row in counting_rows(round))
        found = visible_tally(viewer, round, roll)
        return [
            replace(view, turnout=tuple(replace(part, voted=(part.voted or 0) - noes) for part in view.turnout))
            for view in found
        ]

    here = voting(lismorrow, Secrecy.BLIND)
    watch = Watch(here, {who: Viewer(lismorrow, VIEWERS[who]) for who in AUDIENCES}, monkeypatch)
    watch.round = telling(here)[2:]
    monkeypatch.setattr(reading, "visible_tally", ajar)
    found = watch.told(FOR, AGAINST)
    assert set(found) == set(UNCOUNTED)
    assert {who for who, channel in found["open"] if channel == FRAMES} == set(AUDIENCES)
