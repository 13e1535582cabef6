"""What is kept about one person, in everything that knows them: their own data as one document (GDPR Art. 15 and 20)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F, Func, IntegerField, Value
from django.db.models.functions import Cast

from apps.accounts.models import Person
from apps.deliberation.models import Ballot
from apps.deliberation.sealed import choices_in
from apps.frameworks.models import ImportDraft
from apps.notifications.models import Notice
from apps.partnerships.models import Holding, Pseudonym, Role
from apps.protection.models import ErasureRequest
from apps.record.domain.entry import Entry
from apps.record.models import Entry as Row
from apps.record.models import Text


def own_data(person: Person) -> dict[str, Any]:
    """The account, and by partnership: seats, roles, mandates, words, votes, requests, and every act under the pseudonym."""
    names = Pseudonym.objects.filter(person=person)
    return {
        "account": {
            "id": str(person.id),
            "name": person.name,
            "email": person.email,
            "language": person.locale,
            "since": person.joined_at.isoformat(),
            "last_signed_in": person.last_login.isoformat() if person.last_login else None,
            "addresses": list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)),
            "tokens": [
                {"label": token.label, "made_at": token.made_at.isoformat()}
                for token in person.tokens.order_by("made_at")
            ],
            "second_factors": [
                {"type": factor.type, "since": factor.created_at.isoformat(), "last_used_at": _day(factor.last_used_at)}
                for factor in Authenticator.objects.filter(user=person).order_by("created_at")
            ],
            "tables_brought_in": [
                {"name": draft.name, "at": draft.made_at.isoformat(), "framework": draft.framework.title}
                for draft in ImportDraft.objects.filter(person=person).select_related("framework").order_by("made_at")
            ],
        },
        "partnerships": [_here(person, name) for name in names.select_related("log").order_by("log__name")],
    }


def _here(person: Person, pseudonym: Pseudonym) -> dict[str, Any]:
    partnership = getattr(pseudonym.log, "partnership", None)
    written = Text.objects.filter(log=pseudonym.log_id, authors__contains=[pseudonym.id])
    return {
        "partnership": partnership.name if partnership else pseudonym.log.name,
        "log": str(pseudonym.log_id),
        "pseudonym": str(pseudonym.id),
        **(_places(person, pseudonym) if partnership else {}),
        "words": [_words(text) for text in written.order_by("made_at", "id")],
        "acts": _acts(pseudonym),
    }


def _places(person: Person, pseudonym: Pseudonym) -> dict[str, Any]:
    partnership = pseudonym.log.partnership
    held = list(
        Holding.objects.filter(partnership=partnership, person=person).select_related("seat__group").order_by("since")
    )
    roles = Role.objects.filter(partnership=partnership, person=person).order_by("since", "name")
    asked = ErasureRequest.objects.filter(partnership=partnership, person=person).order_by("asked_at")
    return {
        "seats": [
            {
                "group": one.seat.group.name,
                "seat": one.seat.label,
                "since": one.since.isoformat(),
                "until": _day(one.until),
            }
            for one in held
        ],
        "roles": [{"role": one.name, "since": one.since.isoformat(), "until": _day(one.until)} for one in roles],
        "mandates": list(partnership.mandates.filter(holder=person).values_list("code", flat=True)),
        "notices": [
            {"entry": one.seq, "at": one.at.isoformat(), "read_at": _day(one.read_at), "mailed_at": _day(one.mailed_at)}
            for one in Notice.objects.filter(person=person, partnership=partnership).order_by("seq")
        ],
        "votes": [vote for one in held for vote in _votes(one)],
        "requests": [{"asked_at": one.asked_at.isoformat(), "state": one.state} for one in asked],
    }


def _votes(held: Holding) -> list[dict[str, Any]]:
    """The ballots cast from a seat while this person held it, with the salt that opens a private one. Of secret rounds that have
    been counted nothing is kept but the entry that there was a vote (`acts`)."""
    cast = Ballot.objects.filter(seat=held.seat, cast_at__gte=held.since).select_related("round").order_by("seq")
    if held.until is not None:
        cast = cast.filter(cast_at__lt=held.until)
    choices = choices_in(cast)
    return [
        {
            "entry": ballot.seq,
            "round": ballot.round.title,
            "choice": choices[ballot.id],
            "salt": bytes(ballot.salt).hex() if ballot.salt else None,
            "cast_at": ballot.cast_at.isoformat(),
        }
        for ballot in cast
    ]


def _words(text: Text) -> dict[str, Any]:
    return {"id": str(text.id), "kind": text.kind, "at": text.made_at.isoformat(), "words": text.body}


def _acts(pseudonym: Pseudonym) -> list[dict[str, Any]]:
    """Every entry by this pseudonym. The bytes are searched for it; what only mentions it is left out."""
    place = Func(Value(str(pseudonym.id).encode()), F("body"), function="POSITION", arg_joiner=" IN ")
    rows = Row.objects.filter(log=pseudonym.log_id).annotate(place=Cast(place, IntegerField())).filter(place__gt=0)
    entries = [Entry.from_bytes(bytes(body)) for body in rows.order_by("seq").values_list("body", flat=True)]
    return [
        {"entry": entry.seq, "at": entry.at, "type": entry.type}
        for entry in entries
        if entry.by.get("person") == str(pseudonym.id)
    ]


def _day(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
