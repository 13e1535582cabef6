"""A round: what exactly is voted on, by which rule, one's own vote, who has voted, what came out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import Invalid, NotFound, Refusal
from apps.consensus import ballot_form, parse_rule
from apps.deliberation.models import Round
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services import Cast, cast_one, give_reason
from apps.deliberation.services.reasons import clean_reason
from apps.pages.forms.ballot import Filled, choice_of, sent_in
from apps.pages.present.coming import coming_shown
from apps.pages.present.interests import interests_shown
from apps.pages.present.papers import papers_shown
from apps.pages.present.reaffirming import votes_before
from apps.pages.present.room import Room
from apps.pages.present.rounds import rule_words
from apps.pages.present.secrecy import LEVELS
from apps.pages.present.sitting import in_sittings
from apps.pages.present.steering import steering
from apps.pages.present.words import PHASES, ROUND_STATES, capital, day, moment, number_of, of
from apps.pages.shown import Step
from apps.pages.web import path_to, person_of, show, signed_in
from apps.partnerships.actors import Actor


def round(request: HttpRequest, id: UUID) -> HttpResponse:
    """One round; voting by form comes here too."""
    if request.method == "POST":
        return vote(request, id)
    actor, found = open_round_for(person_of(request), id)
    return _page(request, actor, found)


def vote(request: HttpRequest, id: UUID) -> HttpResponse:
    """Record a vote sent by form, and say where its receipt is."""
    person = signed_in(request)
    actor, found = open_round_for(person, id)
    form = ballot_form(parse_rule(found.rule.document))
    filled = sent_in(form, request.POST)
    try:
        item, key = _sent(request)
        choice, why = choice_of(form, filled), clean_reason(filled.why)
        receipt = cast_one(Cast(person, found.id, item, choice, key))
        give_reason(by=actor, round=found, item=item, words=why)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, actor, found, refusal, filled)
    words = f"Your vote is recorded as entry {receipt.seq}."
    again = (
        f" You can change it until {moment(found.closes_at)}."
        if found.closes_at
        else " You can change it until the round closes."
    )
    messages.success(request, words + again)
    few_at_a_time = in_sittings(parse_rule(found.rule.document), found.items.count())
    return redirect(reverse("round", args=[id]) + ("#sitting" if few_at_a_time else f"#ballot-{item}"))


def _page(
    request: HttpRequest, actor: Actor, found: Round, refusal: Refusal | None = None, filled: Filled | None = None
) -> HttpResponse:
    item = _uuid(request.POST.get("item", ""))
    room = Room(actor, found, {item: filled} if item and filled else {})
    props = room.props()
    state, state_words = ROUND_STATES[found.state]
    return show(
        request,
        "pages/round.html",
        title=found.title,
        sentence=_sentence(actor, found, room),
        actor=actor,
        framework=found.framework,
        where=path_to(actor, found.framework, None, found.title),
        kicker="Poll: it decides nothing" if found.advisory else "Round",
        round=found,
        room=room,
        votes=found.state == "open" and room.may_vote,
        props=props,
        voice=room.speaking,
        state=state,
        state_words=state_words,
        **rule_words(actor.partnership, found.rule),
        secrecy=LEVELS[found.secrecy],
        levels=LEVELS.values(),
        steering=steering(actor, found),
        interests=interests_shown(actor, found),
        papers=papers_shown(actor, found),
        coming=coming_shown(actor, found),
        before=votes_before(room),
        may_declare=room.may_vote and found.opened_seq is None,
        errors=[Step(refusal.message, f"#ballot-{item}" if item else "")] if refusal else [],
        status=refusal.status if refusal else 200,
    )


def _sentence(actor: Actor, found: Round, room: Room) -> str:
    """What this round is, and what it asks of whoever reads."""
    questions = capital(number_of(len(room.items), "question"))
    if found.state == "open" and room.may_vote and actor.seat is not None:
        others = next((part.entitled - 1 for part in room.seats if part.group == actor.seat.group.key), 0)
        company = f", with {number_of(others, 'other')}" if others > 0 else ""
        return f"{questions}. Your answer counts as {of(actor.seat.group.name)}{company}. {_until(found)}"
    words = {
        "draft": "It is being prepared; nothing is fixed yet.",
        "announced": f"It begins {moment(found.starts_at)}." if found.starts_at else "It is announced.",
        "talking": f"{PHASES.get(found.phase, '')} The vote comes later.",
        "open": _until(found),
        "closed": "Closed. The votes are being counted.",
    }
    return f"{questions}. {words.get(found.state, f'Closed on {day(found.closed_at)} and counted.')}"


def _until(found: Round) -> str:
    return f"Open until {moment(found.closes_at)}." if found.closes_at else "Open until the convenor closes it."


def _sent(request: HttpRequest) -> tuple[UUID, UUID]:
    """Item and key of a ballot form."""
    item, key = _uuid(request.POST.get("item", "")), _uuid(request.POST.get("key", ""))
    if item is None or key is None:
        raise Invalid("ballot.malformed", "This vote could not be read. Choose again and send it.")
    return item, key


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
