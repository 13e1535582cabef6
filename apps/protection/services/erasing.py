"""Erasing: a person with everything that leads to them, or single words. The record keeps its entries; every proof still holds."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from apps.accounts.models import Person
from apps.accounts.services import erase_account
from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_text
from apps.deliberation.selectors import adopted_wordings
from apps.frameworks.services import lock
from apps.notifications.services import forget_notices
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Partnership
from apps.partnerships.rules import require_officer
from apps.partnerships.services.leaving import forget, is_elsewhere
from apps.proposals.selectors import open_wordings
from apps.proposals.services.tabling import lock_proposal, take_off
from apps.protection.domain.grounds import ERASURE, RULES
from apps.protection.models import ErasureRequest
from apps.protection.services.requests import WORDS, decide, lock_open
from apps.record.act import Act, act
from apps.record.domain.kinds import kind_of
from apps.record.erasing import erase, texts_by
from apps.record.models import Text


def erase_person(*, by: Actor, request: ErasureRequest, ground: str, reason: str = "") -> ErasureRequest:
    """Erase who asked: name, contacts, every word of theirs that was not adopted, and every link to a seat, for good.

    What they suggested and still lies on the table is withdrawn; while a round is open on it, the erasure waits (erasure.in_round).
    Adopted wordings and reasons given in an act of office stay; the record counts them. An account with no other partnership goes.
    """
    require_officer(by)
    person = _person(by, request, ground)
    words = clean_text("reason", reason, WORDS, required=False)
    with act(by=by.by, log=by.log) as a:
        _lock_frameworks(by.partnership)
        request = lock_open(by, request)
        here = pseudonym(by.log, person)
        texts, kept = _words_of(by.partnership, here)
        data: dict[str, Any] = {"request": str(request.id), "ground": ground, "rule": "person"}
        data |= {"texts": len(texts), "kept": dict(sorted(kept.items()))}
        if words:
            request.reason, data["reason"] = a.text(words, "record.ground")
        entry = a.add("person.erased", data, on={"partnership": by.partnership.id}, because=request.seq)
        _clear_table(a, by.partnership, {text.id for text in texts}, entry.seq)
        erase(a, texts, ground=ground, rule="person", because=entry.seq)
        forget(a, by.partnership, person)
        forget_notices(by.partnership, person)
        decide(a, request, "erased", ground, "person", entry.seq)
        ErasureRequest.objects.filter(partnership=by.partnership, person=person).update(person=None)
        if not is_elsewhere(person):
            erase_account(person)
    request.person = None
    return request


def erase_words(*, by: Actor, texts: Collection[UUID], ground: str, rule: str = "passage") -> list[Text]:
    """Erase single words, whoever wrote them: something about a neighbour's child, a name that should not stand there."""
    require_officer(by)
    _check(ground, rule)
    with act(by=by.by, log=by.log) as a:
        _lock_frameworks(by.partnership)
        found = list(Text.objects.filter(log=by.log, id__in=texts, erased_at=None).order_by("made_at", "id"))
        if missing := set(texts) - {text.id for text in found}:
            raise NotFound("text.unknown", f"There are no words {min(missing)} here, or they are gone already.")
        if adopted := adopted_wordings(by.partnership) & set(texts):
            raise Conflict("text.adopted", f"The wording {min(adopted)} was adopted: propose to change it instead.")
        erase_now(a, by.partnership, found, ground, rule)
    return found


def erase_now(a: Act, partnership: Partnership, texts: Sequence[Text], ground: str, rule: str) -> None:
    """Erase these words inside an act; what still lies on the table with them is withdrawn. Frameworks are locked by the caller."""
    _clear_table(a, partnership, {text.id for text in texts})
    erase(a, texts, ground=ground, rule=rule)


def _person(by: Actor, request: ErasureRequest, ground: str) -> Person:
    _check(ground, "person")
    if request.person is None:
        raise Conflict("erasure.decided", "This request has been answered already.")
    if request.person == by.person:
        raise Conflict("erasure.own", "Nobody decides on a request of their own: another officer must.")
    return request.person


def _check(ground: str, rule: str) -> None:
    if ground not in ERASURE or rule not in RULES:
        raise Invalid("erasure.ground", "Name the ground on which it is erased.", {"ground": "choose one"})


def _words_of(partnership: Partnership, here: UUID) -> tuple[list[Text], Counter[str]]:
    """Somebody's words that go, and how many of which kind stay."""
    adopted = adopted_wordings(partnership)
    texts, kept = [], Counter[str]()
    for text in texts_by(partnership.log_id, here):
        if text.id in adopted or kind_of(text.kind).official:
            kept[text.kind] += 1
        else:
            texts.append(text)
    return texts, kept


def _clear_table(a: Act, partnership: Partnership, texts: set[UUID], because: int | None = None) -> None:
    """Withdraw what lies on the table in words that are about to go."""
    for text, proposal in open_wordings(partnership).items():
        if text in texts:
            proposal = lock_proposal(proposal.id)
            if proposal.state == "in_round":
                raise Conflict(
                    "erasure.in_round",
                    f"A round is open on the proposal '{proposal.code}': erase after it has been counted.",
                )
            take_off(a, proposal, because)


def _lock_frameworks(partnership: Partnership) -> None:
    for id in partnership.frameworks.order_by("id").values_list("id", flat=True):
        lock(id)
