"""Which entries of the record belong to a dossier: its own story, and what that story rests on."""

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from apps.deliberation.models import Round, RoundState
from apps.deliberation.selectors import visible_entries
from apps.deliberation.types import AROUND
from apps.exchange.domain.reading import text_refs
from apps.exchange.dossiers.subjects import Subject
from apps.record.domain.entry import Entry
from apps.record.domain.keyring import REPLACING
from apps.record.domain.schemas import registered

BALLOT = "ballot.cast"
APART = {BALLOT, *AROUND} - {"floor.ended"}
"""What is not told one by one: ballots come where they were counted; of the floor only who was heard, and for how long."""
STANDING = ("partnership.founded", "group.added")
OF_FRAMEWORK = ("framework.created", "plan.sealed")


def entries_for(subject: Subject) -> list[Entry]:
    """The entries of a dossier in order, as far as its viewer may see them."""
    own = list(_about(subject, subject.matters, _types()))
    seqs = {entry.seq: entry for entry in own}
    ballots = list(_ballots(subject))
    seats = _seats(subject, [*own, *ballots])
    for entry in chain(_standing(subject), _mandates(subject, own), _rules(subject, own), seats, ballots):
        seqs[entry.seq] = entry
    for entry in _erasures(subject, list(seqs.values())):
        seqs[entry.seq] = entry
    return [seqs[seq] for seq in sorted(seqs)]


def counted_rounds(subject: Subject) -> list[Round]:
    """The rounds of a dossier that have been counted: only their ballots are in it."""
    found = Round.objects.filter(id__in=subject.rounds, state=RoundState.TALLIED)
    return list(found.select_related("framework__partnership", "rule").order_by("opened_seq"))


def _types() -> list[str]:
    return sorted({known.name for known in registered()} - APART)


def _about(subject: Subject, matters: Iterable[UUID], types: list[str]) -> Iterable[Entry]:
    for matter in matters:
        yield from visible_entries(subject.viewer, subject.viewer.log, until=subject.until, types=types, subject=matter)


def _standing(subject: Subject) -> Iterable[Entry]:
    viewer = subject.viewer
    yield from visible_entries(viewer, viewer.log, until=subject.until, types=STANDING)
    yield from visible_entries(viewer, viewer.log, types=REPLACING)
    yield from _about(subject, [subject.framework.id], list(OF_FRAMEWORK))
    if subject.kind == "edition":
        yield from _about(subject, [subject.framework.id], ["edition.published"])


def _mandates(subject: Subject, own: Iterable[Entry]) -> Iterable[Entry]:
    used = {UUID(entry.on["mandate"]) for entry in own if "mandate" in entry.on}
    return _about(subject, sorted(used), ["mandate.recorded"])


def _seats(subject: Subject, own: Iterable[Entry]) -> Iterable[Entry]:
    """How the seats that acted or voted came to be held: what says to which group each belongs."""
    acted = {entry.by["seat"] for entry in own if "seat" in entry.by}
    viewer = subject.viewer
    for entry in visible_entries(viewer, viewer.log, until=subject.until, types=["seat.assigned"]):
        if entry.on["seat"] in acted:
            yield entry


def _rules(subject: Subject, own: Iterable[Entry]) -> Iterable[Entry]:
    used = {entry.data["rule_hash"] for entry in own if entry.type in {"round.drafted", "round.opened"}}
    viewer = subject.viewer
    for entry in visible_entries(viewer, viewer.log, until=subject.until, types=["rule.registered"]):
        if entry.data["rule_hash"] in used:
            yield entry


def _erasures(subject: Subject, own: Iterable[Entry]) -> Iterable[Entry]:
    """What says when and on which ground words of these entries were removed, also after an edition was published."""
    texts = {ref["text"] for entry in own for ref in text_refs(entry.data)}
    viewer = subject.viewer
    for entry in visible_entries(viewer, viewer.log, types=["text.erased"]):
        if texts & {*entry.data.get("texts", []), entry.data.get("text")}:
            yield entry


def _ballots(subject: Subject) -> Iterable[Entry]:
    viewer = subject.viewer
    for round in counted_rounds(subject):
        counted = round.items.values_list("tallied_seq", flat=True).first()
        yield from visible_entries(
            viewer, viewer.log, since=round.opened_seq or 0, until=counted, types=[BALLOT], subject=round.id
        )
