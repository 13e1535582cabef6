"""Beginning a framework with a copy of another: everything in it comes to the table as a suggestion, to be negotiated here."""

from datetime import date

import rfc8785
from django.db import transaction

from apps.frameworks.domain.copying import drafts_from
from apps.frameworks.models import Framework
from apps.frameworks.selectors import state
from apps.frameworks.services import create_framework, name_levels
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import group_names, reader_of
from apps.proposals.services.importing import import_drafts


def copy_framework(
    *, by: Actor, source: Framework, title: str, starts_on: date, rationale: str, figures: bool = True
) -> Framework:
    """Begin a framework with what stands in `source` now. Nothing of it is agreed here: each element becomes a proposal.

    `source` may belong to another partnership, as long as whoever copies may read it. Without `figures` baselines, targets
    and everything else that holds only at the other place stay there.
    """
    require_convenor(by)
    reader_of(source.partnership, by.person)
    frozen = state(source)
    drafts = drafts_from(frozen, groups=group_names(by.partnership).keys(), figures=figures)
    with transaction.atomic():
        made = create_framework(by=by, title=title, starts_on=starts_on)
        if source.levels:
            made = name_levels(by=by, framework=made, levels=source.levels)
        import_drafts(
            by=by, framework=made, drafts=drafts, source=rfc8785.dumps(frozen), rationale=rationale, way="copy"
        )
    return made
