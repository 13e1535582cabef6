"""What an auditor sees first, in words: the whole population of decisions, then who administered what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse

from apps.deliberation.reviews import Review
from apps.deliberation.selectors import visible_entries, visible_host_entries
from apps.pages.present.entries import lines_of
from apps.pages.present.words import OUTCOMES, capital, day, listed, number_of
from apps.pages.shown import Line, Step
from apps.partnerships.actors import Actor
from apps.provenance.population import Decided, Overview
from apps.record.domain.entry import Entry

ADMINISTERING = (
    *(
        "group.added",
        "seat.assigned",
        "seat.vacated",
        "role.given",
        "role.taken",
        "invitation.made",
        "member_token.made",
    ),
    *("keeper.chosen", "keeper.tried", "keeper.removed"),
    *("mandate.recorded", "mandate.passed", "mandate.ended", "gates.set", "levels.named", "plan.sealed", "story.moved"),
    *(
        "edition.published",
        "framework.created",
        "framework.imported",
        "rule.registered",
        "witness.added",
        "witness.removed",
    ),
    *("text.erased", "person.erased", "retention.set", "exemption.marked", "exemption.lifted"),
    *("key.rotated", "key.retired"),
)
"""What administrators do: who belongs, who may do what, what is open, what is erased. Not what groups decide."""
ACTS_SHOWN = 200
LABELS = ("imposed", "mixed", "negotiated")


@dataclass(frozen=True)
class Row:
    """One decision in the list."""

    number: int
    url: str
    day: str
    name: str
    state: str
    state_words: str
    by: str
    review: str


def sentences(found: Overview) -> list[str]:
    """The partnership in five sentences; every figure can be counted again from the list below them."""
    return [
        f"{capital(number_of(found.measures, 'measure'))} in force: {_labels(found.labels)}.",
        f"{capital(number_of(found.mandates, 'mandate'))}. {_reviews(found)}",
        f"{found.taken} of {number_of(found.offered, 'offered change')} taken.",
        f"{capital(number_of(found.refused, 'refused attempt'))} to impose.",
        f"{_complete(found)} {_outside(found)}",
    ]


def rows_of(decided: Iterable[Decided], actor: Actor) -> list[Row]:
    """The decisions, newest first."""
    return [_row(one, actor) for one in sorted(decided, key=lambda one: -one.entry)]


def administered(actor: Actor, after: datetime | None, before: datetime | None) -> list[Line]:
    """What administrators did between two moments, newest first."""
    entries = visible_entries(actor, actor.log, after=after, before=before, types=ADMINISTERING)
    shown = [entry for entry in entries if entry.by.get("system") != "clock"][-ACTS_SHOWN:]
    return lines_of(actor.partnership, shown)


def on_the_host(actor: Actor) -> list[Line]:
    """Sign-ins of administrators and exports of auditors, for auditors: from the log of the host, whose numbers have no page."""
    entries: Sequence[Entry] = visible_host_entries(actor)[-ACTS_SHOWN:]
    lines = lines_of(actor.partnership, entries)
    return [Line(at=line.at, act=line.act, who="", number=line.number) for line in lines]


def files(actor: Actor) -> list[Step]:
    """What can be taken away."""
    id = actor.partnership.id
    tables = [("CSV", "csv"), ("Excel", "xlsx"), ("LibreOffice", "ods")]
    found = [
        Step(f"All decisions ({name})", reverse("exchange:decisions_file", args=[id, ending]))
        for name, ending in tables
    ]
    found.append(Step("The record (JSON Lines)", reverse("exchange:record_file", args=[id, "jsonl"])))
    found += [
        Step(f"The record ({name})", reverse("exchange:record_file", args=[id, ending])) for name, ending in tables
    ]
    return found


def _labels(labels: Mapping[str, int]) -> str:
    return ", ".join(f"{labels.get(label, 0)} {label}" for label in LABELS)


def _reviews(found: Overview) -> str:
    parts = [f"1 review overdue ({number_of(review.days_late, 'day')})" for review in found.overdue[:1]]
    if len(found.overdue) > 1:
        days = listed(str(review.days_late) for review in found.overdue)
        parts = [f"{len(found.overdue)} reviews overdue ({days} days)"]
    if found.coming:
        parts.append(f"the next due in {number_of(_days_to(found.coming[0]), 'day')}")
    return f"{capital(', '.join(parts))}." if parts else "No review is waiting."


def _days_to(review: Review) -> int:
    return (review.state.due - review.state.today).days


def _complete(found: Overview) -> str:
    if not found.is_complete:
        return "The record has a gap: entries are missing. Verify it, and ask the host."
    return (
        f"Record complete: entries 0 to {intcomma(found.size - 1)}, no gap." if found.size else "The record is empty."
    )


def _outside(found: Overview) -> str:
    if found.outside is None:
        return "Nobody outside has signed a copy yet."
    return f"Last outside copy {day(found.outside)}."


def _row(one: Decided, actor: Actor) -> Row:
    state, words = OUTCOMES.get(one.outcome, ("contested", capital(one.outcome.replace("_", " "))))
    groups = f"{one.concurring} of {one.groups} groups" if one.groups else ""
    late = f"Review overdue by {number_of(one.days_late, 'day')}." if one.days_late else ""
    return Row(
        number=one.entry,
        url=reverse("entry", args=[actor.partnership.id, one.entry]),
        day=day(one.decided_at),
        name=f"{one.code} {one.title}".strip(),
        state=state,
        state_words=words,
        by=f"{one.authority} under {one.mandate}" if one.mandate else ", ".join(filter(None, [one.round, groups])),
        review=late or (f"Review by {day(one.review_on)}." if one.review_on else ""),
    )
