"""Formal suggestions: proposals with immutable versions, offers of change (amendments), objections, and what is said about them."""

from apps.proposals.models.drafts import Draft
from apps.proposals.models.lineage import Lineage
from apps.proposals.models.packages import Commitment, Package, Ratification
from apps.proposals.models.positions import AcceptableRange
from apps.proposals.models.tabled import (
    Action,
    Objection,
    Offer,
    OfferSupport,
    Proposal,
    ProposalVersion,
    patch_in,
)
from apps.proposals.models.talk import Comment

__all__ = [
    "AcceptableRange",
    "Action",
    "Comment",
    "Commitment",
    "Draft",
    "Lineage",
    "Objection",
    "Offer",
    "OfferSupport",
    "Package",
    "Proposal",
    "ProposalVersion",
    "Ratification",
    "patch_in",
]
