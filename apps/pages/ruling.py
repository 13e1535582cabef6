"""Decision rules: choosing one, reading it in numbers of people before it is registered, and reading it afterwards."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.consensus import parse_rule
from apps.deliberation.selectors import rules
from apps.deliberation.services import register_rule
from apps.frameworks.selectors import open_framework
from apps.pages.forms.framework import RuleForm
from apps.pages.present.rounds import explained, rule_words
from apps.pages.present.words import moment
from apps.pages.web import done, handle, path_to, person_of, sent, show
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import deciding_groups


def new_rule(request: HttpRequest, id: UUID) -> HttpResponse:
    """Register a rule; "look" shows it in numbers of people first."""
    actor, framework = open_framework(person_of(request), id)
    require_convenor(actor)
    form = RuleForm(sent(request), deciding=[group.key for group in deciding_groups(actor.partnership)])
    page: dict[str, Any] = {
        "title": "Register a decision rule",
        "sentence": "A rule is registered before any round that uses it. From then on it has a fingerprint and cannot be edited.",
        "actor": actor,
        "framework": framework,
        "where": path_to(actor, framework, None, "Register a decision rule"),
        "cancel": reverse("framework", args=[id]),
        "template": "pages/new_rule.html",
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        if request.POST.get("step") == "look":
            per_group, together = explained(actor.partnership, parse_rule(data["document"]))
            return show(request, page.pop("template"), form=form, per_group=per_group, together=together, **page)
        made = register_rule(by=actor, framework=framework, title=data["title"], document=data["document"])
        return done(request, f"“{made.title}” is registered.", "rule", id, made.id)

    return handle(request, form, do, **page)


def rule(request: HttpRequest, id: UUID, rule: UUID) -> HttpResponse:
    """One registered rule in words, and as the document that was hashed."""
    actor, framework = open_framework(person_of(request), id)
    found = rules(framework).filter(id=rule).first()
    if found is None:
        raise NotFound("rule.unknown", "There is no such rule in this framework.")
    per_group, together = rule_words(actor.partnership, found)
    return show(
        request,
        "pages/rule.html",
        title=found.title,
        sentence=f"A decision rule, registered on {moment(found.registered_at)}. It cannot be edited, only succeeded by another.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, found.title),
        rule=found,
        per_group=per_group,
        together=together,
        document=json.dumps(found.document, indent=2, ensure_ascii=False),
        entry_url=reverse("entry", args=[actor.partnership.id, found.seq]),
    )
