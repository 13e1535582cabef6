"""Reading drafts: a group's own, and nobody else's."""

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Draft


def drafts(actor: Actor, framework: Framework) -> QuerySet[Draft]:
    """What this actor's group keeps."""
    return Draft.objects.filter(framework=framework, group=actor.require_seat().group)


def draft_on(actor: Actor, framework: Framework, subject: str) -> Draft | None:
    """The draft of this actor's group on a subject, if it keeps one."""
    return drafts(actor, framework).filter(subject=subject).first() if actor.seat is not None else None


def open_draft(person: Person | None, id: UUID) -> tuple[Actor, Draft]:
    """The one careful way to a draft: that of another group does not exist."""
    found = Draft.objects.select_related("framework").filter(id=id).first()
    actor = open_framework(person, found.framework_id)[0] if found is not None else None
    if found is None or actor is None or actor.require_seat().group_id != found.group_id:
        raise NotFound("draft.unknown", "There is no such draft, or it is another group's.")
    return actor, found
