"""What a rule would make of votes: those of a round that has been counted, with groups or seats left out, or imagined ones.

Nothing is recorded here; what a convenor tried before registering a rule may be kept with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count

from apps.common.errors import Invalid, NotFound
from apps.consensus import Row, Rule
from apps.consensus.simulator import Forecast, forecast, imagined, variants, without_groups, without_seats
from apps.deliberation.models import Ballot, Interest, Round, RoundItem, Secrecy
from apps.deliberation.selectors import counting_rows, interests, visible_tally
from apps.frameworks.models import Framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import Seat
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import deciding_groups
from apps.record import selectors as record

Counts = Mapping[str, Mapping[str, int]]
QUESTION = "question"


@dataclass(frozen=True)
class Votes:
    """Which votes to try a rule on: `counts` by group and choice, or else those of a counted `item`; and who is left out.

    `seats_out` are labels of seats: if they are all a group has, the group is out of the count. Single ones can only be left
    out where votes were open from the start: in a private round the difference would tell what one person chose.
    """

    item: UUID | None = None
    counts: Counts = field(default_factory=dict)
    groups_out: Sequence[str] = ()
    seats_out: Sequence[str] = ()


@dataclass(frozen=True)
class Tried:
    """A rule tried on votes: the rule itself first, then its nearest variants. `staying` are the groups that take part, with
    `seats` of the `of_seats` that could vote if nobody were left out."""

    votes: Votes
    rule: Rule
    rules: tuple[Rule, ...]
    forecasts: tuple[Forecast, ...]
    seats: int
    of_seats: int

    @property
    def staying(self) -> tuple[str, ...]:
        """The deciding groups that are not left out."""
        return tuple(group for group in self.rule.deciding if group not in self.votes.groups_out)

    def to_entry(self) -> dict[str, Any]:
        """What the record keeps of it."""
        first = self.forecasts[0]
        kept: dict[str, Any] = {
            "outcome": first.result.outcome.value,
            "reason": first.result.reason,
            "over_the_heads": list(first.outvoted),
            "groups_out": list(self.votes.groups_out),
            "seats_out": list(self.votes.seats_out),
        }
        if self.votes.item and not self.votes.counts:
            return kept | {"item": str(self.votes.item)}
        return kept | {"counts": {group: dict(choices) for group, choices in self.votes.counts.items()}}


@dataclass(frozen=True)
class _Source:
    """Where votes come from: a framework, and a viewer who may see them."""

    viewer: Actor
    framework: Framework
    votes: Votes

    @cached_property
    def item(self) -> RoundItem | None:
        if self.votes.item is None:
            return None
        return counted_item(self.viewer, self.framework, self.votes.item)

    @cached_property
    def names(self) -> dict[str, str]:
        return {group.key: group.name for group in deciding_groups(self.viewer.partnership)}

    def seats(self) -> dict[str, int]:
        """Who could vote: as when the round opened, or now."""
        if self.item is not None and not self.votes.counts:
            opened = record.entry(self.viewer.log, self.item.round.opened_seq or 0)
            return dict(opened.data["entitled"])
        return {group.key: group.seat_count for group in deciding_groups(self.viewer.partnership)}

    def rows(self) -> list[Row]:
        """The votes as rows of one question."""
        if self.votes.counts:
            return imagined(QUESTION, self._checked())
        if self.item is None:
            raise Invalid("simulation.no_votes", "Choose votes that have been counted, or write how people would vote.")
        if self.votes.seats_out:
            rows = counting_rows(self.item.round)
            return [row._replace(item=QUESTION) for row in rows if row.item == str(self.item.id)]
        return imagined(QUESTION, counts_of(self.item))

    def _checked(self) -> Counts:
        seats = self.seats()
        for group, choices in self.votes.counts.items():
            if group not in seats:
                raise Invalid("simulation.group", f"There is no deciding group '{group}'.", {"counts": group})
            total, name = sum(choices.values()), self.names[group]
            if total > seats[group]:
                raise Invalid(
                    "simulation.too_many",
                    f"{name} has {seats[group]} seats, but you write {total} votes.",
                    {f"counts__{group}": f"at most {seats[group]}"},
                )
        return self.votes.counts

    def whole(self) -> "_Source":
        """The same, with groups named as groups of which every seat is left out."""
        found = self._named()
        out = Counter(seat.group.key for seat in found)
        groups = {key for key, number in out.items() if number >= self.seats().get(key, number)}
        left = [seat.label for seat in found if seat.group.key not in groups]
        votes = replace(self.votes, groups_out=sorted({*self.votes.groups_out, *groups}), seats_out=sorted(left))
        return replace(self, votes=votes)

    def gone(self) -> list[tuple[str, str]]:
        """The single seats to be left out, as (group, id)."""
        if not self.votes.seats_out:
            return []
        if self.item is None or self.votes.counts or self.item.round.secrecy != Secrecy.OPEN:
            raise Invalid(
                "simulation.private",
                "Single seats can be left out only where votes were open from the start. "
                "Leave out groups, or change the numbers.",
                {"seats_out": "votes were private, or are imagined"},
            )
        return [(seat.group.key, str(seat.id)) for seat in self._named()]

    def _named(self) -> list[Seat]:
        """The seats with these labels."""
        labels = set(self.votes.seats_out)
        if not labels:
            return []
        found = list(
            Seat.objects.select_related("group").filter(group__partnership=self.viewer.partnership, label__in=labels)
        )
        if missing := labels - {seat.label for seat in found}:
            raise Invalid("simulation.seat", f"There is no seat {min(missing)}.", {"seats_out": min(missing)})
        return found


def try_rule(viewer: Actor, framework: Framework, rule: Rule, votes: Votes) -> Tried:
    """What the rule, and the rules nearest to it, would make of these votes.

    `Invalid` where the votes cannot be cast under the rule, with the reason; `NotFound` for votes the viewer may not see.
    """
    require_member(viewer)
    source = _Source(viewer, framework, votes)
    strangers = set(votes.groups_out) - set(source.names)
    if strangers:
        raise Invalid("simulation.group", f"There is no deciding group '{min(strangers)}'.", {"groups_out": "unknown"})
    source = source.whole()
    votes, everybody = source.votes, source.seats()
    rows, entitled = without_seats(source.rows(), everybody, source.gone())
    if not set(rule.deciding) - set(votes.groups_out):
        raise Invalid("simulation.nobody", "Nobody is left to decide.", {"groups_out": "leave somebody in"})
    tried = {"": rule, **variants(rule)}
    forecasts: list[Forecast] = []
    for label, one in tried.items():
        staying = without_groups(one, rows, entitled, votes.groups_out)
        forecasts += forecast({label: staying[0]}, QUESTION, staying[1], staying[2], source.names)
    seats = sum(entitled.get(group, 0) for group in rule.deciding if group not in votes.groups_out)
    of_seats = sum(everybody.get(group, 0) for group in rule.deciding)
    return Tried(votes, rule, tuple(tried.values()), tuple(forecasts), seats, of_seats)


def declared_in(framework: Framework, id: UUID) -> tuple[Round, list[Interest]] | None:
    """A round of this framework, and the interests that were declared in it; None: there is no such round."""
    round = Round.objects.select_related("rule").filter(framework=framework, id=id).first()
    return (round, list(interests(round))) if round is not None else None


def counted_item(viewer: Actor, framework: Framework, id: UUID) -> RoundItem:
    """A line of an agenda whose result this viewer may see; `NotFound` for any other."""
    item = RoundItem.objects.select_related("round__rule", "round__framework__partnership").filter(id=id).first()
    if item is not None and item.round.framework_id == framework.id:
        seen = next((view for view in visible_tally(viewer, item.round) if view.item == item.id), None)
        if seen is not None and seen.result is not None:
            return item
    raise NotFound("simulation.item", "There are no counted votes of that kind here.")


def counted_items(framework: Framework) -> list[RoundItem]:
    """The lines that have been counted, newest first."""
    found = RoundItem.objects.select_related("round__rule", "proposal", "version").filter(
        round__framework=framework, round__state="tallied"
    )
    return list(found.order_by("-tallied_seq", "order"))


def counts_of(item: RoundItem) -> dict[str, dict[str, int]]:
    """How many of each group chose what; the newest ballot of each seat."""
    counts: dict[str, dict[str, int]] = {}
    for group, choice, number in _counted(item):
        counts.setdefault(group, {})[choice] = number
    return counts


def _counted(item: RoundItem) -> Iterable[tuple[str, str, int]]:
    if item.round.secrecy == Secrecy.SECRET:
        return [(row.group, row.choice, row.weight) for row in counting_rows(item.round) if row.item == str(item.id)]
    latest = Ballot.objects.filter(item=item).order_by("seat_id", "-seq").distinct("seat_id").values("id")
    told = Ballot.objects.filter(id__in=latest).values_list("group_key", "choice").annotate(n=Count("id"))
    return list(told.order_by("group_key", "choice"))
