"""Comments, questions and evidence, said at a field and a version."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.texts import clean_line, clean_text
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element
from apps.partnerships.actors import Actor
from apps.proposals.models import Comment, Proposal, ProposalVersion
from apps.proposals.services.tabling import WORDS
from apps.record.act import Act, act
from apps.record.models import Text

KINDS = ("comment", "question", "evidence")
LINK = 500
QUOTE = 500


def add_comment(
    *,
    by: Actor,
    on: Proposal | Element,
    words: str,
    field: str = "",
    kind: str = "comment",
    link: str = "",
    quote: str = "",
    answers: Comment | None = None,
    on_number: int | None = None,
) -> Comment:
    """Say or ask something about a field (empty: the whole) of a proposal or of an element in force.

    Evidence names a link (http or https). `quote` is the passage it is about. `answers` is the comment that this one
    answers: it then hangs where that one does. `on_number` is the version one had before one's eyes, by default the newest.
    """
    if by.seat is None and not by.is_convenor:
        by.require_seat()
    _check(on, field, kind, answers)
    body = clean_text("words", words, WORDS)
    source = _link(link, kind)
    passage = clean_line("quote", quote, QUOTE) if quote.strip() else ""
    number = on.number if on_number is None else on_number
    if not 1 <= number <= on.number:
        raise Invalid("comment.version", f"There is no version {number} of it.", {"on_number": "no such version"})
    with act(by=by.by, log=by.log) as a:
        comment = Comment(
            id=uuid4(),
            framework_id=on.framework_id,
            element=on.element if isinstance(on, Proposal) else on.id,
            proposal=on if isinstance(on, Proposal) else None,
            on_number=answers.on_number if answers else number,
            field=answers.field if answers else field,
            kind=kind,
            group=by.seat.group if by.seat else None,
            seat=by.seat,
            answers=answers,
        )
        return _record(a, comment, body, source, passage)


def take_back_comment(*, by: Actor, comment: Comment) -> Comment:
    """Take one's own comment back: it is shown no more; that it was made stays in the record."""
    mine = comment.seat_id == by.require_seat().id if comment.seat_id else by.is_convenor
    if not mine:
        raise NotAllowed("comment.not_yours", "Only who made a comment can take it back.")
    with act(by=by.by, log=by.log) as a:
        found = Comment.objects.select_for_update(of=("self",)).get(id=comment.id)
        if found.taken_back_at is not None:
            raise Conflict("comment.taken_back", "This comment has been taken back already.")
        found.taken_back_at = a.at
        found.save(update_fields=["taken_back_at"])
        a.add("comment.taken_back", {"comment": str(found.id)}, on=_on(found), because=found.seq)
    return found


def _check(on: Proposal | Element, field: str, kind: str, answers: Comment | None) -> None:
    if kind not in KINDS:
        raise Invalid("comment.kind", "Say whether it is a comment, a question or evidence.", {"kind": "choose one"})
    if field and field not in {known.key for known in fields_of(on.kind)}:
        raise Invalid("comment.field", f"No {on.kind} has the field {field}.", {"field": "no such field"})
    if answers is None:
        return
    here = answers.proposal_id == on.id if isinstance(on, Proposal) else answers.element == on.id
    gone = Comment.objects.filter(id=answers.id, taken_back_at__isnull=False).exists()
    if not here or gone or answers.answers_id is not None:
        raise Conflict("comment.answers", "That cannot be answered here.", {"answers": "not a comment on this text"})


def _link(link: str, kind: str) -> str:
    if not link.strip():
        if kind == "evidence":
            raise Invalid("comment.link", "Say where the evidence lies.", {"link": "is needed"})
        return ""
    found = clean_line("link", link, LINK)
    if urlsplit(found).scheme not in {"http", "https"} or not urlsplit(found).netloc:
        raise Invalid("comment.link", "A link begins with https:// or http://.", {"link": "is not a web address"})
    return found


def _record(a: Act, comment: Comment, words: str, link: str, quote: str) -> Comment:
    comment.words, ref = a.text(words, "comment.words")
    data: dict[str, Any] = {
        "comment": str(comment.id),
        "kind": comment.kind,
        "on_number": comment.on_number,
        "words": ref,
    }
    extras: dict[str, Any] = {
        "field": comment.field,
        "group": comment.group.key if comment.group else "",
        "answers": str(comment.answers_id) if comment.answers_id else "",
    }
    data |= {key: value for key, value in extras.items() if value}
    comment.link = _extra(a, data, "link", link)
    comment.quote = _extra(a, data, "quote", quote, _quoted(comment))
    entry = a.add("comment.made", data, on=_on(comment))
    comment.made_at, comment.seq = a.at, entry.seq
    comment.save(force_insert=True)
    return comment


def _extra(a: Act, data: dict[str, Any], key: str, body: str, after: Iterable[Text | None] = ()) -> Text | None:
    if not body:
        return None
    text, data[key] = a.text(body, f"comment.{key}", after=after)
    return text


def _quoted(comment: Comment) -> list[Text | None]:
    """The words that a passage can be taken from: who has those erased has the passage erased too."""
    version = ProposalVersion.objects.filter(proposal=comment.proposal_id, number=comment.on_number).first()
    return [version.wording, version.rationale] if version else []


def _on(comment: Comment) -> dict[str, UUID]:
    found = {"element": comment.element, "framework": comment.framework_id}
    return found | ({"proposal": comment.proposal_id} if comment.proposal_id else {})
