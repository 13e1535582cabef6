"""Requests, periods and exemptions in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.common import clock
from apps.pages.present.words import day, number_of
from apps.pages.shown import Fact
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.protection.domain.grounds import ERASURE, EXEMPTION, REFUSAL, RULES
from apps.protection.models import ErasureRequest, Exemption
from apps.protection.selectors import requests, retention
from apps.record.domain.kinds import kinds

SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """A request, as a list shows it."""

    url: str
    who: str
    asked: str
    state: str
    state_words: str
    due: str


@dataclass(frozen=True)
class Period:
    """How long words of one kind are kept."""

    kind: str
    title: str
    kept: str
    url: str


@dataclass(frozen=True)
class Marked:
    """Words that answers to the public leave out."""

    text: str
    words: str
    why: str
    lift_url: str


def asked_here(actor: Actor) -> list[Asked]:
    """The requests this viewer may see, open ones first."""
    found = sorted(requests(actor)[:SHOWN], key=lambda request: request.state != "open")
    return [_asked(request) for request in found]


def facts_of(request: ErasureRequest) -> list[Fact]:
    """One request with its answer."""
    facts = [Fact("Asked", day(request.asked_at)), Fact("By", _who(request))]
    if request.words is not None:
        facts.append(Fact("In their words", request.words.body or "(removed)"))
    if request.state == "open":
        return [*facts, Fact("To be answered by", f"{day(request.due_on)} (GDPR Art. 12(3))")]
    ground = (ERASURE if request.state == "erased" else REFUSAL)[request.ground]
    facts += [
        Fact("Answer", f"{'Erased' if request.state == 'erased' else 'Refused'}, {day(request.decided_at)}"),
        Fact("Because", f"{ground.words} ({ground.article})"),
        Fact("Rule", RULES[request.rule]),
    ]
    return [*facts, Fact("Reason", request.reason.body or "")] if request.reason else facts


def periods(partnership: Partnership) -> list[Period]:
    """How long each kind of words is kept. Acts of office stay."""
    own = retention(partnership)
    return [
        Period(
            kind=kind.name,
            title=kind.title,
            kept=_kept(own[kind.name]) if kind.name in own else "with the act of office they belong to",
            url=reverse("period", args=[partnership.id, kind.name]) if kind.name in own else "",
        )
        for kind in kinds()
    ]


def marked_in(partnership: Partnership) -> Sequence[Marked]:
    """What is marked as exempt."""
    found = Exemption.objects.select_related("text").filter(partnership=partnership).order_by("-seq")[:SHOWN]
    return [
        Marked(
            text=str(one.text_id),
            words=(one.text.body or "(removed)")[:300],
            why=f"{EXEMPTION[one.ground].words} ({EXEMPTION[one.ground].article})",
            lift_url=reverse("lift_exemption", args=[partnership.id, one.text_id]),
        )
        for one in found
    ]


def _asked(request: ErasureRequest) -> Asked:
    today = request.partnership.today(clock.now())
    left = (request.due_on - today).days
    states = {"open": ("open", "Waits"), "erased": ("agreed", "Erased"), "refused": ("contested", "Refused")}
    state, words = states[request.state]
    due = f"{number_of(left, 'day')} left" if left >= 0 else f"late by {number_of(-left, 'day')}"
    if request.state == "open" and left < 0:
        state = "danger"
    return Asked(
        url=reverse("erasure", args=[request.id]),
        who=_who(request),
        asked=day(request.asked_at),
        state=state,
        state_words=words,
        due=due if request.state == "open" else "",
    )


def _who(request: ErasureRequest) -> str:
    return str(request.person) if request.person else "somebody who has been erased"


def _kept(years: int | None) -> str:
    return number_of(years, "year") if years else "as long as the record"
