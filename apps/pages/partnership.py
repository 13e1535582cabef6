"""The partnership: its groups and seats, its mandates, its frameworks; and what a convenor does to bring it together."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.pages.forms.partnership import GroupForm, InviteForm, PartnershipForm, RoleForm, SeatForm
from apps.pages.present import people
from apps.pages.present.mandates import mandate_cards
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import group_in, open_partnership, seat_in
from apps.partnerships.services import (
    add_group,
    assign_seat,
    found_partnership,
    give_role,
    invite_group,
    vacate_seat,
)
from apps.record.selectors import size

FRAMEWORKS_SHOWN = 50


def found(request: HttpRequest) -> HttpResponse:
    """Found a partnership."""
    person = signed_in(request)

    def do(data: dict[str, Any]) -> HttpResponse:
        actor = found_partnership(by=person, **data)
        words = f"{actor.partnership.name} is founded. You convene it. Add its groups next."
        return done(request, words, "partnership", actor.partnership.id)

    return handle(
        request,
        PartnershipForm(sent(request)),
        do,
        title="Found a partnership",
        sentence="A partnership is the standing body of groups that negotiates what is measured. Whoever founds it convenes it.",
        submit="Found it",
        cancel=reverse("home"),
    )


def partnership(request: HttpRequest, id: UUID) -> HttpResponse:
    """One partnership: who is in it, who may decide alone, what it negotiates."""
    actor = open_partnership(person_of(request), id)
    found = actor.partnership
    return show(
        request,
        "pages/partnership.html",
        title=found.name,
        sentence=found.summary or "A partnership of stakeholder groups that negotiates outcome frameworks.",
        actor=actor,
        where=[],
        groups=people.group_cards(actor),
        mandates=mandate_cards(found),
        frameworks=found.frameworks.order_by("-created_at")[:FRAMEWORKS_SHOWN],
        size=size(actor.log),
    )


def new_group(request: HttpRequest, id: UUID) -> HttpResponse:
    """Add a group with its seats."""
    actor = convenor(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        group = add_group(by=actor, **data)
        return done(request, f"{group.name} is added with {data['seats']} seats.", "partnership", id, part="groups")

    return handle(
        request,
        GroupForm(sent(request)),
        do,
        **convenor_page(
            actor,
            "Add a group",
            "Groups decide together. Each has its own seats, and counts as one voice where a rule asks every group.",
        ),
        submit="Add the group",
    )


def seat(request: HttpRequest, id: UUID, seat: UUID) -> HttpResponse:
    """Give a free seat to somebody."""
    actor = convenor(request, id)
    place = seat_in(actor.partnership, seat)

    def do(data: dict[str, Any]) -> HttpResponse:
        holding = assign_seat(by=actor, seat=place, **data)
        return done(request, f"{holding.person} holds seat {place.label} now.", "partnership", id, part="groups")

    return handle(
        request,
        SeatForm(sent(request)),
        do,
        **convenor_page(
            actor,
            f"Seat {place.label} of {place.group.name}",
            "A seat is one voice of its group. It stays when its holder changes.",
        ),
        submit="Give the seat",
    )


@require_POST
def vacate(request: HttpRequest, id: UUID, seat: UUID) -> HttpResponse:
    """End somebody's holding of a seat."""
    actor = convenor(request, id)
    place = seat_in(actor.partnership, seat)
    vacate_seat(by=actor, seat=place)
    return done(
        request, f"Seat {place.label} is free now. Votes already cast stay with it.", "partnership", id, part="groups"
    )


def invite(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """Make a link that seats people in a group; it is shown once."""
    actor = convenor(request, id)
    group = group_in(actor.partnership, key)
    page = convenor_page(
        actor,
        f"Invite people to {group.name}",
        "Whoever opens the link types a name and holds a free seat of the group. Nobody needs an account.",
    )

    def do(data: dict[str, Any]) -> HttpResponse:
        token = invite_group(by=actor, group=group, **data)
        link = request.build_absolute_uri(reverse("join", args=[token]))
        return show(request, "pages/invitation.html", link=link, group=group, **{**page, **data})

    return handle(request, InviteForm(sent(request)), do, **page, submit="Make the link")


def role(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make somebody convenor, auditor or data protection officer."""
    actor = convenor(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        given = give_role(by=actor, **data)
        return done(request, f"{given.person} is {given.name} now.", "partnership", id)

    return handle(
        request,
        RoleForm(sent(request)),
        do,
        **convenor_page(
            actor,
            "Give a role",
            "A convenor brings people together and opens rounds. An auditor reads and checks everything. A data protection "
            "officer decides what is erased. None of them has a vote by that; a convenor can be neither of the other two.",
        ),
        submit="Give the role",
    )


def convenor(request: HttpRequest, id: UUID) -> Actor:
    """The convenor of this partnership, or a refusal."""
    actor = open_partnership(person_of(request), id)
    require_convenor(actor)
    return actor


def convenor_page(actor: Actor, title: str, sentence: str) -> dict[str, Any]:
    cancel = reverse("partnership", args=[actor.partnership.id])
    return {
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "where": path_to(actor, None, None, title),
        "cancel": cancel,
    }
