"""Reading challenges; and who may judge: everybody who holds a seat of a group, except those with a part in what is contested."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import GroupKind, Mandate, Partnership, Pseudonym, RoleName
from apps.partnerships.selectors import holders
from apps.provenance.domain.panels import Candidate
from apps.provenance.models import Challenge, PanelMember
from apps.record import selectors as record
from apps.record.domain.entry import Entry


@dataclass(frozen=True)
class Bench:
    """Who can be drawn, who cannot (as the log names them), and the groups of the two sides."""

    candidates: Sequence[Candidate]
    barred: frozenset[UUID]
    sides: frozenset[str]


def challenges(framework: Framework, *, element: UUID | None = None) -> QuerySet[Challenge]:
    """The challenges in a framework or to one element, newest first, with their panels."""
    members = Prefetch("members", PanelMember.objects.select_related("seat__group", "reason"))
    found = framework.challenges.select_related("reason").prefetch_related(members)
    return found.filter(element=element) if element else found


def open_challenge(person: Person | None, id: UUID) -> tuple[Actor, Framework, Challenge]:
    """The one careful way to a challenge."""
    known = Challenge.objects.filter(id=id).values_list("framework", flat=True).first()
    if known is None:
        raise NotFound("challenge.unknown", "There is no such challenge, or it is for members only.")
    actor, framework = open_framework(person, known)
    return actor, framework, challenges(framework).get(id=id)


def seat_on(challenge: Challenge, actor: Actor) -> PanelMember | None:
    """The place an actor has on the panel of an open challenge."""
    if actor.seat is None or challenge.state != "open":
        return None
    return next((one for one in challenge.members.all() if one.seat_id == actor.seat.id and not one.aside), None)


def waiting_opinions(person: Person) -> QuerySet[PanelMember]:
    """Where somebody's opinion is waited for."""
    held = Q(seat__holdings__person=person, seat__holdings__until=None)
    found = PanelMember.objects.select_related("challenge__framework").filter(held, aside=False, answer="")
    return found.filter(challenge__state="open").order_by("challenge__seq")


def bench_for(partnership: Partnership, contested: Entry, by: Actor) -> Bench:
    """Who may judge a challenge to this entry: no one whose act it is, nor who contests it, nor a convenor."""
    acting = _acting(partnership, contested)
    assert by.by.person is not None
    convenors = partnership.roles.filter(until=None, name=RoleName.CONVENOR).values("person")
    named = Pseudonym.objects.filter(log=partnership.log_id)
    barred = {by.by.person, *acting, *named.filter(person__in=convenors).values_list("id", flat=True)}
    people = set(named.filter(id__in=[*acting, by.by.person]).values_list("person", flat=True))
    sides = set(holders(partnership).filter(person__in=people).values_list("seat__group__key", flat=True))
    return Bench(candidates_in(partnership, barred), frozenset(barred), frozenset(sides))


def candidates_in(partnership: Partnership, barred: Collection[UUID]) -> list[Candidate]:
    """Seats held now by somebody who is not barred; observers follow without a voice, also here."""
    people = Pseudonym.objects.filter(id__in=barred).values("person")
    free = holders(partnership).exclude(seat__group__kind=GroupKind.OBSERVER).exclude(person__in=people)
    return [Candidate(seat, group) for seat, group in free.values_list("seat", "seat__group__key")]


def _acting(partnership: Partnership, contested: Entry) -> set[UUID]:
    """Whose act it is, as the log names them: who made the entry, and who made those it came of."""
    found = set[UUID]()
    entries = [contested]
    if contested.type == "verdict.recorded":
        entries += record.entries_at(partnership.log_id, contested.data["entries"])
    for entry in entries:
        found |= {UUID(entry.by["person"])} if "person" in entry.by else set()
        found |= _proposing(partnership, entry) | _holding(partnership, entry)
    return found


def _proposing(partnership: Partnership, entry: Entry) -> set[UUID]:
    """Who had tabled what was decided."""
    proposal = entry.data.get("proposal")
    if not proposal:
        return set()
    told = record.entries(partnership.log_id, types=["proposal.submitted"], subject=UUID(proposal))
    return {UUID(one.by["person"]) for one in told if "person" in one.by}


def _holding(partnership: Partnership, entry: Entry) -> set[UUID]:
    """Who holds the mandate under which something was set."""
    if "mandate" not in entry.on:
        return set()
    held = Mandate.objects.filter(id=entry.on["mandate"], holder__isnull=False).values("holder")
    return set(Pseudonym.objects.filter(log=partnership.log_id, person__in=held).values_list("id", flat=True))
