"""Mandates with their documents, the reviews they call, and the talks that impositions open."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.naming import Member, Who, shown, somebody
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page, piece
from apps.api.shapes import WORDS, Flag, Given, Line, Shape, Window, With, page_of
from apps.common.errors import Invalid
from apps.deliberation.reviews import Review, reviews_of
from apps.deliberation.selectors import tracks_of
from apps.frameworks.selectors import open_element
from apps.partnerships import services
from apps.partnerships.actors import Actor
from apps.partnerships.domain.documents import Document, read_document
from apps.partnerships.models import Mandate
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import document_of, mandate_in, open_partnership, pseudonyms

BASE64 = 1_500_000  # characters of a document in a body: a larger one is handed in on the page


class DocumentGiven(Given):
    """A document as it is, its bytes in base64."""

    name = Line(max_length=200)
    base64 = Line(max_length=BASE64)


class RecordMandate(Who):
    """The authority of a person to decide alone. `parts` it reaches; no `elements`: it reaches every one. `limits` is what it
    leaves out, in its own words. With `lapses`, what is set under it lapses when its review date passes without a review."""

    code = Line(max_length=20)
    authority = Line(max_length=200)
    basis_kind = serializers.ChoiceField(["law", "contract", "duty"])
    basis = Line(max_length=300)
    parts = serializers.ListField(child=serializers.ChoiceField(services.PARTS), min_length=1, max_length=7)
    elements = serializers.ListField(child=serializers.UUIDField(), max_length=200, required=False)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    lapses = Flag(required=False)
    limits = Line(max_length=500, required=False, allow_blank=True)
    document = DocumentGiven(required=False)
    document_sha256 = serializers.RegexField(r"^([0-9a-f]{64})?$", required=False, allow_blank=True)
    statutory = Flag(required=False)


class PassMandate(Who):
    """Who holds the mandate from now on, and why."""

    reason = Line(max_length=WORDS)


class EndMandate(Given):
    """The last day on which the mandate can be used, and why."""

    ends = serializers.DateField()
    reason = Line(max_length=WORDS)


class MandateShown(Shape):
    """A recorded mandate, with its holder (null: nobody any more)."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    holder = Member(allow_null=True)
    authority = serializers.CharField()
    basis_kind = serializers.CharField()
    basis = serializers.CharField()
    limits = serializers.CharField()
    document_sha256 = serializers.CharField()
    parts = serializers.ListField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.UUIDField())
    statutory = serializers.BooleanField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    lapses = serializers.BooleanField()
    seq = serializers.IntegerField()


class DocumentShown(Shape):
    """The document a mandate rests on, byte by byte, with its fingerprint."""

    name = serializers.CharField()
    media_type = serializers.CharField()
    sha256 = serializers.CharField()
    base64 = serializers.CharField()


class ReviewShown(Shape):
    """The review of what was set under a mandate; `element` and `seq` are null for a mandate that was never used."""

    mandate = serializers.UUIDField()
    code = serializers.CharField()
    element = serializers.UUIDField(allow_null=True)
    seq = serializers.IntegerField(allow_null=True)
    due = serializers.DateField()
    held = serializers.DateField(allow_null=True)
    waiting = serializers.BooleanField()
    days_late = serializers.IntegerField()
    required_from_outside = serializers.BooleanField()


class Talk(Shape):
    """A renegotiation track: the parts that entry `opened_seq` set alone, and those nobody has decided anew yet."""

    opened_seq = serializers.IntegerField()
    parts = serializers.ListField(child=serializers.CharField())
    open_parts = serializers.ListField(child=serializers.CharField())
    review_on = serializers.DateField(allow_null=True)


class Mandates(Operations):
    """Recorded authority to decide alone."""

    family = "partnerships"

    @operation(query=Window, answer=page_of(MandateShown))
    def list_mandates(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Who may decide alone, on which basis, about what, until when."""
        actor = open_partnership(ask.person, partnership)
        found = page(ask, actor.partnership.mandates.select_related("holder"), "seq")
        ids = pseudonyms(actor.partnership, [mandate.holder_id for mandate in found["items"] if mandate.holder_id])
        found["items"] = [_mandate(actor, mandate, ids) for mandate in found["items"]]
        return found

    @operation(body=RecordMandate, answer=MandateShown, status=201)
    def record_mandate(self, ask: Ask, partnership: UUID) -> With:
        """Record the authority of a person to decide alone."""
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        given = dict(ask.data)
        document = _read(given.pop("document", None))
        return _one(actor, services.record_mandate(by=actor, document=document, **somebody(actor, given, "holder")))

    @operation(answer=DocumentShown)
    def read_mandate_document(self, ask: Ask, partnership: UUID, mandate: UUID) -> With:
        """The document a mandate rests on."""
        found = mandate_in(open_partnership(ask.person, partnership).partnership, mandate)
        kept = document_of(found)
        return With(kept, sha256=found.document_sha256, base64=b64encode(bytes(kept.body)).decode())

    @operation(body=PassMandate, answer=MandateShown)
    def pass_mandate(self, ask: Ask, partnership: UUID, mandate: UUID) -> With:
        """Pass a mandate on to somebody else; whoever held it decides nothing more under it."""
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        found = mandate_in(actor.partnership, mandate)
        return _one(actor, services.pass_mandate(by=actor, mandate=found, **somebody(actor, ask.data, "holder")))

    @operation(body=EndMandate, answer=MandateShown)
    def end_mandate(self, ask: Ask, partnership: UUID, mandate: UUID) -> With:
        """End a mandate before its time."""
        actor = open_partnership(ask.person, partnership)
        found = mandate_in(actor.partnership, mandate)
        return _one(actor, services.end_mandate(by=actor, mandate=found, **ask.data))


class Talks(Operations):
    """What is to be looked at again because one party set it."""

    family = "decisions"

    @operation(query=Window, answer=page_of(ReviewShown))
    def list_reviews(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """When what was set under mandates is to be reviewed, was reviewed, or is overdue: the longest overdue first."""
        open_partnership(ask.person, partnership)
        found = [_review(review) for review in reviews_of([partnership])]
        return piece(ask, found, lambda review: f"{review['mandate']}.{review['seq']}")

    @operation(query=Window, answer=page_of(Talk))
    def list_talks(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """The renegotiation tracks of an element, also those that have ended, oldest first."""
        open_element(ask.person, element)
        return page(ask, tracks_of(element), "opened_seq")


def _read(given: dict[str, Any] | None) -> Document | None:
    if given is None:
        return None
    try:
        return read_document(given["name"], b64decode(given["base64"], validate=True))
    except ValueError as error:
        raise Invalid("document.base64", "The document is not in base64.", {"document": "is not base64"}) from error


def _one(viewer: Actor, mandate: Mandate) -> With:
    return _mandate(viewer, mandate, pseudonyms(viewer.partnership, [mandate.holder_id] if mandate.holder_id else []))


def _mandate(viewer: Actor, mandate: Mandate, ids: dict[UUID, UUID]) -> With:
    holder = mandate.holder
    return With(mandate, holder=shown(viewer, holder, ids.get(holder.id)) if holder else None)


def _review(review: Review) -> dict[str, Any]:
    return {
        "mandate": review.mandate.id,
        "code": review.mandate.code,
        "element": review.element,
        "seq": review.decision.seq if review.decision else None,
        "due": review.state.due,
        "held": review.state.held,
        "waiting": review.state.is_waiting,
        "days_late": max(review.days_late, 0),
        "required_from_outside": review.state.required,
    }
