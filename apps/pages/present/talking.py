"""What is said about the texts of a round, field by field: how much there is, and where it is read and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.frameworks.domain.fields import fields_of
from apps.pages.present.items import newest
from apps.pages.present.questions import Line
from apps.proposals.models import Proposal, ProposalVersion
from apps.proposals.selectors import comments_counted

WHOLE = "The whole"


@dataclass(frozen=True)
class FieldSaid:
    """A field, and how many comments hang on it; `key` is empty for the whole."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class TextSaid:
    """A text that is voted on. `number` is the version one has before one's eyes."""

    proposal: str
    title: str
    number: int
    url: str
    fields: Sequence[FieldSaid]


def said_about(lines: Sequence[Line]) -> list[TextSaid]:
    """Every text of an agenda, with the fields it changes and those that something is said about. One query."""
    texts = [(option.proposal, option.version, shown) for line in lines for option, shown in line.texts]
    counts = comments_counted([proposal.id for proposal, _, _ in texts if proposal])
    return [
        _text(proposal, version or newest(proposal), shown.title, counts)
        for proposal, version, shown in texts
        if proposal
    ]


def _text(
    proposal: Proposal, version: ProposalVersion | None, title: str, counts: Mapping[UUID, Mapping[str, int]]
) -> TextSaid:
    number, patch = (version.number, version.patch) if version else (proposal.number, {})
    fields = _fields(proposal, patch, counts.get(proposal.id, {}))
    return TextSaid(str(proposal.id), title, number, f"/api/proposals/{proposal.id}/comments/", fields)


def _fields(proposal: Proposal, patch: Mapping[str, object], counts: Mapping[str, int]) -> list[FieldSaid]:
    labels = [("", WHOLE), *((field.key, field.label) for field in fields_of(proposal.kind))]
    return [
        FieldSaid(key, label, counts.get(key, 0)) for key, label in labels if not key or key in patch or counts.get(key)
    ]
