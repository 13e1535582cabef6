"""Comments, questions and evidence with what they hang on, as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element
from apps.pages.present.proposals import Stand
from apps.pages.present.removed import words
from apps.pages.present.words import day
from apps.partnerships.actors import Actor
from apps.proposals.domain.anchors import Anchor, anchor
from apps.proposals.domain.patch import apply
from apps.proposals.models import Comment
from apps.proposals.selectors import comments

SHOWN = 200
KINDS: Mapping[str, tuple[str, str]] = {
    "comment": ("open", "Comment"),
    "question": ("contested", "Question"),
    "evidence": ("agreed", "Evidence"),
}


@dataclass(frozen=True)
class CommentCard:
    """One comment: `about` says what it hangs on, `earlier` that it is about an earlier version; with what answers it."""

    id: UUID
    who: str
    at: str
    kind: str
    kind_words: str
    about: str
    earlier: str
    quote: str
    words: str
    link: str
    answer_url: str
    take_back_url: str
    replies: Sequence["CommentCard"] = ()


def on_proposal(stand: Stand) -> list[CommentCard]:
    """What has been said about a proposal."""
    found = comments(stand.proposal.framework, element=stand.proposal.element, proposal=stand.proposal.id)
    states = {version.number: _result(stand, version.number) for version in stand.versions}
    return _threads(found[:SHOWN], stand.viewer, stand.proposal.kind, states, stand.proposal.number)


def on_element(viewer: Actor, element: Element, *, field: str | None = None) -> list[CommentCard]:
    """What has been said about an element in force, or about one field of it."""
    found = list(comments(element.framework, element=element.id)[:SHOWN])
    numbers = {comment.on_number for comment in found} - {element.number}
    states = {element.number: element.fields}
    if numbers:
        states |= dict(element.versions.filter(number__in=numbers).values_list("number", "fields"))
    kept = found if field is None else [comment for comment in found if comment.field == field]
    return _threads(kept, viewer, element.kind, states, element.number)


def _result(stand: Stand, number: int) -> Mapping[str, Any]:
    version = next(one for one in stand.versions if one.number == number)
    return apply(stand.bases.fields.get((stand.proposal.element, version.base), {}), version.patch)


def _threads(
    found: Iterable[Comment], viewer: Actor, kind: str, states: Mapping[int, Mapping[str, Any]], now: int
) -> list[CommentCard]:
    labels = {field.key: field.label for field in fields_of(kind)}
    cards: dict[UUID, CommentCard] = {}
    for comment in found:
        card = _card(comment, viewer, labels, states, now)
        above = cards.get(comment.answers_id) if comment.answers_id else None
        if above is None:
            cards[comment.id] = card
        else:
            cards[above.id] = replace(above, replies=[*above.replies, card])
    return list(cards.values())


def _card(
    comment: Comment, viewer: Actor, labels: Mapping[str, str], states: Mapping[int, Mapping[str, Any]], now: int
) -> CommentCard:
    quote = words(comment.quote)
    hangs = anchor(comment.field, states.get(comment.on_number, {}), states.get(now, {}), quote)
    speaks = viewer.seat is not None or viewer.is_convenor
    mine = viewer.seat is not None and comment.seat_id == viewer.seat.id
    kind, kind_words = KINDS[comment.kind]
    where = "comment_proposal" if comment.proposal_id else "comment_element"
    target = reverse(where, args=[comment.proposal_id or comment.element])
    return CommentCard(
        id=comment.id,
        who=comment.group.name if comment.group else "The convenor",
        at=day(comment.made_at),
        kind=kind,
        kind_words=kind_words,
        about=labels.get(comment.field, "The whole"),
        earlier=f"About an earlier version ({comment.on_number})." if hangs == Anchor.EARLIER else "",
        quote=quote,
        words=words(comment.words),
        link=_safe(words(comment.link)),
        answer_url=f"{target}?answers={comment.id}" if speaks and comment.answers_id is None else "",
        take_back_url=reverse("take_back_comment", args=[comment.id]) if mine else "",
    )


def _safe(link: str) -> str:
    return link if link.startswith(("https://", "http://")) else ""
