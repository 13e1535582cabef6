"""One field of an element, and all fields of a framework at a glance: what stands, who set it, who wants it otherwise."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.deliberation.standing import standings_from, standings_of, wished
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.selectors import elements, open_element, open_framework
from apps.pages.present.comments import on_element
from apps.pages.present.concessions import move_lines, range_table
from apps.pages.present.dissent import reserve_url
from apps.pages.present.elements import told_of
from apps.pages.present.fields import STATES, field_words, history, marks_of, wish_cards, words_of
from apps.pages.present.values import names_from, naming
from apps.pages.present.words import number_of
from apps.pages.shown import PARTS, Step
from apps.pages.web import links_to, path_to, person_of, show
from apps.partnerships.selectors import group_names
from apps.proposals.ledger import ledger, ranges, subjects_of
from apps.proposals.services.ranges import NUMERIC

AT_ONCE = 100


def field(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """One field."""
    actor, framework, found = open_element(person_of(request), id)
    known = next((one for one in fields_of(found.kind) if one.key == key), None)
    if known is None:
        raise NotFound("element.unknown_field", f"No {found.kind} has this field.")
    told, (titled, groups, *wishes) = told_of(framework, found, *naming(framework), *wished(framework, [id]))
    names = names_from(framework, titled, groups)
    standing = standings_from([found], told.states.values(), *wishes)[found.id][key]
    value = field_words(known, found, names)
    unit = str(found.fields.get("unit") or "")
    set_by = told.decision(standing.seq) if standing.seq is not None else None
    moves = [move for move in ledger(framework, element=id) if move.field == key]
    speaks = actor.is_convenor or actor.seat is not None
    return show(
        request,
        "pages/field.html",
        title=known.label,
        kicker=f"{found.code} {found.title}",
        sentence=value or "Nobody has said yet.",
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework, found), Step(known.label)],
        element=found,
        field=known,
        standing=standing,
        state_words=words_of(standing, names.groups),
        wishes=wish_cards(found, key, standing.wishes, names),
        ranges=range_table(ranges(framework, id, key), unit, names.groups) if known.kind in NUMERIC else None,
        moves=move_lines(moves, subjects_of(moves), names, unit),
        lines=history(found, known, told, names),
        comments=on_element(actor, found, field=key),
        comment_url=f"{reverse('comment_element', args=[id])}?field={key}" if speaks else "",
        reserve_url=reserve_url(actor, set_by.id) if set_by and standing.set_as else "",
        may_speak=speaks and not (actor.seat is not None and actor.seat.group.kind == "observer"),
    )


def fields(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where every part of every element of a framework stands."""
    actor, framework = open_framework(person_of(request), id)
    wanted = request.GET.get("kind", "measure")
    start = max(0, int(request.GET.get("from", "0")) if request.GET.get("from", "0").isdigit() else 0)
    found = list(elements(framework, kind=wanted).order_by("code")[start : start + AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    standings = standings_of(framework, found)
    groups = group_names(framework.partnership)
    counts = dict.fromkeys(STATES, 0)
    for standing in (one for each in standings.values() for one in each.values()):
        counts[standing.state] += 1
    here = reverse("fields", args=[id])
    return show(
        request,
        "pages/fields.html",
        title="What is agreed, what is not",
        sentence="Every field of every measure: agreed, wanted otherwise, set by one party, or open.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "What is agreed, what is not"),
        parts=list(PARTS.values()),
        rows=[(element, marks_of(element, standings[element.id], groups)) for element in found],
        counts=[(state, number_of(count, "field"), STATES[state]) for state, count in counts.items()],
        next=f"{here}?kind={wanted}&from={start + AT_ONCE}" if more else "",
    )
