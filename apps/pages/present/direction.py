"""A desired outcome's two sides as one table: a row for each thing from above, or from practice alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from apps.frameworks.models import Framework
from apps.measurement.direction import Direction, Item, first_naming, noticings
from apps.measurement.domain.alignment import RELATIONS, Naming, is_evidence
from apps.measurement.models import Alignment
from apps.pages.present.removed import words
from apps.pages.present.words import capital, day, listed, number_of
from apps.partnerships.models import Partnership


@dataclass(frozen=True)
class Link:
    """What groups say of one pair: "M6 Mental health leads to it (Frontline staff): why"."""

    title: str
    url: str
    words: str
    why: Sequence[str]
    matters: str


@dataclass(frozen=True)
class Row:
    """Something from above with what answers it; `withdraw` is where its owner takes it back."""

    title: str
    url: str
    kind: str
    links: Sequence[Link]
    matters: str
    align: str
    withdraw: str


@dataclass(frozen=True)
class Board:
    """The table of one desired outcome."""

    code: str
    title: str
    url: str
    words: str
    counts: str
    rows: Sequence[Row]
    loose: Sequence[Link]
    query: str


def board(found: Direction, groups: Mapping[str, str], mine: str | None) -> Board:
    """One desired outcome in words. `mine` is the group whose needs the viewer can take back, if any."""
    summary, outcome = found.summary, found.outcome
    answered = {link.practice for link in found.links}
    counts = (
        f"{capital(number_of(summary.above, 'thing'))} from above, {number_of(summary.practice, 'measure')} from practice; "
        f"{summary.unanswered or 'none'} unanswered"
    )
    return Board(
        code=outcome.code,
        title=outcome.title,
        url=reverse("element", args=[outcome.id]),
        words=summary.words,
        counts=counts + (f", {summary.against} pulled against." if summary.against else "."),
        rows=[_row(found, item, groups, mine) for item in found.above],
        loose=[_link(found, item, [], groups) for item in found.practice if item.id not in answered],
        query=urlencode({"outcome": str(outcome.id)}),
    )


def _row(found: Direction, item: Item, groups: Mapping[str, str], mine: str | None) -> Row:
    own = item.need is not None and item.need.group_key == mine
    pairs = [(one, found.between(item.id, one.id)) for one in found.practice]
    return Row(
        title=item.title,
        url="" if item.need else reverse("element", args=[item.id]),
        kind=f"needed, stated on {day(item.need.stated_on)}" if item.need else "measure",
        links=[_link(found, one, said, groups) for one, said in pairs if said],
        matters="" if item.need else matters_words(found.matters.get(item.id, ()), groups),
        align=urlencode({"outcome": str(found.outcome.id), "above": str(item.id)}),
        withdraw=reverse("withdraw_need", args=[found.outcome.framework_id, item.id]) if own else "",
    )


def _link(found: Direction, item: Item, said: Sequence[Alignment], groups: Mapping[str, str]) -> Link:
    by_relation: dict[str, list[str]] = {}
    for one in said:
        by_relation.setdefault(one.relation, []).append(groups.get(one.group_key, one.group_key))
    told = [f"{RELATIONS[relation]} ({listed(who)})" for relation, who in by_relation.items()]
    return Link(
        title=item.title,
        url=reverse("element", args=[item.id]),
        words="; ".join(told),
        why=[one.reason.body or "" for one in said],
        matters=matters_words(found.matters.get(item.id, ()), groups),
    )


def matters_words(said: Sequence[Mapping[str, Any]], groups: Mapping[str, str]) -> str:
    """Frontline staff 7.6; Community 6.1."""
    return "; ".join(f"{listed(groups.get(key, key) for key in one['groups'])} {one['matter']}" for one in said)


@dataclass(frozen=True)
class NoticedLine:
    """When practice noticed something, whether a plan named it before, and the words that show it."""

    words: str
    why: str
    url: str


def noticed_lines(
    partnership: Partnership, framework: Framework, element: UUID, groups: Mapping[str, str]
) -> list[NoticedLine]:
    """What practice noticed of one measure, the earliest first."""
    found = list(noticings(framework, element))
    naming = first_naming(framework, element) if found else None
    return [
        NoticedLine(
            f"{groups.get(one.group_key, one.group_key)}, {day(one.observed_on)}: "
            + _evidence(is_evidence(one.observed_on, naming), naming),
            words(one.words),
            reverse("entry", args=[partnership.id, one.seq]),
        )
        for one in found
    ]


def _evidence(shows: bool, naming: Naming | None) -> str:
    if naming is None:
        return "no plan has named it yet."
    plan = "the founding plan" if naming.number == 0 else f"edition {naming.number}"
    when = f"{plan} ({day(naming.on)})"
    return f"before any plan named it; the first was {when}." if shows else f"not before {when} named it."
