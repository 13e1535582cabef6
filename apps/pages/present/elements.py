"""One element: its parts with who set each, what is open on it, who disagreed, how it came about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from apps.common.trips import at_once
from apps.deliberation.domain.reviews import Dated, ReviewState
from apps.deliberation.models import Decision, Dissent, FieldState, RenegotiationTrack, RoundItem
from apps.deliberation.reviews import dated, decided_query, state_of
from apps.deliberation.selectors import tracks
from apps.frameworks.domain.fields import PARTS as PART_WORDS
from apps.frameworks.domain.fields import parts_of
from apps.frameworks.models import Element, Framework
from apps.pages.forms.record import FilterForm
from apps.pages.present.leafing import Leaf, leaf_of
from apps.pages.present.reviews import words_of
from apps.pages.present.values import Names, facts_of
from apps.pages.present.verdicts import part_positions, position_of
from apps.pages.present.words import OUTCOMES, capital, day, listed, number_of
from apps.pages.shown import PARTS, Fact, Part, Position
from apps.partnerships.actors import Actor
from apps.partnerships.models import Mandate
from apps.provenance.models import Verdict


@dataclass(frozen=True)
class Track:
    """Parts that can be talked about again, since which entry, with the review that is due."""

    words: str
    review: str
    overdue: bool
    url: str


@dataclass(frozen=True)
class Dissenting:
    """A group that disagreed with what stands."""

    words: str
    url: str


@dataclass(frozen=True)
class Told:
    """What is known about how an element stands: read once for the whole page."""

    states: Mapping[str, FieldState]
    decided: Sequence[Decision]
    open_tracks: Sequence[RenegotiationTrack]
    dissents: Mapping[UUID, Sequence[Dissent]]
    rounds: Mapping[UUID, Sequence[Dated]]
    mandates: Sequence[Mandate]

    def decision(self, seq: int) -> Decision | None:
        """The decision that an entry number means."""
        return next((found for found in self.decided if found.seq == seq), None)


def told_of(framework: Framework, element: Element, *more: QuerySet[Any, Any]) -> tuple[Told, list[list[Any]]]:
    """How an element stands, and whatever `more` asks for: one query."""
    decided = framework.decisions.filter(element=element.id).order_by("seq")
    states, found, items, dissents, mandates, open_tracks, rounds, *others = at_once(
        FieldState.objects.filter(element=element.id),
        decided,
        RoundItem.objects.filter(id__in=decided.values("item")),
        Dissent.objects.filter(decision__element=element.id).order_by("group_key"),
        framework.partnership.mandates.order_by("code"),
        tracks(element.id),
        decided_query([element.id]),
        *more,
    )
    for mandate in mandates:
        mandate.partnership = framework.partnership
    _join(found, "mandate", mandates)
    _join(found, "item", items)
    told = Told(
        states={state.field: state for state in states},
        decided=found,
        open_tracks=open_tracks,
        dissents=_grouped(dissents, "decision_id"),
        rounds=dated(rounds),
        mandates=mandates,
    )
    return told, others


def _join(found: Iterable[Any], name: str, others: Iterable[Any]) -> None:
    """Put what a foreign key means beside it."""
    by_id = {other.id: other for other in others}
    for one in found:
        key = getattr(one, f"{name}_id")
        setattr(one, name, by_id.get(key) if key else None)


def _grouped(found: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = {}
    for one in found:
        grouped.setdefault(getattr(one, key), []).append(one)
    return grouped


def part_cards(element: Element, told: Told, names: Names, verdict: Verdict | None) -> list[Part]:
    """The parts that have values, each with who set it and where it stands."""
    facts = facts_of(element.kind, element.fields, names)
    positions = part_positions(verdict)
    partnership = element.framework.partnership_id
    return [
        _part(key, facts[key], element, told, positions.get(key), str(partnership)) for key in PARTS if key in facts
    ]


def plain_facts(element: Element, names: Names) -> list[Fact]:
    """All fields of an element that has one part only, without its title."""
    return [
        fact for facts in facts_of(element.kind, {**element.fields, "title": None}, names).values() for fact in facts
    ]


def set_words(decision: Decision) -> str:
    """Who decided it, when: "Agreed by 5 of 6 groups, 1 April 2025"."""
    when = day(decision.effective)
    if decision.kind == "imposition" and decision.mandate is not None:
        return f"Set by {decision.mandate.authority} under {decision.mandate.code}, {when}"
    if decision.kind == "lapse":
        return f"Lapsed without a review, {when}"
    if decision.kind == "inherited":
        return f"In force since {when}, before this work began"
    if decision.kind == "outside":
        return f"In force without a decision here since {when}"
    groups = (decision.item.result or {}).get("groups", {}) if decision.item else {}
    if (decision.act or {}).get("method") == "vote":
        return f"Voted through{_company(groups).replace(' by', ' with', 1)} for it, {when}"
    return f"{OUTCOMES.get(decision.outcome, ('', decision.outcome))[1]}{_company(groups)}, {when}"


def open_tracks(element: Element, told: Told) -> list[Track]:
    """What can be talked about again because one party set it."""
    return [_track(element, track, told) for track in told.open_tracks]


def disagreements(element: Element, told: Told, groups: Mapping[str, str]) -> list[Dissenting]:
    """Groups that disagreed with decisions still in force, with the day by which that calls a review."""
    standing = {state.seq for state in told.states.values()}
    found = [decision for decision in told.decided if decision.seq in standing]
    return [
        _dissent(element, decision, groups.get(part.group_key, part.group_key), part.against)
        for decision in found
        for part in told.dissents.get(decision.id, ())
    ]


def story_of(viewer: Actor, element: Element, verdicts: Sequence[Verdict], form: FilterForm) -> Leaf:
    """How it came about, newest first, as `form` asks; each decision with the position it led to."""
    leaf = leaf_of(viewer, form, short={str(element.id): element.code})
    moved: dict[int | None, Position | None] = {verdict.because: position_of(verdict) for verdict in verdicts}
    lines = [replace(line, position=moved[line.number]) if line.number in moved else line for line in leaf.lines]
    return replace(leaf, lines=lines)


def terms_of(verdict: Verdict) -> list[dict[str, Any]]:
    """The acts a verdict rests on with their terms, as its document holds them."""
    return [dict(act) for act in verdict.document.get("terms", [])]


def _company(groups: Mapping[str, Any]) -> str:
    """By how many of the deciding groups."""
    agreeing = sum(bool(found["concurs"]) for found in groups.values())
    if not groups:
        return ""
    return (
        f" by all {len(groups)} groups"
        if agreeing == len(groups)
        else f" by {agreeing} of {number_of(len(groups), 'group')}"
    )


def _part(
    key: str, facts: Sequence[Fact], element: Element, told: Told, position: Position | None, partnership: str
) -> Part:
    mine = {field: state for field, state in told.states.items() if parts_of(element.kind, [field]) == {key}}
    seqs = sorted({state.seq for state in mine.values()}, reverse=True)
    found = [decision for seq in seqs if (decision := told.decision(seq))]
    states = {state.state for state in mine.values()}
    reopened = any(key in track.open_parts for track in told.open_tracks)
    return Part(
        key=key,
        facts=facts,
        set_by="; ".join(set_words(decision) for decision in found),
        state=next((state for state in ("imposed", "open", "agreed") if state in states), ""),
        state_words=_state_words(states, reopened) if mine else "",
        position=position,
        url=reverse("entry", args=[partnership, seqs[0]]) if seqs else "",
    )


def _state_words(states: set[str], reopened: bool) -> str:
    words = "set by one party" if "imposed" in states else "open" if "open" in states else "agreed"
    return f"{words}, can be talked about again" if reopened else words


def _track(element: Element, track: RenegotiationTrack, told: Told) -> Track:
    decision = told.decision(track.opened_seq)
    parts = listed(PART_WORDS[part] for part in track.open_parts if part in PART_WORDS)
    review = _review(decision, told) if decision else None
    since = f" since {day(decision.effective)}" if decision else ""
    return Track(
        words=f"{capital(parts)}: open for a talk{since}.",
        review=words_of(review) if review else "",
        overdue=review is not None and review.days_late > 0,
        url=reverse("talk", args=[element.id, track.opened_seq]),
    )


def _review(decision: Decision, told: Told) -> ReviewState | None:
    """Where the review of what a decision under a mandate set stands, if there is to be one."""
    if decision.mandate is None or decision.review_on is None:
        return None
    standing = any(state.seq == decision.seq for state in told.states.values())
    return state_of(decision.mandate, decision, told.rounds, standing)


def _dissent(element: Element, decision: Decision, group: str, against: int) -> Dissenting:
    review = f" This calls a review by {day(decision.review_on)}." if decision.review_on else ""
    how = f"{number_of(against, 'vote')} against" if against else "did not agree"
    return Dissenting(
        words=f"{group}: {how}, {day(decision.effective)}.{review}",
        url=reverse("entry", args=[element.framework.partnership_id, decision.seq]),
    )
