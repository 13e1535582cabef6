"""Reading verdicts, and computing them anew from the record alone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.frameworks.models import Framework
from apps.provenance.domain.events import history_document
from apps.provenance.domain.history import History, read_history
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import Scored, score
from apps.provenance.models import Verdict
from apps.record import selectors as record

DECIDING = ("decision.made", "imposition.made", "outside.recorded")


def history_of(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> History:
    """The history of an element, from entries alone (those up to number `upto`)."""
    document = history_document_of(framework, element, until=until, upto=upto)
    return read_history(document, RULES[framework.scoring_rule])


def history_document_of(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> dict[str, Any]:
    """The same as the JSON object that a history file holds: what anybody can score outside."""
    log = framework.partnership.log_id
    end = None if upto is None else upto + 1
    events = record.entries(log, until=end, types=DECIDING, subject=element)
    groups = {entry.data["key"]: entry.data["kind"] for entry in record.entries(log, until=end, types=["group.added"])}
    kind = next(
        (
            entry.data["kind"]
            for entry in record.entries(log, types=["element.changed", "proposal.submitted"], subject=element)
        ),
        "measure",
    )
    told = [{"seq": entry.seq, "at": entry.at, "data": entry.data} for entry in events]
    return history_document(told, groups, framework.starts_on, until, element=kind, rule=RULES[framework.scoring_rule])


def score_element(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> Scored:
    """The verdict on an element under the framework's scoring rule, computed now."""
    return score(history_of(framework, element, until=until, upto=upto), RULES[framework.scoring_rule])


def verdicts(framework: Framework) -> dict[UUID, Verdict]:
    """The verdict that stands on each element."""
    newest = Verdict.objects.filter(framework=framework).order_by("element", "-seq").distinct("element")
    return {verdict.element: verdict for verdict in newest}


def verdicts_on(element: UUID) -> QuerySet[Verdict]:
    """All verdicts on one element, oldest first."""
    return Verdict.objects.filter(element=element)
