"""The first lock in the order: a framework."""

from uuid import UUID

from apps.common.errors import NotFound
from apps.frameworks.models import Framework


def lock(id: UUID) -> Framework:
    """Lock a framework for an act: the first lock in the order."""
    found = (
        Framework.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partnership")
        .filter(id=id)
        .first()
    )
    if found is None:
        raise NotFound("framework.unknown", "There is no such framework.")
    return found
