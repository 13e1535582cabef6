"""What every download does: who asks, a file by its name, and a refusal in words."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path

from apps.accounts.models import Person
from apps.common.errors import NotSignedIn, Refusal

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in; nobody is None."""
    return request.user if isinstance(request.user, Person) else None


def file(body: bytes | Iterable[bytes], name: str, kind: str) -> HttpResponseBase:
    """A file to keep, under its name; `kind` is its media type. What comes in pieces is sent in pieces."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    if isinstance(body, bytes):
        return HttpResponse(body, content_type=kind, headers=headers)
    return StreamingHttpResponse(body, content_type=kind, headers=headers)


def download(address: str, view: View, name: str) -> URLPattern:
    """One address of a download; a refusal becomes a page that says why, and who must sign in is sent there and back."""
    return path(address, _answered(view), name=name)


def _answered(view: View) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotSignedIn:
            return redirect_to_login(request.get_full_path())
        except Refusal as refusal:
            words = {"title": "That cannot be taken away", "sentence": refusal.message, "back": "/"}
            return render(request, "pages/refused.html", words, status=refusal.status)

    return inner
