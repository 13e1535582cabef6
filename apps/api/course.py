"""The course of a round: announced, phase by phase, paused, given more time, taken up again."""

from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.rounds import RoundShown, round_shown
from apps.api.shapes import Flag, Given, Line, Moment, With
from apps.deliberation import services
from apps.deliberation.domain.course import PHASES
from apps.deliberation.selectors import open_round_for, rule_in


class AnnounceRound(Given):
    """When the clock begins it; without a time somebody does."""

    starts_at = Moment(required=False, allow_null=True)


class MoveOn(Given):
    """`leaving` is the phase one has seen (empty: before the first): if the round has moved on since, nothing happens."""

    leaving = serializers.ChoiceField(["", *PHASES], required=False, allow_blank=True)


class ExtendRound(Given):
    """When the phase or the vote ends now."""

    until = Moment()


class ReopenRound(Given):
    """Under which rule and name it is voted on again (none: the same), and whether the vote begins at once."""

    rule = serializers.UUIDField(required=False, allow_null=True)
    title = Line(max_length=200, required=False)
    open = Flag(required=False)


class Course(Operations):
    """How a round gets from its drafting to its vote, and what interrupts it."""

    family = "rounds"

    @operation(body=AnnounceRound, answer=RoundShown)
    def announce_round(self, ask: Ask, round: UUID) -> With:
        """Tell everybody that a round is coming, and when."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.announce_round(by=actor, round=found, **ask.data))

    @operation(body=MoveOn, answer=RoundShown)
    def move_on(self, ask: Ask, round: UUID) -> With:
        """Begin the next phase of a round, or its vote after the last one."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.move_on(by=actor, round=found, **ask.data))

    @operation(answer=RoundShown)
    def pause_round(self, ask: Ask, round: UUID) -> With:
        """Stop the clock of a round: no votes, no phase ends, until it goes on."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.pause_round(by=actor, round=found))

    @operation(answer=RoundShown)
    def resume_round(self, ask: Ask, round: UUID) -> With:
        """Go on with a paused round; what was left of its time is left still."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.resume_round(by=actor, round=found))

    @operation(body=ExtendRound, answer=RoundShown)
    def extend_round(self, ask: Ask, round: UUID) -> With:
        """Give the phase a round is in, or its vote, more time."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.extend_round(by=actor, round=found, **ask.data))

    @operation(body=ReopenRound, answer=RoundShown, status=201)
    def reopen_round(self, ask: Ask, round: UUID) -> With:
        """Draft the next round on what this one did not decide, or open it at once; each points to the other."""
        actor, found = open_round_for(ask.person, round)
        given = dict(ask.data)
        if given.pop("rule", None):
            given["rule"] = rule_in(found.framework, ask.data["rule"])
        return round_shown(actor, services.reopen_round(by=actor, round=found, **given))
