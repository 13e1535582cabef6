"""Keepers: people and programs outside who are sent the checkpoints of one record and keep them.

A keeper is asked first: a message with a link goes to the address, and nothing more until somebody there has said yes. What
is sent follows by itself (apps/record/delivering.py).
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line
from apps.record.act import Act, By, act
from apps.record.domain.addresses import target_of
from apps.record.models import Delivery, Keeper

AT_MOST = 20
SALT = "keeper of checkpoints"
LINK_LASTS = 14 * 86_400
KEEPING = By(system="keeping")


def keepers(log: UUID) -> QuerySet[Keeper]:
    """Who is sent the checkpoints of a log, or has been asked; in the order in which they were chosen."""
    return Keeper.objects.filter(log=log, removed_at=None).order_by("chosen_at", "id")


def deliveries(log: UUID) -> QuerySet[Delivery]:
    """What was sent last to whom, and what came of it: the newest first."""
    return Delivery.objects.filter(keeper__log=log, keeper__removed_at=None).order_by("-at", "-id")


def find_keeper(log: UUID, id: UUID) -> Keeper:
    """One of them."""
    found = keepers(log).filter(id=id).first()
    if found is None:
        raise NotFound("keeper.unknown", "Nobody of this kind keeps copies of this record.")
    return found


def choose(a: Act, *, name: str, mail: str = "", url: str = "") -> Keeper:
    """Ask somebody to keep the checkpoints of this log, by mail or at an address on the net."""
    name = clean_line("name", name, 120)
    if bool(mail) == bool(url):
        raise Invalid("keeper.address", "Give a mail address or an address on the net: one of the two.")
    if mail:
        _require_mail(mail)
    else:
        target_of(url, anywhere=settings.KEEPERS_ANYWHERE)
    known = keepers(a.log_id)
    if known.count() >= AT_MOST:
        raise Conflict("keeper.too_many", f"There are {AT_MOST} already. Remove one first.")
    if known.filter(mail=mail, url=url).exists():
        raise Conflict("keeper.twice", "Checkpoints go to this address already.")
    made = Keeper.objects.create(log_id=a.log_id, name=name, mail=mail, url=url, chosen_at=clock.now())
    a.add("keeper.chosen", {"keeper": str(made.id), "name": name, "how": made.how}, on={"log": a.log_id})
    return made


def link_of(keeper: Keeper) -> str:
    """What somebody at the address has to know to say yes."""
    return signing.dumps(str(keeper.id), salt=SALT, compress=False)


def asked_by(link: str) -> Keeper:
    """Who was asked with this link. Raises `NotFound` for one that is not ours, too old, or of somebody removed."""
    try:
        id = signing.loads(link, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature as error:
        raise NotFound("keeper.link", "This link is not complete, or older than two weeks.") from error
    found = Keeper.objects.filter(id=id, removed_at=None).first()
    if found is None:
        raise NotFound("keeper.link", "Checkpoints are not sent to you any more.")
    return found


def confirm(link: str) -> Keeper:
    """Somebody at the address says yes."""
    keeper = asked_by(link)
    with act(by=KEEPING, log=keeper.log_id) as a:
        keeper = Keeper.objects.select_for_update().get(id=keeper.id)
        if keeper.confirmed_at is None:
            keeper.confirmed_at = clock.now()
            keeper.save(update_fields=["confirmed_at"])
            data = {"keeper": str(keeper.id), "name": keeper.name, "how": keeper.how}
            a.add("keeper.confirmed", data, on={"log": keeper.log_id})
    return keeper


def try_out(a: Act, keeper: Keeper) -> Keeper:
    """Send something now, to see whether it comes through."""
    keeper = Keeper.objects.select_for_update().get(id=keeper.id)
    if keeper.confirmed_at is None:
        raise Conflict("keeper.not_confirmed", "Nobody at this address has said yes yet.")
    keeper.trial_wanted = True
    keeper.save(update_fields=["trial_wanted"])
    data = {"keeper": str(keeper.id), "name": keeper.name, "how": keeper.how}
    a.add("keeper.tried", data, on={"log": a.log_id})
    return keeper


def remove(a: Act, keeper: Keeper) -> None:
    """Send somebody no more; the address is forgotten."""
    data = {"keeper": str(keeper.id), "name": keeper.name, "how": keeper.how}
    Keeper.objects.filter(id=keeper.id).update(removed_at=clock.now(), mail="", url="")
    Delivery.objects.filter(keeper=keeper).delete()
    a.add("keeper.removed", data, on={"log": a.log_id})


def _require_mail(mail: str) -> None:
    try:
        validate_email(mail)
    except ValidationError as error:
        raise Invalid("keeper.mail", "This is not a mail address.", {"mail": "like name@example.org"}) from error
