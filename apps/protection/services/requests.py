"""Asking to be forgotten, and being refused with ground and rule."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.texts import clean_text
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Pseudonym
from apps.partnerships.rules import require_officer
from apps.protection.domain.grounds import DAYS_TO_ANSWER, REFUSAL, RULES
from apps.protection.models import ErasureRequest
from apps.record.act import Act, act

WORDS = 4000


def ask_erasure(*, by: Actor, words: str = "", person: Person | None = None) -> ErasureRequest:
    """Ask to be forgotten here. The data protection officer can write down what somebody asked by letter or in person."""
    asks = person or by.person
    if person is not None and person != by.person:
        require_officer(by)
    if asks is None or not Pseudonym.objects.filter(log=by.log, person=asks).exists():
        raise NotAllowed("erasure.unknown", "Nothing here is kept about this person.")
    text = clean_text("words", words, WORDS, required=False)
    here = pseudonym(by.log, asks)
    with act(by=by.by, log=by.log) as a:
        request = ErasureRequest(id=uuid4(), partnership=by.partnership, person=asks, asked_at=a.at)
        request.due_on = by.partnership.today(a.at) + timedelta(days=DAYS_TO_ANSWER)
        data: dict[str, Any] = {
            "request": str(request.id),
            "holder": str(here),
            "through": "person" if asks == by.person else "officer",
            "due": request.due_on.isoformat(),
        }
        if text:
            request.words, data["words"] = a.text(text, "erasure.request", of=here)
        request.seq = a.add("erasure.requested", data, on={"partnership": by.partnership.id}).seq
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("erasure.asked", "This has been asked already and waits for an answer.") from error
    return request


def refuse_erasure(*, by: Actor, request: ErasureRequest, ground: str, rule: str, reason: str) -> ErasureRequest:
    """Refuse a request, on a ground of the law and under a retention rule, with reasons in words."""
    require_officer(by)
    if ground not in REFUSAL or rule not in RULES:
        raise Invalid("erasure.ground", "Name the ground and the rule.", {"ground": "choose one", "rule": "choose one"})
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        request = lock_open(by, request)
        request.reason, ref = a.text(words, "record.ground")
        data = {"request": str(request.id), "ground": ground, "rule": rule, "reason": ref}
        entry = a.add("erasure.refused", data, on={"partnership": by.partnership.id}, because=request.seq)
        decide(a, request, "refused", ground, rule, entry.seq)
    return request


def lock_open(by: Actor, request: ErasureRequest) -> ErasureRequest:
    """A request that waits for an answer, locked."""
    found = ErasureRequest.objects.select_for_update(of=("self",)).get(id=request.id, partnership=by.partnership)
    if found.state != "open":
        raise Conflict("erasure.decided", "This request has been answered already.")
    return found


def decide(a: Act, request: ErasureRequest, state: str, ground: str, rule: str, seq: int) -> None:
    """Write the answer into a request."""
    request.state, request.ground, request.rule = state, ground, rule
    request.decided_at, request.decided_seq = a.at, seq
    request.save()
