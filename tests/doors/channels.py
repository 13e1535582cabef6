"""Every channel by which something of a round can be read: each address that answers a GET, the frames of the live room, mail.

Addresses are taken from the application itself, so a page that is added tomorrow is tried tomorrow. What stands for each part of
an address is said in `known`; a part that is neither there nor in `ELSEWHERE` makes the test say so.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from http import HTTPStatus
from itertools import product
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.models import ApiToken
from apps.deliberation.models import Decision
from apps.deliberation.presenting import audience_of, encode
from apps.live.news import read_news, read_on
from apps.partnerships.actors import actor_in, pseudonym
from apps.record.act import platform_log
from apps.record.selectors import size
from tests.doors.worlds import Place
from tests.people import Lismorrow

VIEWERS = {
    "the public": "",
    "a stranger with an account": "stan",
    "a member": "ify",
    "a member of another group": "samira",
    "a team manager": "ruth",
    "the facilitator": "orla",
    "an auditor": "tomasz",
}
FRAMES, MAIL = "frames of the live room", "mail"
ELSEWHERE = {
    "token", "tokens", "outbox", "cases", "idea", "accounts", "health", "join", "needs", "reservations", "commitments",
    "ratifications", "drafts", "comments", "challenges", "pulses", "packages", "offers", "objections", "erasures", "texts",
    "import", "templates", "members", "interests", "checkpoint", "messages", "mandates", "periods", "words", "keepers", "r",
}  # fmt: skip
"""What else an address can name: nothing of a round stands there."""
QUERIES = {
    "search/": ("?q=against", "?q=Quokkas"),
    "api/search/": ("?q=against", "?q=Quokkas"),
    "partnerships/<uuid:id>/record/": ("", "?words=against", "?topic=decisions"),
    "frameworks/<uuid:id>/rules/try/": ("", "?item={item}&change=1"),
    "frameworks/<uuid:id>/contributions/": ("?whose=all",),
    "rounds/<uuid:id>/paper/": ("", "?seat={seat}&item={item}"),
    "api/rounds/<uuid:round>/changes/": ("?from=0",),
    "api/partnerships/<uuid:partnership>/record/changes/": ("?from=0",),
    "api/partnerships/<uuid:partnership>/record/consistency/": ("?from=1",),
    "api/elements/<uuid:element>/ranges/": ("?field=target",),
}
"""What is asked of an address, where asking nothing is not enough."""
STATIC = {"api/schema/", "api/docs/", "idea/scoring-rule.json"}
DOSSIER = "dossiers/<str:kind>/<uuid:id>/"
TABLE = re.compile(r"\b[a-z]+_[a-z_]+\b")


class Unknown(Exception):
    """An address with a part of which nobody has said what it stands for."""


def addresses(here: Place) -> list[str]:
    """Every address of the application, with what is there in this place."""
    parts = known(here)
    return [address for route in _routes() for address in _filled(route, parts)]


def known(here: Place) -> dict[str, Sequence[object]]:
    """What the parts of an address stand for: by the word that goes before each."""
    item, jamie, ends = here.round.items.get(), here.lismorrow.jamie.require_seat(), size(here.lismorrow.log)
    ballot = here.now.opened_seq or 0
    numbers = [ballot + 1, ends - 1]
    return {
        "partnerships": [here.lismorrow.partnership.id],
        "frameworks": [here.lismorrow.framework.id],
        "elements": [here.element.id],
        "proposals": [here.proposal.id],
        "rounds": [here.round.id],
        "rules": [here.round.rule_id],
        "decisions": [Decision.objects.earliest("seq").id],
        "seats": [jamie.id],
        "groups": ["U"],
        "roles": ["convenor"],
        "log": [here.lismorrow.log],
        "record": numbers,
        "entries": numbers,
        "entry": [ballot + 1],
        "proof": [ends - 1],
        "consistency": [1],
        "editions": [1],
        "propose": ["measure"],
        "fields": ["population"],
        "talks": [ballot],
        "paper": [item.id],
        "papers": [item.id],
        "record.": ["jsonl", "csv"],
        "format": ["csv"],
        "item": [item.id],
        "seat": [jamie.id],
        "new": [ends],
        "measure": [here.element.id],
        "round": [here.round.id],
    }


class Viewer:
    """Somebody who looks, signed in and with a token, or nobody."""

    def __init__(self, lismorrow: Lismorrow, name: str) -> None:
        self.person = lismorrow.people[name.capitalize()] if name else None
        self.actor = actor_in(lismorrow.partnership, self.person)
        self.client = Client()
        self.posts: set[str] = set()
        if self.actor.is_member:
            assert self.actor.by  # the log has a name for everybody who looks, also for who has done nothing yet
        if self.person:
            pseudonym(platform_log().id, self.person)  # and so has the log of the host
            self.client.force_login(self.person, backend=settings.AUTHENTICATION_BACKENDS[0])
            self.token = {"Authorization": f"Bearer {ApiToken.make(self.person, 'a test')}"}
        else:
            self.token = {}

    def read(self, address: str) -> bytes:
        """What stands at an address for this viewer; nothing where there are only things to do."""
        if address in self.posts:
            return b""
        answer: Any = self.client.get(address, headers=self.token if address.startswith("/api/") else {})
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.posts.add(address)
        return _plain(b"".join(answer.streaming_content) if answer.streaming else answer.content)

    def asks(self, address: str) -> set[str]:
        """Which tables are asked to answer this viewer."""
        with CaptureQueriesContext(connection) as asked:
            self.read(address)
        return {table for query in asked for table in TABLE.findall(query["sql"])}

    def frames(self, here: Place) -> bytes:
        """What a socket of this viewer's audience is sent, from the opening on, and then where nothing but ballots comes in."""
        audience, id = audience_of(self.actor), here.round.id
        first = read_news(id, here.now.opened_seq or 0, {audience: self.actor})
        seen = [news.seen[audience] for news in (first, read_on(id, first, {audience: self.actor})) if news.seen]
        return _plain("\n".join(encode(frame) for one in seen for frame in (one.entries, one.state)).encode())

    def mail(self) -> bytes:
        """What has been mailed to this viewer."""
        to = self.person.email if self.person else ""
        found = sorted(settings.OUTBOX_DIR.rglob("*")) if to else []
        return b"\n".join(
            _plain(raw) for path in found if path.is_file() and f"To: {to}".encode() in (raw := path.read_bytes())
        )


Seen = dict[tuple[str, str], bytes]
"""What was read, by viewer and channel."""


def read(here: Place, viewers: Mapping[str, Viewer], channels: Iterable[str]) -> Seen:
    """What each of these viewers can read now by each of these channels."""
    found = {(who, FRAMES): viewer.frames(here) for who, viewer in viewers.items()}
    found |= {(who, MAIL): viewer.mail() for who, viewer in viewers.items()}
    return found | {(who, channel): viewer.read(channel) for channel in channels for who, viewer in viewers.items()}


def asking(here: Place, viewer: Viewer, tables: Set[str]) -> list[str]:
    """The addresses at which a viewer makes the application ask one of these tables.

    Whatever asks none of the tables in which two worlds differ reads the same in both: it need not be read twice.
    """
    return [address for address in addresses(here) if tables & viewer.asks(address)]


def differing(seen: Seen, otherwise: Seen) -> dict[tuple[str, str], str]:
    """Who can tell two worlds apart, by which channel, and by what."""
    return {key: _difference(seen[key], otherwise[key]) for key in seen if seen[key] != otherwise[key]}


def _difference(one: bytes, other: bytes) -> str:
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return " | ".join(text[max(0, start - 60) : start + 60].decode(errors="replace") for text in (one, other))


@cache
def _routes() -> tuple[str, ...]:
    """Every route that a GET can be answered at."""
    found = set(_walk(get_resolver().url_patterns, "")) - {DOSSIER, *STATIC}
    return tuple(sorted(found | {DOSSIER.replace("<str:kind>", kind) for kind in ("measure", "round")}))


def _walk(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif (
            "get" in getattr(pattern.callback, "actions", {"get": ""})
            and "^" not in route
            and not route.startswith("accounts/")
        ):
            yield route


def _filled(route: str, known: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The addresses of a route; none for what is told of elsewhere."""
    parts = re.split(r"<\w+:(\w+)>", route)
    choices: list[Sequence[object]] = []
    for before, name in zip(parts[::2], parts[1::2], strict=False):
        word = before.strip("/").split("/")[-1] or name
        if {word, name} & ELSEWHERE:
            return
        found = known.get(word, known.get(name))
        if found is None:
            raise Unknown(f"Say in tests/doors/channels.py what <{name}> after '{word}' stands for (in {route}).")
        choices.append(found)
    queries = [query.format(**{key: known[key][0] for key in ("item", "seat")}) for query in QUERIES.get(route, ("",))]
    for values in product(*choices):
        path = "".join(text + str(value) for text, value in zip(parts[::2], (*values, ""), strict=True))
        yield from (f"/{path}{query}" for query in queries)


_HASHES = re.compile(rb'\b[0-9a-f]{64}\b|[A-Za-z0-9+/]{40,}={0,2}|name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')
"""What differs with every look or in every world and tells nothing: commitments and what is built on them, tokens of forms."""


def _plain(raw: bytes) -> bytes:
    """What was read, unpacked, without hashes."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = b"\n".join(archive.read(name) for name in archive.namelist() if not name.startswith("verif"))
    return _HASHES.sub(b"#", raw)
