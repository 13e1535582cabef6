"""What can be done with proposals, offers and objections."""

from apps.proposals.services.answering import Answer, answer_offer, merge_offers
from apps.proposals.services.objections import raise_objection, withdraw_objection
from apps.proposals.services.offers import offer_change, put_offer_to_vote
from apps.proposals.services.tabling import (
    close_proposal,
    lock_proposal,
    put_in_round,
    return_to_table,
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "Answer",
    "answer_offer",
    "close_proposal",
    "lock_proposal",
    "merge_offers",
    "offer_change",
    "put_in_round",
    "put_offer_to_vote",
    "raise_objection",
    "return_to_table",
    "revise_proposal",
    "submit_proposal",
    "withdraw_objection",
    "withdraw_proposal",
]
