"""A partnership in the middle of its work, so that every operation has something to be done to."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from apps.deliberation.models import Decision, RegisteredRule, Reservation, Round
from apps.deliberation.services import draft_round, record_reservation
from apps.frameworks.models import Element
from apps.measurement.models import Need, Pulse
from apps.measurement.services import state_need
from apps.partnerships.domain.documents import Document
from apps.partnerships.models import Mandate, Seat
from apps.partnerships.selectors import pseudonyms
from apps.partnerships.services import choose_keeper, invite_group, record_mandate, vacate_seat
from apps.proposals.models import Comment, Draft, Objection, Offer, Package, Proposal
from apps.proposals.services import (
    Promise,
    add_comment,
    answer_offer,
    counter_offer,
    keep_draft,
    make_package,
    offer_change,
    raise_objection,
)
from apps.protection.models import ErasureRequest
from apps.protection.services import ask_erasure
from apps.provenance.models import Challenge, Verdict
from apps.provenance.services import contest
from apps.record import keeping
from apps.record.models import Keeper
from tests.people import LONELINESS, MAJORITY_OF_EVERY_GROUP, Lismorrow

FAR = date(2099, 1, 1)


@dataclass
class World:
    """What stands: `element` in force; Gareth's `proposal` with an unanswered and a declined offer and Ify's objection; a round in
    preparation, and one that is open; Gareth's mandate; a free seat of the community."""

    lismorrow: Lismorrow
    element: Element
    proposal: Proposal
    offer: Offer
    declined: Offer
    counter: Offer
    comment: Comment
    package: Package
    draft_kept: Draft
    reservation: Reservation
    change: Proposal
    objection: Objection
    rule: RegisteredRule
    draft: Round
    round: Round
    mandate: Mandate
    free: Seat
    link: str

    @cached_property
    def erasure(self) -> ErasureRequest:
        """Jamie has asked to be forgotten."""
        return ask_erasure(by=self.lismorrow.jamie)

    @cached_property
    def keeper(self) -> Keeper:
        """The county audit has been asked to keep checkpoints."""
        return choose_keeper(by=self.lismorrow.orla, name="County audit", mail="log@audit.example.org")

    @property
    def cause(self) -> int:
        """The entry of the decision that brought the element into force."""
        return Decision.objects.filter(element=self.element.id)[0].seq

    @cached_property
    def challenge(self) -> Challenge:
        """Tomasz contests the verdict; the panel has none of those who ask in the tests."""
        verdict = Verdict.objects.get(element=self.element.id)
        made = contest(by=self.lismorrow.tomasz, framework=self.lismorrow.framework, about=verdict.seq, reason="So.")
        asking = {self.lismorrow.people[name].id for name in ("Gareth", "Ify")}
        made.members.filter(seat__holdings__person__in=asking).update(aside=True)
        return made

    @cached_property
    def outcome(self) -> UUID:
        """A desired outcome in force."""
        proposed = self.lismorrow.propose(kind="outcome", code="O1", patch={"title": "People are not alone"})
        seated = {name: "for" for name in self.lismorrow.everybody("for") if name != "pat"}
        self.lismorrow.decide(self.lismorrow.open(proposed), **seated)
        return proposed.element

    @cached_property
    def need(self) -> Need:
        """A need that Gareth's group has stated under it."""
        return state_need(
            by=self.lismorrow.gareth, framework=self.lismorrow.framework, outcome=self.outcome, words="Who?"
        )

    @property
    def item(self) -> str:
        return str(self.round.items.get().id)

    def member(self, name: str) -> str:
        """The id under which the log names somebody."""
        person = self.lismorrow.people[name]
        return str(pseudonyms(self.lismorrow.partnership, [person.id])[person.id])

    def ballot(self, **more: Any) -> dict[str, Any]:
        return {"round": str(self.round.id), "item": self.item, "choice": "for", "key": str(uuid4())} | more


def world_of(lismorrow: Lismorrow) -> World:
    first = lismorrow.propose(code="M1")
    lismorrow.decide(lismorrow.open(first), **lismorrow.everybody("for"))
    proposal = lismorrow.propose(code="M2", offers_until=FAR)
    offer = offer_change(by=lismorrow.samira, proposal=proposal, patch={"unit": "‰"}, reason="Finer.")
    declined = offer_change(by=lismorrow.ruth, proposal=proposal, patch={"unit": "persons"}, reason="Plainer.")
    declined = answer_offer(by=lismorrow.gareth, offer=declined, answer="declined", reason="No.")
    asked = offer_change(by=lismorrow.ify, proposal=proposal, patch={"periods": "daily"}, reason="Sooner.")
    counter = counter_offer(by=lismorrow.gareth, offer=asked, patch={"periods": "weekly"}, reason="Enough.")
    rule = lismorrow.rule()
    waiting = lismorrow.propose(code="M3")
    group = lismorrow.partnership.groups.get(key="C")
    free = Seat.objects.get(holdings__person=lismorrow.people["Pat"], group=group)
    vacate_seat(by=lismorrow.orla, seat=free)
    return World(
        lismorrow=lismorrow,
        element=Element.objects.get(id=first.element),
        proposal=proposal,
        offer=offer,
        declined=declined,
        counter=counter,
        reservation=record_reservation(
            by=lismorrow.ify, decision=Decision.objects.get(proposal=first), words="We doubt it.", condition="If so."
        ),
        draft_kept=keep_draft(
            by=lismorrow.ify, framework=lismorrow.framework, subject="add:measure", values={"title": ["So."]}
        ),
        package=make_package(
            by=lismorrow.gareth,
            framework=lismorrow.framework,
            title="Both",
            proposals=[lismorrow.propose(code="P1"), lismorrow.propose(code="P2")],
            reason="So.",
            promises=[Promise("F", "Diaries", FAR)],
            ratified_by={"F": FAR},
        ),
        comment=add_comment(by=lismorrow.ify, on=proposal, words="Why so?", kind="question", field="unit"),
        change=lismorrow.propose(
            action="change", element=first.element, patch={"unit": "x", "periods": "daily"}, code="", kind=""
        ),
        objection=raise_objection(by=lismorrow.ify, proposal=proposal, reason="It harms."),
        rule=rule,
        draft=draft_round(
            by=lismorrow.orla, framework=lismorrow.framework, title="Next", rule=rule, proposals=[waiting]
        ),
        round=lismorrow.open(lismorrow.propose(code="M4"), rule=MAJORITY_OF_EVERY_GROUP),
        mandate=record_mandate(
            by=lismorrow.orla,
            code="MD1",
            holder=lismorrow.people["Gareth"],
            authority="The council",
            basis_kind="law",
            basis="Order 1",
            parts=["target", "formula"],
            valid_from=date(2020, 1, 1),
            document=Document("order.txt", "text/plain; charset=utf-8", b"Article 1."),
        ),
        free=free,
        link=invite_group(by=lismorrow.orla, group=group),
    )


Request = tuple[dict[str, Any], dict[str, Any], str]


def requests(world: World) -> dict[str, Request]:
    """For every operation the values of its path, a body that would do, and its query."""
    parts = (_people, _partnerships, _mandates, _record, _protection, _frameworks, _proposals, _rounds, _decisions)
    return {name: asked for part in parts for name, asked in part(world).items()}


def _people(world: World) -> dict[str, Request]:
    partnership = {"partnership": world.lismorrow.partnership.id}
    held = world.lismorrow.gareth.require_seat().id
    return {
        "me": ({}, {}, ""),
        "list_tokens": ({}, {}, ""),
        "make_token": ({}, {"label": "mine"}, ""),
        "revoke_token": ({"token_id": 0}, {}, ""),
        "list_notices": ({}, {}, ""),
        "mark_notices_read": ({}, {}, ""),
        "find_invitation": ({}, {"token": world.link}, ""),
        "accept_invitation": ({}, {"token": world.link, "name": "Bríd"}, ""),
        "invite_group": ({**partnership, "key": "C"}, {}, ""),
        "list_seats": (partnership, {}, ""),
        "assign_seat": ({**partnership, "seat": world.free.id}, {"name": "Bríd"}, ""),
        "vacate_seat": ({**partnership, "seat": held}, {}, ""),
        "list_members": (partnership, {}, ""),
        "make_member_token": ({**partnership, "member": world.member("Colm")}, {}, ""),
    }


def _partnerships(world: World) -> dict[str, Request]:
    partnership = {"partnership": world.lismorrow.partnership.id}
    mandate = {
        "code": "MD2",
        "name": "Helen",
        "authority": "Chair",
        "basis_kind": "duty",
        "basis": "Letter",
        "parts": ["target"],
        "valid_from": "2024-01-01",
    }
    return {
        "list_partnerships": ({}, {}, ""),
        "found_partnership": ({}, {"name": "Elsewhere"}, ""),
        "read_partnership": (partnership, {}, ""),
        "ask_for_papers": (partnership, {"days": 5, "days_off": ["2026-12-25"]}, ""),
        "move_story": (partnership, {"day": "2024-01-01"}, ""),
        "add_group": (partnership, {"key": "Z", "name": "Z", "kind": "community", "seats": 1}, ""),
        "give_role": (partnership, {"role": "auditor", "name": "Lena"}, ""),
        "list_mandates": (partnership, {}, ""),
        "record_mandate": (partnership, mandate, ""),
    }


def _mandates(world: World) -> dict[str, Request]:
    mandate = {"partnership": world.lismorrow.partnership.id, "mandate": world.mandate.id}
    return {
        "read_mandate_document": (mandate, {}, ""),
        "pass_mandate": (mandate, {"name": "Helen", "reason": "A new chair."}, ""),
        "end_mandate": (mandate, {"ends": "2024-01-01", "reason": "Withdrawn."}, ""),
        "list_reviews": ({"partnership": world.lismorrow.partnership.id}, {}, ""),
        "list_talks": ({"element": world.element.id}, {}, ""),
    }


def _record(world: World) -> dict[str, Request]:
    partnership = {"partnership": world.lismorrow.partnership.id}
    entry = {**partnership, "seq": 0}
    return {
        "read_record": (partnership, {}, ""),
        "list_entries": (partnership, {}, ""),
        "read_entry": (entry, {}, ""),
        "read_inclusion_proof": (entry, {}, ""),
        "read_receipt": (entry, {}, ""),
        "read_consistency_proof": (partnership, {}, "?from=1"),
        "read_checkpoint": (partnership, {}, ""),
        "list_population": (partnership, {}, ""),
        "read_overview": (partnership, {}, ""),
        "list_host_entries": (partnership, {}, ""),
        "list_keepers": (partnership, {}, ""),
        "list_deliveries": (partnership, {}, ""),
        "choose_keeper": (partnership, {"name": "A university", "url": "https://log.example.org/in"}, ""),
        "try_keeper": ({**partnership, "keeper": world.keeper.id}, {}, ""),
        "remove_keeper": ({**partnership, "keeper": world.keeper.id}, {}, ""),
        "confirm_keeper": ({}, {"link": keeping.link_of(world.keeper)}, ""),
        "read_changes": (partnership, {}, "?from=0"),
        "read_round_changes": ({"round": world.round.id}, {}, "?from=0"),
    }


def _protection(world: World) -> dict[str, Request]:
    partnership, erasure = {"partnership": world.lismorrow.partnership.id}, {"erasure": world.erasure.id}
    text = {**partnership, "text": uuid4()}
    return {
        "take_role": ({**partnership, "member": world.member("Colm"), "role": "convenor"}, {}, ""),
        "list_erasures": (partnership, {}, ""),
        "ask_erasure": (partnership, {"words": "Please."}, ""),
        "read_erasure": (erasure, {}, ""),
        "erase_person": (erasure, {"ground": "consent"}, ""),
        "refuse_erasure": (erasure, {"ground": "claims", "rule": "office", "reason": "A case."}, ""),
        "read_protection": (partnership, {}, ""),
        "set_retention": (partnership, {"kind": "proposal.rationale", "years": 3}, ""),
        "erase_words": (partnership, {"texts": [str(uuid4())], "ground": "unlawful"}, ""),
        "mark_exempt": (text, {"ground": "personal"}, ""),
        "lift_exemption": (text, {}, ""),
        "export_own_data": ({}, {}, ""),
    }


def _frameworks(world: World) -> dict[str, Request]:
    partnership, framework = world.lismorrow.partnership.id, {"framework": world.lismorrow.framework.id}
    return {
        "search": ({}, {}, "?q=lonely"),
        "list_frameworks": ({"partnership": partnership}, {}, ""),
        "create_framework": ({"partnership": partnership}, {"title": "Another", "starts_on": "2026-01-01"}, ""),
        "read_framework": (framework, {}, ""),
        "seal_plan": (framework, {"slots": [{"key": "young", "title": "By young people"}]}, ""),
        "open_gates": (framework, {"gates": ["propose"]}, ""),
        "list_editions": (framework, {}, ""),
        "publish_edition": (framework, {}, ""),
        "read_edition": ({**framework, "number": 0}, {}, ""),
        "read_framework_at": (framework, {}, ""),
        "compare_days": (framework, {}, ""),
        "read_element_at": ({"element": world.element.id}, {}, ""),
        "compare_editions": ({**framework, "number": 0}, {}, "?since=0"),
        "plan_drafts": (framework, {"table": "title\nSleep\n"}, ""),
        "import_drafts": (framework, {"table": "title\nSleep\n", "rationale": "So."}, ""),
        "plan_inherited": (framework, {"table": "title\nSleep\n"}, ""),
        "inherit": (framework, {"table": "title\nSleep\n", "evidence": "Minutes."}, ""),
        "copy_framework": (
            {"partnership": partnership},
            {
                "source": str(world.lismorrow.framework.id),
                "title": "Copy",
                "starts_on": "2026-01-01",
                "rationale": "So.",
            },
            "",
        ),
        "offer_template": (framework, {"offered": True}, ""),
        "name_levels": (framework, {"levels": ["Goal", "Outcome"]}, ""),
        "list_elements": (framework, {}, ""),
        "read_element": ({"element": world.element.id}, {}, ""),
    }


def _proposals(world: World) -> dict[str, Request]:
    framework, proposal = {"framework": world.lismorrow.framework.id}, {"proposal": world.proposal.id}
    element = {"element": world.element.id}
    add = {"action": "add", "kind": "measure", "code": "M9", "patch": LONELINESS, "rationale": "So."}
    return {
        "list_proposals": (framework, {}, ""),
        "submit_proposal": (framework, add, ""),
        "read_proposal": (proposal, {}, ""),
        "list_versions": (proposal, {}, ""),
        "revise_proposal": (proposal, {"patch": LONELINESS, "rationale": "So.", "on_number": 1}, ""),
        "withdraw_proposal": (proposal, {"reason": "So."}, ""),
        "list_offers": (proposal, {}, ""),
        "offer_change": (proposal, {"patch": {"unit": "persons"}, "reason": "So."}, ""),
        "list_comments": (proposal, {}, ""),
        "list_element_comments": (element, {}, ""),
        "add_comment": (proposal, {"words": "So?", "kind": "question", "field": "unit"}, ""),
        "add_element_comment": (element, {"words": "So."}, ""),
        "take_back_comment": ({"comment": world.comment.id}, {}, ""),
        "read_field_states": (element, {}, ""),
        "list_field_states": (framework, {}, ""),
        "split_proposal": ({"proposal": world.change.id}, {"parts": [["unit"], ["periods"]], "reason": "So."}, ""),
        "read_concessions": (framework, {}, ""),
        "read_ranges": (element, {}, "?field=target"),
        "state_range": (element, {"field": "target", "low": "12", "high": "15.5", "reason": "So."}, ""),
        "read_dissent": (framework, {}, ""),
        "record_reservation": ({"decision": world.reservation.decision_id}, {"words": "So.", "condition": "If."}, ""),
        "call_review": ({"reservation": world.reservation.id}, {"reason": "So."}, ""),
        "list_packages": (framework, {}, ""),
        "read_package": ({"package": world.package.id}, {}, ""),
        "make_package": (
            framework,
            {"title": "T", "reason": "So.", "proposals": [str(world.proposal.id), str(world.change.id)]},
            "",
        ),
        "dissolve_package": ({"package": world.package.id}, {"reason": "So."}, ""),
        "keep_commitment": ({"commitment": world.package.commitments.get().id}, {}, ""),
        "answer_ratification": (
            {"ratification": world.package.ratifications.get().id},
            {"answer": "ratified", "evidence": "Minute 7."},
            "",
        ),
        "list_drafts": (framework, {}, ""),
        "keep_draft": (framework, {"subject": "add:value", "values": {"title": ["So."]}}, ""),
        "drop_draft": ({"draft": world.draft_kept.id}, {}, ""),
        "reaffirm": ({"round": world.round.id}, {}, ""),
        "read_lineage": (proposal, {}, ""),
        "set_window": (proposal, {"offers_until": "2099-02-01", "offers_each": 3}, ""),
        "read_contributions": (framework, {}, ""),
        "withdraw_offer": ({"offer": world.offer.id}, {"reason": "So."}, ""),
        "join_offer": ({"offer": world.offer.id}, {}, ""),
        "counter_offer": ({"offer": world.offer.id}, {"patch": {"unit": "per mille"}, "reason": "So."}, ""),
        "answer_counter": ({"offer": world.counter.id}, {"answer": "declined", "reason": "So."}, ""),
        "read_merge_table": (proposal, {}, ""),
        "merge_offers": (
            proposal,
            {"answers": [{"offer": str(world.offer.id), "answer": "declined", "reason": "So."}], "on_number": 1},
            "",
        ),
        "find_near": (proposal, {"patch": {"unit": "persons"}}, ""),
        "answer_offer": ({"offer": world.offer.id}, {"answer": "accepted", "reason": "So."}, ""),
        "put_offer_to_vote": ({"offer": world.declined.id}, {"rationale": "So."}, ""),
        "list_objections": (proposal, {}, ""),
        "raise_objection": (proposal, {"reason": "So."}, ""),
        "withdraw_objection": ({"objection": world.objection.id}, {}, ""),
    }


def _rounds(world: World) -> dict[str, Request]:
    framework, round = {"framework": world.lismorrow.framework.id}, {"round": world.round.id}
    draft = {"title": "R", "rule": str(world.rule.id), "proposals": [str(world.proposal.id)]}
    ballot = world.ballot()
    return {
        "list_rules": (framework, {}, ""),
        "register_rule": (framework, {"title": "All", "document": MAJORITY_OF_EVERY_GROUP}, ""),
        "read_rule_templates": (framework, {}, ""),
        "try_rule": (framework, {"document": MAJORITY_OF_EVERY_GROUP, "votes": {"counts": {"C": {"for": 1}}}}, ""),
        "list_rounds": (framework, {}, ""),
        "draft_round": (framework, draft, ""),
        "read_round": (round, {}, ""),
        "read_agreement": (round, {}, ""),
        "open_round": ({"round": world.draft.id}, {}, ""),
        "announce_round": ({"round": world.draft.id}, {}, ""),
        "move_on": ({"round": world.draft.id}, {"leaving": ""}, ""),
        "pause_round": (round, {}, ""),
        "resume_round": (round, {}, ""),
        "extend_round": (round, {"until": "2100-01-01T12:00:00Z"}, ""),
        "read_floor": (round, {}, ""),
        "raise_hand": (round, {}, ""),
        "lower_hand": (round, {}, ""),
        "give_floor": (round, {"seat": str(world.lismorrow.ify.require_seat().id), "seconds": 120}, ""),
        "end_turn": (round, {}, ""),
        "say_ready": (round, {"ready": True}, ""),
        "read_coming": (round, {}, ""),
        "say_whether_coming": (round, {"answer": "comes"}, ""),
        "reopen_round": (round, {"open": True}, ""),
        "read_feedback": (round, {}, ""),
        "read_movement": (round, {}, ""),
        "give_reason": (round, {"item": world.item, "words": "So."}, ""),
        "list_papers": (round, {}, ""),
        "list_interests": (round, {}, ""),
        "read_papers": (round, {}, ""),
        "send_papers": ({"round": world.draft.id}, {}, ""),
        "declare_interest": ({"round": world.draft.id}, {"item": str(world.draft.items.get().id), "reason": "So."}, ""),
        "rule_on_interest": ({**round, "interest": uuid4()}, {"leaves": False, "reason": "So."}, ""),
        "list_corrections": (round, {}, ""),
        "correct_note": (round, {"words": "So."}, ""),
        "enter_on_paper": (
            round,
            {"item": world.item, "seat": str(world.lismorrow.jamie.require_seat().id), "choice": "for"},
            "",
        ),
        "discard_paper": ({**round, "paper": uuid4()}, {}, ""),
        "close_round": (round, {}, ""),
        "list_own_ballots": (round, {}, ""),
        "cast_ballots": (round, {"ballots": [{key: ballot[key] for key in ("item", "choice", "key")}]}, ""),
        "cast_ballot": ({}, ballot, ""),
    }


def _decisions(world: World) -> dict[str, Request]:
    framework, element = {"framework": world.lismorrow.framework.id}, {"element": world.element.id}
    impose = {
        "mandate": str(world.mandate.id),
        "element": str(world.element.id),
        "patch": {"unit": "persons"},
        "reason_code": "law",
        "reason": "So.",
    }
    return {
        "list_decisions": (framework, {}, ""),
        "impose": (framework, impose, ""),
        "set_outside": (element, {"patch": {"unit": "persons"}, "evidence": "A letter."}, ""),
        "list_challenges": (framework, {}, ""),
        "contest": (framework, {"about": world.cause, "reason": "So."}, ""),
        "read_challenge": ({"challenge": world.challenge.id}, {}, ""),
        "give_opinion": ({"challenge": world.challenge.id}, {"answer": "upheld", "reason": "So."}, ""),
        "step_aside": ({"challenge": world.challenge.id}, {"reason": "So."}, ""),
        "withdraw_challenge": ({"challenge": world.challenge.id}, {"reason": "So."}, ""),
        "read_direction": (framework, {}, ""),
        "state_need": (framework, {"outcome": str(world.outcome), "words": "Who is alone?"}, ""),
        "withdraw_need": ({**framework, "need": world.need.id}, {"reason": "So."}, ""),
        "state_alignment": (
            framework,
            {"above": str(world.need.id), "practice": str(world.element.id), "relation": "same", "reason": "So."},
            "",
        ),
        "notice_practice": (
            framework,
            {"element": str(world.element.id), "observed_on": "2024-05-14", "words": "A list."},
            "",
        ),
        "list_noticings": (element, {}, ""),
        "list_pulses": (framework, {}, ""),
        "answer_pulse": ({"pulse": Pulse.objects.get(element=world.element.id).id}, {"shape": 3, "matter": 7}, ""),
        "list_verdicts": (framework, {}, ""),
        "read_matrix": (framework, {}, ""),
        "read_history": (element, {}, ""),
        "read_journey": (element, {}, ""),
        "read_game": (framework, {}, ""),
    }
