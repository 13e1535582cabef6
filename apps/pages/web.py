"""What every view does: who asks, where am I, show the page, turn a refusal into words."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts.models import Person
from apps.common.errors import NotFound, NotSignedIn, Refusal
from apps.frameworks.models import Element, Framework
from apps.pages.shown import Step
from apps.partnerships.actors import Actor

View = Callable[..., HttpResponse]
TITLES = {
    400: "That could not be read",
    401: "Sign in first",
    403: "Not yours to do",
    404: "Nothing here for you",
    409: "Things have moved on",
    422: "That cannot be done as it is",
    429: "Too often",
}


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in; nobody is None."""
    return request.user if isinstance(request.user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in; nobody is sent to sign in."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    return person


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form gets: what was sent, however little, or nothing where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    sentence: str = "",
    actor: Actor | None = None,
    framework: Framework | None = None,
    where: Sequence[Step] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A page. In a partnership it says who one is there, leads to its main pages, and names a demonstration as such."""
    context: dict[str, Any] = {
        "title": title,
        "sentence": sentence,
        "where": list(where),
        "actor": actor,
        "framework": framework,
    }
    if actor is not None:
        context |= _in_partnership(actor, framework)
    return render(request, template, context | more, status=status)


def links_to(actor: Actor, framework: Framework | None = None, element: Element | None = None) -> list[Step]:
    """Partnership > framework > element, each a link."""
    steps = [Step(actor.partnership.name, reverse("partnership", args=[actor.partnership.id]))]
    if framework is not None:
        steps.append(Step(framework.title, reverse("framework", args=[framework.id])))
    if element is not None:
        steps.append(Step(f"{element.code} {element.title}", reverse("element", args=[element.id])))
    return steps


def path_to(actor: Actor, framework: Framework | None = None, element: Element | None = None, *last: str) -> list[Step]:
    """Where am I: partnership > framework > element > the page itself, which has no link."""
    *above, here = [*links_to(actor, framework, element), *(Step(label) for label in last)]
    return [*above, Step(here.label)]


def handle(request: HttpRequest, form: Form, do: Callable[[dict[str, Any]], HttpResponse], **page: Any) -> HttpResponse:
    """A page with one form: run `do` with what was sent, or show the form, with what is to be put right."""
    if request.method == "POST":
        answer = attempt(form, do)
        if answer is not None:
            return answer
        page["status"] = getattr(form, "status", 422)
    return show(request, page.pop("template", "pages/form.html"), form=form, **page)


def attempt(form: Form, do: Callable[[dict[str, Any]], HttpResponse]) -> HttpResponse | None:
    """Run `do` with the form's values. None: something is wrong, and the form now says what."""
    if not form.is_valid():
        return None
    try:
        return do(form.cleaned_data)
    except (NotFound, NotSignedIn):
        raise
    except Refusal as refusal:
        blame(form, refusal)
        return None


def blame(form: Form, refusal: Refusal) -> None:
    """Write a refusal into a form: the sentence above all fields, and what is wrong at each field it names."""
    form.status = refusal.status  # type: ignore[attr-defined]
    form.add_error(None, refusal.message)
    for key, why in refusal.fields.items():
        name = _field_for(form, key)
        if name:
            form.add_error(name, f"{why[:1].upper()}{why[1:]}.")


def done(request: HttpRequest, words: str, name: str, *args: Any, part: str = "") -> HttpResponseRedirect:
    """It is done: say so on the page one is sent to."""
    messages.success(request, words)
    return redirect(reverse(name, args=args) + (f"#{part}" if part else ""))


def answered(view: View) -> View:
    """Let a refusal in a view become a page that says why; who must sign in is sent there and back."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotSignedIn:
            return redirect_to_login(_back(request))
        except Refusal as refusal:
            return refused(request, refusal)

    return inner


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says in the user's words why not, and where to go from here."""
    title = TITLES.get(refusal.status, TITLES[400])
    faults = [Step(f"{name}: {why}") for name, why in refusal.fields.items()]
    context: Mapping[str, Any] = {"title": title, "sentence": refusal.message, "faults": faults, "back": _back(request)}
    return render(request, "pages/refused.html", dict(context), status=refusal.status)


def _in_partnership(actor: Actor, framework: Framework | None) -> dict[str, Any]:
    nav = [
        Step("Home", reverse("home")),
        Step(actor.partnership.name, reverse("partnership", args=[actor.partnership.id])),
    ]
    if framework is not None:
        nav.append(Step("Framework", reverse("framework", args=[framework.id])))
        nav.append(Step("The picture", reverse("matrix", args=[framework.id])))
    nav.append(Step("Record", reverse("record", args=[actor.partnership.id])))
    nav.append(Step("Search", reverse("search")))
    return {"nav": nav, "demo": actor.partnership.log.demo, "who": _name_here(actor)}


def _name_here(actor: Actor) -> str:
    if actor.person is None:
        return ""
    parts = [str(actor.person)]
    if actor.seat is not None:
        parts.append(actor.seat.group.name)
    parts += [name for name in ("convenor", "auditor") if name in actor.roles]
    return ", ".join(parts)


def _field_for(form: Form, key: str) -> str:
    """The form's field a refusal means: of the same name, or the first part of a value with several parts."""
    if key in form.fields:
        return key
    return next((name for name in form.fields if name.startswith(f"{key}__")), "")


def _back(request: HttpRequest) -> str:
    """The page one came from, where this address cannot be opened by itself."""
    if request.method == "GET":
        return request.get_full_path()
    before = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return str(urlsplit(before).path)
    return "/"
