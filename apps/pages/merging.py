"""The merge table of a proposal: everybody reads it, those who propose it decide in it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.pages.drafting import KEEP, initial_of, keep, kept_quietly
from apps.pages.forms.merging import MergeForm, leftovers
from apps.pages.present.merging import rows_of
from apps.pages.present.offers import offer_changes
from apps.pages.present.proposals import stand_of
from apps.pages.present.removed import words as words_of
from apps.pages.present.words import OFFER_STATES, moment, number_of
from apps.pages.proposal import proposal_page
from apps.pages.web import done, handle, person_of, sent, signed_in
from apps.proposals.drafting import draft_on
from apps.proposals.rules import require_speaker
from apps.proposals.selectors import offers, open_proposal, waiting_offers
from apps.proposals.services import drop_draft, merge_offers

AT_ONCE = 60
"""How many waiting offers one table takes; the next ones follow when these are answered."""


def merge(request: HttpRequest, id: UUID) -> HttpResponse:
    """All waiting offers, field by field; for those who propose it, one form to decide on all of them at once."""
    actor, found = open_proposal(signed_in(request) if request.method == "POST" else person_of(request), id)
    if request.method == "POST":
        require_speaker(actor, found)
    stand = stand_of(actor, found)
    waiting = list(waiting_offers(found)[:AT_ONCE])
    answered = list(offers(found).exclude(state="offered").order_by("-answered_at")[:AT_ONCE])
    subject = f"merge:{id}"
    draft = draft_on(actor, found.framework, subject) if stand.speaks else None
    if request.POST.get(KEEP) == "quietly":
        return kept_quietly(request, actor, found.framework, subject)
    if KEEP in request.POST:
        keep(request, actor, found.framework, subject)
        return done(
            request, "Your answers are kept for your group. Nothing has been sent.", "merge", id, part="answers"
        )
    form = MergeForm(sent(request), stand=stand, waiting=waiting, begun=initial_of(draft))

    def do(data: dict[str, Any]) -> HttpResponse:
        answers = form.answers()
        merge_offers(by=actor, proposal=found, answers=answers, rationale=form.why(), on_number=data["on_number"])
        if draft is not None:
            drop_draft(by=actor, draft=draft)
        count = number_of(len(answers), "offer")
        return done(request, f"You have answered {count}, each with its reason.", "proposal", id, part="offers")

    left = leftovers(request.POST, answered) if request.method == "POST" else []
    page = proposal_page(
        stand, "All offers, side by side", "For each field: what stands, and what others want.", "pages/merge.html"
    )
    return handle(
        request,
        form,
        do,
        **page,
        proposal=found,
        rows=rows_of(stand, waiting, [offer for offer in answered if offer.taken_in]),
        offers=[
            (part, offer_changes(stand, part.offer, part.offer.patch), words_of(part.offer.reason))
            for part in form.parts
        ],
        left=[(offer.group.name, OFFER_STATES[offer.state][1], words) for offer, words in left],
        draft_number=draft.number if draft else 0,
        saved=f"Kept for your group, {moment(draft.saved_at)}." if draft else "",
        may_keep=stand.speaks and stand.has_voice,
        may_decide=stand.speaks and found.state == "tabled" and bool(waiting),
    )
