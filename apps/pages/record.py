"""The record: entries as sentences, one entry with its bytes, the checkpoint, a receipt, and how to check it all."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.deliberation.domain.opening import is_secret
from apps.deliberation.own import own_ballot_at
from apps.deliberation.selectors import visible_entries
from apps.pages.forms.record import FilterForm
from apps.pages.present.entries import line_of
from apps.pages.present.leafing import leaf_of
from apps.pages.present.names import names_for
from apps.pages.present.words import moment
from apps.pages.shown import Fact, Step
from apps.pages.web import path_to, person_of, show
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names, open_partnership
from apps.provenance.services.challenges import SUBJECTS
from apps.record import selectors as record_of
from apps.record.checkpoints import latest
from apps.record.domain import entry as domain
from apps.record.domain.entry import Entry


def record(request: HttpRequest, id: UUID) -> HttpResponse:
    """The entries, newest first, a page at a time."""
    actor = open_partnership(person_of(request), id)
    size = record_of.size(actor.log)
    return show(
        request,
        "pages/record.html",
        title="Record",
        sentence=f"Everything that was done here, in order: {size} entries, numbered from 0. "
        "None can be changed or taken out unseen.",
        actor=actor,
        where=path_to(actor, None, None, "Record"),
        leaf=leaf_of(actor, FilterForm(request.GET, groups=group_names(actor.partnership))),
        checkpoint=latest(actor.log),
        size=size,
    )


def entry(request: HttpRequest, id: UUID, seq: int) -> HttpResponse:
    """One entry: in words, and as the bytes that were hashed."""
    actor, found = _entry(request, id, seq)
    names = names_for(actor.partnership, [found])
    line = line_of(actor.partnership, found, names)
    return show(
        request,
        "pages/entry.html",
        title=f"Entry {seq}",
        sentence=f"{line.at}, {line.who}.",
        actor=actor,
        where=_where(actor, f"Entry {seq}"),
        line=line,
        facts=_facts(found),
        links=_links(actor.partnership.id, found),
        texts=_texts(found) if actor.is_officer else [],
        because=found.because,
        raw=found.to_bytes().decode(),
        size=record_of.size(actor.log),
        seq=seq,
    )


def raw(request: HttpRequest, id: UUID, seq: int) -> HttpResponse:
    """The bytes of an entry, as hashed."""
    _, found = _entry(request, id, seq)
    return HttpResponse(
        found.to_bytes(), content_type="application/json", headers={"X-Content-Type-Options": "nosniff"}
    )


def receipt(request: HttpRequest, id: UUID, seq: int) -> HttpResponse:
    """The slip that proves that an entry is in the record."""
    actor, found = _entry(request, id, seq)
    slip = record_of.receipt(actor.log, seq)
    mine = own_ballot_at(actor, seq)
    secret = is_secret(found)
    opened = {"choice": mine.choice, "salt": mine.salt} if mine and not secret else {}
    return show(
        request,
        "pages/receipt.html",
        title=f"Receipt for entry {seq}",
        sentence="This proves that the entry is in the record. Keep it: whoever changed the record later would be found out by it.",
        actor=actor,
        where=_where(actor, f"Receipt for entry {seq}"),
        slip=slip,
        text=json.dumps(slip.to_data() | opened, indent=1),
        secret=secret,
        choice=opened.get("choice", ""),
        salt=opened.get("salt", ""),
        at=moment(domain.moment(found.at)),
        entry_url=reverse("entry", args=[id, seq]),
    )


def checkpoint(request: HttpRequest, id: UUID) -> HttpResponse:
    """The newest published checkpoint, as text."""
    actor = open_partnership(person_of(request), id)
    found = latest(actor.log)
    if found is None:
        raise NotFound("checkpoint.none", "No checkpoint has been published yet. It is published once a minute.")
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")


def _entry(request: HttpRequest, id: UUID, seq: int) -> tuple[Actor, Entry]:
    """One entry this person may see."""
    actor = open_partnership(person_of(request), id)
    found = visible_entries(actor, actor.log, since=seq, until=seq + 1)
    if not found:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    return actor, found[0]


def _where(actor: Actor, last: str) -> list[Step]:
    home = Step(actor.partnership.name, reverse("partnership", args=[actor.partnership.id]))
    return [home, Step("Record", reverse("record", args=[actor.partnership.id])), Step(last)]


def _links(partnership: UUID, found: Entry) -> list[Step]:
    """The pages of what an entry is about."""
    names = {"framework": "The framework", "proposal": "The proposal", "round": "The round"}
    links = [Step(words, reverse(kind, args=[found.on[kind]])) for kind, words in names.items() if kind in found.on]
    if found.type in {"element.changed", "verdict.recorded"}:
        links.append(Step("What stands now", reverse("element", args=[found.on["element"]])))
    links += [
        Step(f"What went before it: entry {seq}", reverse("entry", args=[partnership, seq]))
        for seq in found.data.get("before", [])
    ]
    if found.type in SUBJECTS:
        links.append(Step("Contest it", reverse("contest", args=[partnership, found.seq])))
    return links


def _texts(found: Entry) -> list[str]:
    """The words of an entry that still stand: what its data protection officer can erase."""
    references = [value["text"] for value in found.data.values() if isinstance(value, dict) and "sha256" in value]
    return [id for id, body in record_of.texts(references).items() if body is not None]


def _facts(found: Entry) -> list[Fact]:
    by: list[Any] = [f"{kind} {id}" for kind, id in found.by.items()]
    on = [f"{kind} {id}" for kind, id in found.on.items()]
    facts = [
        Fact("Type", f"{found.type}, version {found.v}"),
        Fact("When", found.at),
        Fact("By", ", ".join(by)),
        Fact("On", ", ".join(on)),
    ]
    return [*facts, Fact("Leaf hash (SHA-256)", found.leaf_hash().hex())]
