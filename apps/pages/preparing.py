"""Preparing a round: what is voted on, by which rule, until when. Under a rule that chooses, what its alternatives stand for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.consensus import parse_rule
from apps.deliberation.models import RegisteredRule
from apps.deliberation.selectors import rules
from apps.deliberation.services import draft_round
from apps.frameworks.selectors import open_framework
from apps.pages.forms.round import KEEP, STANDS, RoundForm
from apps.pages.present.items import heading, newest
from apps.pages.shown import Step
from apps.pages.web import done, handle, path_to, person_of, show
from apps.partnerships.rules import require_convenor
from apps.proposals.models import Proposal
from apps.proposals.selectors import proposals

PROPOSALS_SHOWN = 200
RULES_SHOWN = 100
SENTENCE = (
    "In a round every seat of the deciding groups votes on the same texts, under a rule that everybody has seen before."
)
CHOOSING = (
    "This rule chooses one answer among several: say what each of its names stands for. All must be about the same text, "
    "or each add something new."
)


def draft(request: HttpRequest, id: UUID) -> HttpResponse:
    """Prepare a round."""
    actor, framework = open_framework(person_of(request), id)
    require_convenor(actor)
    tabled = {str(proposal.id): proposal for proposal in proposals(framework, state="tabled")[:PROPOSALS_SHOWN]}
    known = {str(rule.id): rule for rule in rules(framework)[:RULES_SHOWN]}
    names = _names(known.get(request.POST.get("rule") or request.GET.get("rule", "")))
    form = _form(request, known, tabled, names)
    page: dict[str, Any] = {
        "title": "Prepare a round",
        "sentence": CHOOSING if names else SENTENCE,
        "actor": actor,
        "framework": framework,
        "where": path_to(actor, framework, None, "Prepare a round"),
        "errors": _missing(id, known, tabled),
        "submit": "Prepare it",
        "cancel": reverse("framework", args=[id]),
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        rule = known[data["rule"]]
        chosen = [tabled[key] for key in data.get("proposals", [])]
        questions = [{name: tabled.get(key) for name, key in form.question.items()}] if form.names else []
        more = {key: value for key, value in data.items() if key not in ("rule", "proposals") and ":" not in key}
        made = draft_round(by=actor, framework=framework, rule=rule, proposals=chosen, questions=questions, **more)
        return done(request, "The round is prepared. Nothing is fixed before you open it.", "round", made.id)

    if request.method == "POST" and not form.is_bound:
        return show(request, "pages/form.html", form=form, **page)
    return handle(request, form, do, **page)


def _form(
    request: HttpRequest, known: Mapping[str, RegisteredRule], tabled: Mapping[str, Proposal], names: tuple[str, ...]
) -> RoundForm:
    """The form as sent. A rule that chooses was picked just now: the form again, asking what its alternatives stand for."""
    texts = [(key, _words(proposal)) for key, proposal in tabled.items()]
    given: dict[str, Any] = {"rules": known.values(), "proposals": texts, "names": names}
    if request.method != "POST":
        return RoundForm(initial={"rule": request.GET.get("rule", "")}, **given)
    if not names or any(STANDS + name in request.POST for name in names):
        return RoundForm(request.POST, **given)
    ticked = [*request.POST.getlist("proposals"), KEEP]
    first = {STANDS + name: key for name, key in zip(names, ticked, strict=False)}
    return RoundForm(initial=request.POST.dict() | first, **given)


def _names(rule: RegisteredRule | None) -> tuple[str, ...]:
    return parse_rule(rule.document).alternatives if rule else ()


def _words(proposal: Proposal) -> str:
    version = newest(proposal)
    return heading(proposal, str(version.patch.get("title") or "") if version else "")


def _missing(framework: UUID, known: Mapping[str, object], tabled: Mapping[str, object]) -> list[Step]:
    missing = [] if known else [Step("Register a decision rule first.", reverse("new_rule", args=[framework]))]
    if not tabled:
        missing.append(Step("There is no proposal on the table yet.", reverse("framework", args=[framework])))
    return missing
