"""Reading verdicts, and computing them anew from the record alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.common.errors import Invalid
from apps.frameworks.models import Framework
from apps.provenance.domain.events import history_document
from apps.provenance.domain.headline import REQUIRED_SENTENCE
from apps.provenance.domain.history import History, read_history
from apps.provenance.domain.rule import RULES, Rule
from apps.provenance.domain.scoring import REQUIRED, Scored, score
from apps.provenance.models import Verdict
from apps.record import selectors as record
from apps.record.domain.entry import Entry

DECIDING = ("decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded")
# Documents of the first version did not say it; their headline says it first.
IS_REQUIRED = Q(document__status=REQUIRED) | Q(headline__startswith=REQUIRED_SENTENCE)
NAMING = ("element.changed", "proposal.submitted", "inheritance.recorded")


@dataclass(frozen=True)
class Told:
    """What a log tells that verdicts rest on: its groups, and by element the deciding entries and the kind."""

    groups: Sequence[Entry]
    deciding: Mapping[str, Sequence[Entry]]
    kinds: Mapping[str, str]


def told_in(log: UUID, element: UUID | None = None, upto: int | None = None) -> Told:
    """Everything in a log that verdicts rest on, or all of it on one element: three queries."""
    end = None if upto is None else upto + 1
    deciding: dict[str, list[Entry]] = {}
    for entry in record.entries(log, until=end, types=DECIDING, subject=element):
        deciding.setdefault(entry.on["element"], []).append(entry)
    naming = record.entries(log, types=NAMING, subject=element)
    return Told(
        groups=record.entries(log, until=end, types=["group.added"]),
        deciding=deciding,
        kinds={entry.on["element"]: entry.data["kind"] for entry in reversed(naming)},
    )


def history_of(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> History:
    """The history of an element, from entries alone (those up to number `upto`)."""
    document = history_document_of(framework, element, until=until, upto=upto)
    return read_history(document, RULES[framework.scoring_rule])


def history_document_of(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> dict[str, Any]:
    """The same as the JSON object that a history file holds: what anybody can score outside."""
    told = told_in(framework.partnership.log_id, element, upto)
    return document_of(told, framework, element, RULES[framework.scoring_rule], until=until, upto=upto)


def document_of(
    told: Told, framework: Framework, element: UUID, rule: Rule, *, until: date, upto: int | None = None
) -> dict[str, Any]:
    """The history file of an element out of what a log tells, as far as entry `upto`."""
    acts = _upto(told.deciding.get(str(element), ()), upto)
    groups = {entry.data["key"]: entry.data["kind"] for entry in _upto(told.groups, upto)}
    events = [{"seq": entry.seq, "at": entry.at, "data": entry.data} for entry in acts]
    kind = told.kinds.get(str(element), "measure")
    return history_document(events, groups, framework.starts_on, until, element=kind, rule=rule)


def score_element(framework: Framework, element: UUID, *, until: date, upto: int | None = None) -> Scored:
    """The verdict on an element under the framework's scoring rule, computed now."""
    return score(history_of(framework, element, until=until, upto=upto), RULES[framework.scoring_rule])


def recompute(told: Told, framework: Framework, verdict: Verdict, cause: Entry) -> Scored:
    """A stored verdict computed anew, under the rule it was made with, as far as the entry that moved it."""
    rule = RULES.get(verdict.rule)
    if rule is None:
        raise Invalid("rule.unknown_version", f"there is no scoring rule of version {verdict.rule}.")
    until = date.fromisoformat(cause.data["effective"])
    return score(
        read_history(document_of(told, framework, verdict.element, rule, until=until, upto=cause.seq), rule), rule
    )


def verdicts(framework: Framework) -> dict[UUID, Verdict]:
    """The verdict that stands on each element."""
    return {verdict.element: verdict for verdict in standing_verdicts(framework)}


def standing_verdicts(framework: Framework) -> QuerySet[Verdict]:
    """The newest verdict on each element."""
    return Verdict.objects.filter(framework=framework).order_by("element", "-seq").distinct("element")


def verdicts_on(element: UUID) -> QuerySet[Verdict]:
    """All verdicts on one element, oldest first."""
    return Verdict.objects.filter(element=element)


def _upto(entries: Iterable[Entry], upto: int | None) -> list[Entry]:
    return [entry for entry in entries if upto is None or entry.seq <= upto]
