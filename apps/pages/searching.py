"""Search over everything one may see."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.searching import LONGEST, Found, pieces, search
from apps.pages.forms.base import PlainForm
from apps.pages.present.words import KINDS, capital, number_of
from apps.pages.web import attempt, person_of, show

WHAT = {
    "proposal": "Proposal",
    "offer": "Change offered to a proposal",
    "comment": "Comment on a proposal",
    "element_comment": "Comment",
    "round": "Round",
}
ADDRESSES = {
    "element": ("element", ""),
    "element_comment": ("element", "#comments"),
    "proposal": ("proposal", ""),
    "offer": ("proposal", "#offers"),
    "comment": ("proposal", "#comments"),
    "round": ("round", ""),
}


class SearchForm(PlainForm):
    """What to look for."""

    q = forms.CharField(
        label="Words",
        max_length=LONGEST,
        help_text="In measures, outcomes, suggestions, changes offered, comments and rounds. Beginnings of words are enough.",
        widget=forms.TextInput(attrs={"type": "search"}),
    )


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    title: str
    url: str
    where: str
    passage: list[tuple[bool, str]]


def find(request: HttpRequest) -> HttpResponse:
    """Look for words in everything one may see."""
    asked = "q" in request.GET
    form = SearchForm(request.GET if asked else None)
    hits: list[Hit] = []

    def do(data: dict[str, Any]) -> HttpResponse:
        hits.extend(_hit(found) for found in search(person_of(request), data["q"]))
        return HttpResponse()

    answered = asked and attempt(form, do) is not None
    sentence = f"{capital(number_of(len(hits), 'thing'))} found, the closest first." if answered else ""
    return show(
        request,
        "pages/search.html",
        title="Search",
        sentence=sentence or "In everything you may read here.",
        form=form,
        hits=hits,
        answered=answered,
        status=422 if asked and not answered else 200,
    )


def _hit(found: Found) -> Hit:
    name, part = ADDRESSES[found.what]
    kind = WHAT.get(found.what) or capital(KINDS.get(found.kind, found.kind))
    title = f"{kind}: {found.code} {found.title}".strip().removesuffix(":")
    return Hit(title, reverse(name, args=[found.id]) + part, found.framework_title, list(pieces(found.passage)))
