"""What can be done with proposals, offers and objections."""

from apps.proposals.services.answering import Answer, answer_offer, merge_offers
from apps.proposals.services.comments import add_comment, take_back_comment
from apps.proposals.services.copying import copy_framework
from apps.proposals.services.counters import answer_counter, counter_offer
from apps.proposals.services.drafts import drop_draft, keep_draft
from apps.proposals.services.importing import import_drafts, plan_drafts
from apps.proposals.services.objections import raise_objection, withdraw_objection
from apps.proposals.services.offers import join_offer, offer_change, put_offer_to_vote, withdraw_offer
from apps.proposals.services.packages import (
    Promise,
    answer_ratification,
    dissolve_package,
    keep_commitment,
    make_package,
)
from apps.proposals.services.ranges import state_range
from apps.proposals.services.splitting import split_proposal
from apps.proposals.services.tabling import (
    close_proposal,
    lock_proposal,
    put_in_round,
    return_to_table,
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
)
from apps.proposals.services.windows import set_window

__all__ = [
    "Answer",
    "Promise",
    "add_comment",
    "answer_counter",
    "answer_offer",
    "answer_ratification",
    "close_proposal",
    "copy_framework",
    "counter_offer",
    "dissolve_package",
    "drop_draft",
    "import_drafts",
    "join_offer",
    "keep_commitment",
    "keep_draft",
    "lock_proposal",
    "make_package",
    "merge_offers",
    "offer_change",
    "plan_drafts",
    "put_in_round",
    "put_offer_to_vote",
    "raise_objection",
    "return_to_table",
    "revise_proposal",
    "set_window",
    "split_proposal",
    "state_range",
    "submit_proposal",
    "take_back_comment",
    "withdraw_objection",
    "withdraw_offer",
    "withdraw_proposal",
]
