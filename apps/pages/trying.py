"""Trying a rule before it is registered: on votes that have been counted, with groups or seats left out, or on imagined ones."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.consensus import parse_rule
from apps.consensus.simulator import write_counts
from apps.consensus.templates import EVERYDAY
from apps.deliberation.models import Interest, Round
from apps.deliberation.selectors import rules
from apps.deliberation.simulating import Votes, counted_item, counted_items, counts_of, declared_in, try_rule
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.pages.forms.rule import COUNTS, RuleForm, TryForm, votes_to
from apps.pages.present.rounds import explained
from apps.pages.present.simulations import items_to_try, simulated
from apps.pages.shown import Step
from apps.pages.web import handle, links_to, person_of, sent, show
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import deciding_groups

RULES_SHOWN = ITEMS_SHOWN = 50


def try_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a rule would make of votes, and what would be read afterwards. Nothing is decided or recorded by trying."""
    actor, framework = open_framework(person_of(request), id)
    require_member(actor)
    form = _form(request, actor, framework)
    page: dict[str, Any] = {
        "title": "Try a rule",
        "sentence": "See what a rule would make of votes before anybody is bound by it. Nothing is decided by trying.",
        "actor": actor,
        "framework": framework,
        "where": [
            *links_to(actor, framework),
            Step("How it is decided", reverse("rules", args=[id])),
            Step("Try a rule"),
        ],
        "template": "pages/try_rule.html",
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        rule, votes = parse_rule(data["document"]), form.votes()
        tried = try_rule(actor, framework, rule, votes)
        item = counted_item(actor, framework, votes.item) if votes.item else None
        return show(
            request,
            page.pop("template"),
            form=form,
            tried=simulated(framework, tried, item),
            register=_register(actor, form, votes) if actor.is_convenor else None,
            **explained(actor.partnership, rule),
            **page,
        )

    return handle(request, form, do, **page)


def _form(request: HttpRequest, actor: Actor, framework: Framework) -> TryForm:
    items, declared = counted_items(framework)[:ITEMS_SHOWN], _declared(request, framework)
    return TryForm(
        sent(request),
        declared=declared.items(),
        initial={"declared": list(declared)} | _initial(request, actor, framework),
        deciding=[group.key for group in deciding_groups(actor.partnership)],
        groups={group.key: group.name for group in deciding_groups(actor.partnership)},
        items=items_to_try(items),
        registered={str(rule.id): rule for rule in rules(framework)[:RULES_SHOWN]},
    )


def _declared(request: HttpRequest, framework: Framework) -> dict[str, str]:
    """The seats that declared an interest in the round a link brings along, by label."""
    found = _round(request, framework)
    return {one.seat.label: f"{one.seat.group.name}, seat {one.seat.label}" for one in found[1]} if found else {}


def _round(request: HttpRequest, framework: Framework) -> tuple[Round, list[Interest]] | None:
    try:
        return declared_in(framework, UUID(request.GET.get("round", "")))
    except ValueError:
        return None


def _initial(request: HttpRequest, actor: Actor, framework: Framework) -> dict[str, str]:
    """What a link brings along: a rule, and the votes of a counted line as numbers to change."""
    key, wanted = request.GET.get("template", ""), request.GET.get("item", "")
    picked = {"template" if key in {one.key for one in EVERYDAY} else "further": key}
    if found := _round(request, framework):
        picked = {"further": str(found[0].rule_id)}
    if not wanted:
        return picked
    try:
        item = counted_item(actor, framework, UUID(wanted))
    except ValueError:
        return picked
    counts = {COUNTS + group: write_counts(choices) for group, choices in counts_of(item).items()}
    return picked | {"item": wanted} | (counts if request.GET.get("change") else {})


def _register(actor: Actor, form: TryForm, votes: Votes) -> RuleForm:
    """The form that registers what has just been tried, with what it was tried on."""
    data = form.cleaned_data
    given = {name: data.get(name, "") for name in ("template", "further")}
    typed = {"document": form.data.get("document", ""), "tried": votes_to(votes), "keep": True}
    return RuleForm(initial=given | typed, deciding=form.deciding)
