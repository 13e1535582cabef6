"""Everything of a partnership that can be taken home as a file and verified there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.models import RoundState
from apps.deliberation.selectors import rounds
from apps.frameworks.models import Framework
from apps.frameworks.selectors import editions, frameworks
from apps.pages.present.words import day
from apps.pages.shown import Step
from apps.pages.web import path_to, person_of, show
from apps.partnerships.rules import require_reader
from apps.partnerships.selectors import open_partnership
from apps.record import selectors as record
from apps.record import witnessing
from apps.record.checkpoints import latest


@dataclass(frozen=True)
class Shelf:
    """The files of one framework: links to measures and other elements, counted rounds, and editions."""

    title: str
    elements: list[Step]
    rounds: list[Step]
    editions: list[Step]


def dossiers(request: HttpRequest, id: UUID) -> HttpResponse:
    """The list, with the keys to check them by."""
    actor = open_partnership(person_of(request), id)
    require_reader(actor)
    return show(
        request,
        "pages/dossiers.html",
        title="Files to take home",
        sentence="Each is one ZIP file with entries, votes, proofs and verdict, and the programs that verify it without network.",
        actor=actor,
        where=path_to(actor, None, None, "Files to take home"),
        shelves=[_shelf(framework) for framework in frameworks(actor.partnership)],
        keys=[key.vkey for key in record.verifiers()],
        witnesses=witnessing.witnesses(),
        alarms=witnessing.alarms(actor.log),
        checkpoint=latest(actor.log),
        log=actor.log,
    )


def _shelf(framework: Framework) -> Shelf:
    return Shelf(
        title=framework.title,
        elements=[
            Step(
                f"{element.code} {element.title}",
                _file("measure" if element.kind == "measure" else "element", element.id),
            )
            for element in framework.elements.order_by("-kind", "code")
        ],
        rounds=[
            Step(f"{round.title}, {day(round.closed_at)}", _file("round", round.id))
            for round in rounds(framework)
            if round.state == RoundState.TALLIED and round.closed_at
        ],
        editions=[
            Step(
                f"Edition {edition.number}, {day(edition.published_at)}",
                reverse("exchange:edition_dossier", args=[framework.id, edition.number]),
            )
            for edition in editions(framework)
        ],
    )


def _file(kind: str, id: UUID) -> str:
    return reverse("exchange:dossier", args=[kind, id])
