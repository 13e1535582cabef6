"""Who comes in by a socket: by the page's session cookie, or with a token in a header or a subprotocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from apps.accounts.models import Person
from apps.accounts.selectors import person_by_token
from apps.common.errors import NotSignedIn
from apps.deliberation.presenting import Audience, audience_of
from apps.deliberation.selectors import open_round_for
from apps.partnerships.actors import Actor

TOKEN_PROTOCOL = "bearer."  # noqa: S105 (a prefix)


@dataclass(frozen=True)
class Credentials:
    """What a socket brought: a program's token, or the key of a session; both empty for somebody not signed in."""

    token: str = ""
    session: str = ""


@dataclass(frozen=True)
class Entered:
    """Somebody who may be in a room, as what."""

    actor: Actor
    audience: Audience


def credentials_of(headers: Mapping[bytes, bytes], subprotocols: list[str]) -> Credentials:
    """A token counts before a cookie: who sends one means it."""
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer":
        return Credentials(token=token.strip())
    for offered in subprotocols:
        if offered.startswith(TOKEN_PROTOCOL):
            return Credentials(token=offered.removeprefix(TOKEN_PROTOCOL))
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    return Credentials(session=cookies.get(settings.SESSION_COOKIE_NAME, ""))


def is_from_here(headers: Mapping[bytes, bytes]) -> bool:
    """Whether the page that opens the socket is one of ours. Programs send no Origin; browsers always do."""
    host = headers.get(b"host", b"").decode("latin-1").lower()
    origin = headers.get(b"origin", b"").decode("latin-1").lower()
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    return not origin or urlsplit(origin).netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS


def enter(credentials: Credentials, round: UUID, *, signed_in: bool = False) -> Entered:
    """Let somebody into the room of a round. Reads the database.

    Raises `NotSignedIn` for a token that is not valid (and, with `signed_in`, for a session that no longer is), `NotFound`
    for a round that does not exist or is not for this person.
    """
    person = _person(credentials)
    if person is None and signed_in:
        raise NotSignedIn("person.signed_out", "You are not signed in any more. Sign in again to go on.")
    actor, _ = open_round_for(person, round)
    return Entered(actor, audience_of(actor))


def _person(credentials: Credentials) -> Person | None:
    if credentials.token:
        person = person_by_token(credentials.token)
        if person is None:
            raise NotSignedIn("token.unknown", "This token is not known or has ended. Make a new one.")
        return person
    if not credentials.session:
        return None
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore(credentials.session)
    found = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    return found if isinstance(found, Person) else None
