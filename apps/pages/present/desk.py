"""What lies on somebody's desk, over all partnerships: fetched in two trips, whatever somebody is and however much there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from apps.accounts.models import Person
from apps.common import clock
from apps.common.trips import at_once
from apps.deliberation.coming import comings, parties_in
from apps.deliberation.domain.coming import Awaited, awaited
from apps.deliberation.models import Ballot, PapersSent, Round
from apps.deliberation.parties import party
from apps.frameworks.models import Element, Framework
from apps.partnerships.models import Holding, Mandate, Partnership, Role, Seat, StakeholderGroup
from apps.proposals.models import Offer, Proposal
from apps.record.models import Alarm, Log

SHOWN = 100
BEFORE = ("talking", "announced", "draft")
"""The states of a round before its vote."""


@dataclass(frozen=True)
class Standing:
    """What a person is, in all partnerships at once."""

    person: Person
    seats: Mapping[UUID, Seat] = field(default_factory=dict)
    convenes: frozenset[UUID] = frozenset()
    audits: frozenset[UUID] = frozenset()
    mandates: Sequence[Mandate] = ()

    @cached_property
    def partnerships(self) -> set[UUID]:
        return {*self.seats, *self.convenes, *self.audits, *(mandate.partnership_id for mandate in self.mandates)}

    @cached_property
    def deciding(self) -> dict[UUID, Seat]:
        """The seats that vote, by partnership."""
        return {id: seat for id, seat in self.seats.items() if seat.group.standing == "decides"}

    @cached_property
    def heard(self) -> dict[UUID, Seat]:
        """The seats that may offer changes, by partnership."""
        return {id: seat for id, seat in self.seats.items() if seat.group.kind != "observer"}


@dataclass(frozen=True)
class Desk:
    """Rows that tasks are made of, each list bounded. Rounds have `questions`, `title_of` their framework and `home`, their
    partnership; so have proposals.
    """

    rounds: Sequence[Any]
    voted: Mapping[UUID, int]
    sizes: Mapping[UUID, int]
    offers: Sequence[Mapping[str, Any]]
    windows: Sequence[Any]
    unsealed: Sequence[Framework]
    codes: Mapping[str, str]
    audited: Sequence[Partnership]
    disputed: Sequence[Partnership]
    papers: Mapping[UUID, date]
    without_mail: Mapping[UUID, int]
    coming: Mapping[UUID, Sequence[Awaited]]

    def open_rounds(self, partnerships: Iterable[UUID], state: str) -> list[Any]:
        """Rounds of these partnerships in one state."""
        wanted = set(map(str, partnerships))
        return [round for round in self.rounds if round.state == state and round.home in wanted]


def standing_of(person: Person) -> Standing:
    """Seats, roles and mandates of a person: one query."""
    held = Holding.objects.filter(person=person, until=None)
    mine = Mandate.objects.filter(holder=person)
    seats, groups, roles, mandates, homes, logs = at_once(
        Seat.objects.filter(id__in=held.values("seat")),
        StakeholderGroup.objects.filter(id__in=held.values("seat__group")),
        Role.objects.filter(person=person, until=None).values("name", "partnership_id"),
        mine[:SHOWN],
        Partnership.objects.filter(id__in=mine.values("partnership")),
        Log.objects.filter(id__in=mine.values("partnership__log")),
    )
    by_id, places = {group.id: group for group in groups}, housed(homes, logs)
    for seat in seats:
        seat.group = by_id[seat.group_id]
    for mandate in mandates:
        mandate.partnership = places[mandate.partnership_id]
    return Standing(
        person=person,
        seats={seat.group.partnership_id: seat for seat in seats},
        convenes=frozenset(role["partnership_id"] for role in roles if role["name"] == "convenor"),
        audits=frozenset(role["partnership_id"] for role in roles if role["name"] == "auditor"),
        mandates=mandates,
    )


def desk_of(standing: Standing) -> Desk:
    """Everything that could wait for somebody: one query."""
    audited = Partnership.objects.filter(id__in=standing.audits)
    watched = Partnership.objects.filter(id__in=standing.convenes | standing.audits)
    rounds, voted, sizes, offers, windows, unsealed, codes, homes, logs, disputed, papers, no_mail, said, parties = (
        at_once(
            _rounds(standing),
            _voted(standing),
            _sizes(standing),
            _offers(standing),
            _windows(standing),
            Framework.objects.filter(partnership__in=standing.convenes, sealed_at=None)[:SHOWN],
            Element.objects.filter(id__in={id for mandate in standing.mandates for id in mandate.elements}).values(
                "id", "code"
            ),
            audited[:SHOWN],
            Log.objects.filter(id__in=audited.values("log")),
            watched.filter(log__in=Alarm.objects.values("log"))[:SHOWN],
            _papers(standing),
            _without_mail(standing),
            comings(standing.convenes, BEFORE),
            parties_in(standing.convenes),
        )
    )
    return Desk(
        rounds=rounds,
        voted={UUID(row["on"]): row["n"] for row in voted},
        sizes={UUID(row["of"]): row["n"] for row in sizes},
        offers=offers,
        windows=windows,
        unsealed=unsealed,
        codes={str(row["id"]): row["code"] for row in codes},
        audited=list(housed(homes, logs).values()),
        disputed=disputed,
        papers={UUID(row["on"]): row["day"] for row in papers},
        without_mail={UUID(row["at"]): row["n"] for row in no_mail},
        coming={round.id: _awaited(round, said, parties) for round in rounds if round.state in BEFORE},
    )


def _awaited(round: Any, said: Sequence[Mapping[str, Any]], parties: Sequence[Mapping[str, Any]]) -> list[Awaited]:
    """Who says to come to a round, by group."""
    counts = {(row["of"], row["answer"]): row["n"] for row in said if UUID(row["on"]) == round.id}
    return awaited([party(row, str(row["id"])) for row in parties if row["at"] == round.home], counts)


def housed(homes: Iterable[Partnership], logs: Iterable[Log]) -> dict[UUID, Partnership]:
    """Partnerships with their logs, by id."""
    books = {log.id: log for log in logs}
    places = {home.id: home for home in homes}
    for home in places.values():
        home.log = books[home.log_id]
    return places


def _rounds(standing: Standing) -> QuerySet[Any, Any]:
    here = [*standing.deciding, *standing.convenes]
    found = Round.objects.filter(framework__partnership__in=here, state__in=["open", *BEFORE])
    placed = found.annotate(questions=Count("items"), title_of=F("framework__title"), home=F("framework__partnership"))
    return placed.order_by("closes_at", "-drafted_at")[: SHOWN * 2]


def _papers(standing: Standing) -> QuerySet[Any, Any]:
    """When papers first went out, of rounds that have not opened."""
    found = PapersSent.objects.filter(round__framework__partnership__in=standing.convenes, round__opened_seq=None)
    return found.order_by("-seq").values("day", on=F("round"))


def _without_mail(standing: Standing) -> QuerySet[Any, Any]:
    """How many who hold seats get no mail."""
    found = Holding.objects.filter(partnership__in=standing.convenes, until=None, person__email=None).order_by()
    return found.values(at=F("partnership")).annotate(n=Count("id"))


def _voted(standing: Standing) -> QuerySet[Any, Any]:
    seats = [seat.id for seat in standing.deciding.values()]
    found = Ballot.objects.filter(round__state="open", seat__in=seats).order_by()
    return found.values(on=F("round")).annotate(n=Count("item", distinct=True))


def _sizes(standing: Standing) -> QuerySet[Any, Any]:
    groups = [seat.group_id for seat in standing.deciding.values()]
    return Seat.objects.filter(group__in=groups).order_by().values(of=F("group")).annotate(n=Count("id"))


def _offers(standing: Standing) -> QuerySet[Any, Any]:
    """Offers of change that wait for an answer, counted by proposal."""
    mine = Q(pk=None)
    for id, seat in standing.seats.items():
        mine |= Q(proposal__framework__partnership=id, proposal__sponsors__contains=[seat.group.key])
    mine |= Q(proposal__framework__partnership__in=standing.convenes, proposal__sponsors=[])
    found = Offer.objects.filter(mine, state="offered", proposal__state="tabled").order_by()
    counted = found.values("proposal_id", code=F("proposal__code")).annotate(n=Count("id"))
    return counted.order_by("code", "proposal_id")[:SHOWN]


def _windows(standing: Standing) -> QuerySet[Any, Any]:
    """Proposals of others to which changes can still be offered."""
    own = Q(pk=None)
    for id, seat in standing.heard.items():
        own |= Q(framework__partnership=id, sponsors__contains=[seat.group.key])
    found = Proposal.objects.filter(
        framework__partnership__in=list(standing.heard),
        state="tabled",
        offers_until__gte=clock.now().date(),
        framework__gates__contains=["offer"],
    ).exclude(own)
    return found.annotate(title_of=F("framework__title")).order_by("offers_until", "id")[:SHOWN]
