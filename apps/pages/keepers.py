"""Who keeps checkpoints outside: choosing, saying yes, trying it out, and holding a kept one against the record."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.common.errors import NotFound
from apps.pages.forms.base import NothingForm
from apps.pages.forms.keepers import HoldForm, KeeperForm
from apps.pages.present.keepers import delivery_lines, keeper_cards, witness_cards
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, person_of, sent, show
from apps.partnerships import services
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import open_partnership
from apps.record import keeping, witnessing
from apps.record import selectors as record
from apps.record.models import Log


def keepers(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who is sent checkpoints of this record, and what came of it."""
    actor = open_partnership(person_of(request), id)
    oversees = actor.is_convenor or actor.is_auditor
    return show(
        request,
        "pages/keepers.html",
        title="Who keeps copies outside",
        sentence="They are sent the signed checkpoints of this record. Whoever keeps one can show any later change of it.",
        actor=actor,
        where=_where(actor, "Who keeps copies outside"),
        keepers=keeper_cards(actor, oversees),
        witnesses=witness_cards(actor.log),
        deliveries=delivery_lines(actor) if oversees else [],
        alarms=witnessing.alarms(actor.log),
        oversees=oversees,
    )


def choose(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask somebody to keep checkpoints."""
    actor = open_partnership(person_of(request), id)
    require_convenor(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = services.choose_keeper(by=actor, **data)
        return done(
            request, f"{made.name} is asked within a minute. Nothing more is sent before they say yes.", "keepers", id
        )

    sentence = (
        "They get a message with a link first. Only when somebody there has said yes are checkpoints sent. "
        "Who it is stands in the record; the address does not."
    )
    return handle(
        request,
        KeeperForm(sent(request)),
        do,
        title="Ask somebody to keep copies",
        sentence=sentence,
        actor=actor,
        where=_where(actor, "Ask somebody to keep copies"),
        submit="Ask them",
        cancel=reverse("keepers", args=[id]),
    )


@require_POST
def try_out(request: HttpRequest, id: UUID, keeper: UUID) -> HttpResponse:
    """Send the newest checkpoint now."""
    found = services.try_keeper(by=open_partnership(person_of(request), id), keeper=keeper)
    words = f"A checkpoint goes to {found.name} within a minute. What comes of it stands below."
    return done(request, words, "keepers", id)


def remove(request: HttpRequest, id: UUID, keeper: UUID) -> HttpResponse:
    """Send somebody no more."""
    actor = open_partnership(person_of(request), id)
    require_convenor(actor)
    found = keeping.find_keeper(actor.log, keeper)

    def do(data: dict[str, Any]) -> HttpResponse:
        services.remove_keeper(by=actor, keeper=keeper)
        return done(request, f"Nothing more is sent to {found.name}. The address is forgotten.", "keepers", id)

    return handle(
        request,
        NothingForm(sent(request)),
        do,
        title=f"Send {found.name} no more",
        sentence="What they have kept stays theirs, and can be held against the record at any time. "
        "That you ended it stands in the record.",
        actor=actor,
        where=_where(actor, f"Send {found.name} no more"),
        submit="Send no more",
        cancel=reverse("keepers", args=[id]),
    )


def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Somebody who was asked says yes: the link is all it takes."""
    found = keeping.asked_by(link)
    if found.confirmed_at is not None and request.method != "POST":
        return show(request, "pages/said.html", title="You said yes", sentence=_yes(found.mail))

    def do(data: dict[str, Any]) -> HttpResponse:
        return show(request, "pages/said.html", title="Thank you", sentence=_yes(keeping.confirm(link).mail))

    sentence = (
        f"{found.name} is asked to keep signed checkpoints of the record {record.origin(found.log_id)}. Whoever keeps one can "
        "show that nothing in it was changed later. "
        + ("One mail a day at most." if found.mail else "One message by POST whenever the record has grown.")
    )
    return handle(
        request,
        NothingForm(sent(request)),
        do,
        title="Keep copies of a record?",
        sentence=sentence,
        submit="Yes",
        cancel="",
    )


def hold(request: HttpRequest, log: UUID) -> HttpResponse:
    """Hold a checkpoint that somebody kept against the record. Who it is from, its signatures say."""
    if not Log.objects.filter(id=log).exists():
        raise NotFound("record.unknown", "There is no such record.")

    def do(data: dict[str, Any]) -> HttpResponse:
        new = witnessing.accept(log, data["note"].replace("\r\n", "\n").strip("\n") + "\n")
        more = f" {len(new)} new signatures of witnesses were kept with it." if new else ""
        words = f"The record continues what your checkpoint holds; nothing in it was changed or taken out.{more}"
        return show(request, "pages/said.html", title="It belongs to this record", sentence=words)

    return handle(
        request,
        HoldForm(sent(request)),
        do,
        title="Hold a checkpoint against the record",
        sentence=f"The record is {record.origin(log)}. If it shows another history than your checkpoint, the alarm is raised at "
        "once, in the record itself, where nobody can take it back.",
        submit="Hold it against the record",
        cancel="",
    )


def _where(actor: Actor, last: str) -> list[Step]:
    return [
        *links_to(actor),
        Step("Record", reverse("record", args=[actor.partnership.id])),
        Step(last),
    ]


def _yes(mail: str) -> str:
    how = "by mail, at most once a day" if mail else "whenever the record has grown"
    return f"Checkpoints come {how}. Keep them where nobody from the partnership can change them."
