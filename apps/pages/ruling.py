"""Decision rules: choosing one, reading it in numbers of people before it is registered, and reading it afterwards."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.consensus import parse_rule
from apps.consensus.templates import ADVANCED, EVERYDAY, template
from apps.deliberation.selectors import rules
from apps.deliberation.services import register_rule
from apps.frameworks.selectors import open_framework
from apps.pages.forms.rule import RuleForm
from apps.pages.present.rounds import explained, rule_words
from apps.pages.present.simulations import simulation_told
from apps.pages.present.words import moment
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, path_to, person_of, sent, show
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import deciding_groups
from apps.record import selectors as record

RULES_SHOWN = 100


def all_rules(request: HttpRequest, id: UUID) -> HttpResponse:
    """The templates, the everyday ones first, and the rules that are registered here."""
    actor, framework = open_framework(person_of(request), id)
    return show(
        request,
        "pages/rules.html",
        title="How it is decided",
        sentence="A rule says, before anybody votes, what counts as agreement. Begin with one of these four.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "How it is decided"),
        everyday=EVERYDAY,
        advanced=ADVANCED,
        registered=rules(framework)[:RULES_SHOWN],
    )


def rule_template(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """One template: in numbers of people, when to use it, its weaknesses, its source."""
    actor, framework = open_framework(person_of(request), id)
    try:
        found = template(key)
    except KeyError:
        raise NotFound("template.unknown", "There is no rule of that name.") from None
    document = found.document(_deciding(actor))
    return show(
        request,
        "pages/rule_template.html",
        title=found.name,
        sentence=found.when,
        actor=actor,
        framework=framework,
        where=_below(actor, framework, id, found.name),
        chosen=found,
        **explained(actor.partnership, parse_rule(document)),
        document=json.dumps(document, indent=2),
    )


def new_rule(request: HttpRequest, id: UUID) -> HttpResponse:
    """Register a rule; "look" shows it in numbers of people first."""
    actor, framework = open_framework(person_of(request), id)
    require_convenor(actor)
    form = RuleForm(sent(request), deciding=_deciding(actor), initial=_initial(request))
    page: dict[str, Any] = {
        "title": "Register a decision rule",
        "sentence": "A rule is registered before any round that uses it. From then on it has a fingerprint and cannot be edited.",
        "actor": actor,
        "framework": framework,
        "where": _below(actor, framework, id, "Register a decision rule"),
        "cancel": reverse("rules", args=[id]),
        "template": "pages/new_rule.html",
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        if request.POST.get("step") == "look":
            words = explained(actor.partnership, parse_rule(data["document"]))
            return show(request, page.pop("template"), form=form, **words, **page)
        made = register_rule(
            by=actor, framework=framework, title=data["title"], document=data["document"], tried_on=form.tried_on()
        )
        return done(request, f"“{made.title}” is registered.", "rule", id, made.id)

    return handle(request, form, do, **page)


def rule(request: HttpRequest, id: UUID, rule: UUID) -> HttpResponse:
    """One registered rule in words, what it was tried on, and as the document that was hashed."""
    actor, framework = open_framework(person_of(request), id)
    found = rules(framework).filter(id=rule).first()
    if found is None:
        raise NotFound("rule.unknown", "There is no such rule in this framework.")
    entry = record.entry(actor.log, found.seq)
    return show(
        request,
        "pages/rule.html",
        title=found.title,
        sentence=f"A decision rule, registered on {moment(found.registered_at)}. It cannot be edited, only succeeded by another.",
        actor=actor,
        framework=framework,
        where=_below(actor, framework, id, found.title),
        rule=found,
        **rule_words(actor.partnership, found),
        tried=simulation_told(actor.partnership, entry.data.get("simulation")),
        document=json.dumps(found.document, indent=2, ensure_ascii=False),
        entry_url=reverse("entry", args=[actor.partnership.id, found.seq]),
    )


def _deciding(actor: Actor) -> list[str]:
    return [group.key for group in deciding_groups(actor.partnership)]


def _below(actor: Actor, framework: Any, id: UUID, title: str) -> list[Step]:
    return [*links_to(actor, framework), Step("How it is decided", reverse("rules", args=[id])), Step(title)]


def _initial(request: HttpRequest) -> dict[str, str]:
    """What a link or the trying-out brings along: a template, and the votes it was tried on."""
    key = request.GET.get("template", "")
    everyday = {one.key for one in EVERYDAY}
    return {"template": key} if key in everyday else {"further": key}
