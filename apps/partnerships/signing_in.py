"""Sign-in of whoever administers something is an act: it stands in the log `platform`, where auditors read it."""

from typing import Any

from apps.accounts.models import Person
from apps.common import clock
from apps.partnerships.actors import pseudonym
from apps.partnerships.models import Role, RoleName
from apps.record.act import By, act, platform_log


def record_sign_in(sender: object, user: Person, **_: Any) -> None:
    """One entry for each partnership somebody convenes or protects, and one for whoever looks after the host."""
    if clock.is_moved():  # a story is being told; the log of the host knows true times only
        return
    roles = Role.objects.filter(person=user, until=None, name__in=[RoleName.CONVENOR, RoleName.OFFICER])
    held = list(roles.order_by("since").values_list("name", "partnership"))
    if not held and not user.is_staff:
        return
    log = platform_log().id
    with act(by=By(person=pseudonym(log, user)), log=log) as a:
        if user.is_staff:
            a.add("administrator.signed_in", {"role": "host"})
        for role, partnership in held:
            a.add("administrator.signed_in", {"role": role}, on={"partnership": partnership})
