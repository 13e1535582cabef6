"""Who may do what: a table of operations and people. What is refused leaves no trace but the record of the refusal itself."""

from collections.abc import Mapping

import pytest
from django.db import transaction

from apps.partnerships.models import Partnership, Visibility
from apps.record import selectors as record
from apps.record.checkpoints import publish
from tests.api.caller import FAMILIES, FAMILY, OPERATIONS, Caller
from tests.api.world import World, requests, world_of
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PEOPLE = ("orla", "gareth", "ify", "tomasz", "stan", "nobody")
CONVENOR_ONLY = (201, 403, 403, 403, 403, 401)
EVERYBODY = (200,) * 6
# The convenor has no seat, Gareth sits for the agency that tabled the proposal, Ify for frontline staff, Tomasz observes
# (and audits), Stan belongs to nothing.
TABLE: Mapping[str, tuple[int, ...]] = {
    "me": (200, 200, 200, 200, 200, 401),
    "list_tokens": (200, 200, 200, 200, 200, 401),
    "make_token": (403, 403, 403, 403, 403, 401),  # with a token; see test_tokens
    "revoke_token": (404, 404, 404, 404, 404, 401),
    "list_notices": (200, 200, 200, 200, 200, 401),
    "mark_notices_read": (200, 200, 200, 200, 200, 401),
    "find_invitation": EVERYBODY,
    "accept_invitation": (201, 409, 409, 409, 201, 201),  # who sits already has a seat
    "list_partnerships": EVERYBODY,
    "found_partnership": (201, 201, 201, 201, 201, 401),
    "read_partnership": EVERYBODY,
    "ask_for_papers": (200, 403, 403, 403, 403, 401),
    "move_story": (409, 403, 403, 403, 403, 401),  # no demonstration
    "add_group": CONVENOR_ONLY,
    "invite_group": CONVENOR_ONLY,
    "list_seats": EVERYBODY,
    "assign_seat": CONVENOR_ONLY,
    "vacate_seat": (204, 403, 403, 403, 403, 401),
    "list_members": (200, 200, 200, 200, 403, 401),
    "make_member_token": (409, 403, 403, 403, 403, 401),  # no demonstration
    "give_role": CONVENOR_ONLY,
    "list_mandates": EVERYBODY,
    "record_mandate": CONVENOR_ONLY,
    "read_mandate_document": EVERYBODY,
    "pass_mandate": (200, 403, 403, 403, 403, 401),
    "end_mandate": (200, 403, 403, 403, 403, 401),
    "list_reviews": EVERYBODY,
    "list_talks": EVERYBODY,
    "search": EVERYBODY,
    "list_frameworks": EVERYBODY,
    "create_framework": CONVENOR_ONLY,
    "list_keepers": (200, 403, 403, 200, 403, 401),
    "list_deliveries": (200, 403, 403, 200, 403, 401),
    "choose_keeper": CONVENOR_ONLY,
    "try_keeper": (409, 403, 403, 403, 403, 401),  # nobody has said yes yet
    "remove_keeper": (204, 403, 403, 403, 403, 401),
    "confirm_keeper": EVERYBODY,  # whoever holds the link
    "read_record": EVERYBODY,
    "list_entries": EVERYBODY,
    "read_entry": EVERYBODY,
    "read_inclusion_proof": EVERYBODY,
    "read_receipt": EVERYBODY,
    "read_consistency_proof": EVERYBODY,
    "read_checkpoint": EVERYBODY,
    "list_population": EVERYBODY,
    "read_overview": EVERYBODY,
    "list_host_entries": (403, 403, 403, 200, 403, 401),  # auditors only: nobody whom they audit watches them
    "take_role": (404, 403, 403, 403, 403, 401),  # Colm convenes nothing
    "list_erasures": EVERYBODY,  # each their own
    "ask_erasure": (201, 201, 201, 201, 403, 401),
    "read_erasure": (404, 404, 404, 200, 404, 401),  # Jamie's
    "erase_person": (404, 404, 404, 403, 404, 401),
    "refuse_erasure": (404, 404, 404, 403, 404, 401),
    "read_protection": EVERYBODY,
    "set_retention": (403, 403, 403, 403, 403, 401),
    "erase_words": (403, 403, 403, 403, 403, 401),
    "mark_exempt": (403, 403, 403, 403, 403, 401),
    "lift_exemption": (403, 403, 403, 403, 403, 401),
    "export_own_data": (200, 200, 200, 200, 200, 401),
    "read_changes": EVERYBODY,
    "read_framework": EVERYBODY,
    "seal_plan": CONVENOR_ONLY,
    "open_gates": (200, 403, 403, 403, 403, 401),
    "list_editions": EVERYBODY,
    "publish_edition": (409, 403, 403, 403, 403, 401),  # the plan is not sealed
    "read_edition": (404,) * 6,
    "compare_editions": (404,) * 6,
    "read_framework_at": EVERYBODY,
    "read_element_at": EVERYBODY,
    "compare_days": EVERYBODY,
    "plan_drafts": (200, 200, 200, 403, 403, 401),
    "import_drafts": (201, 201, 201, 403, 403, 401),
    "plan_inherited": (200, 403, 403, 403, 403, 401),
    "inherit": CONVENOR_ONLY,
    "copy_framework": CONVENOR_ONLY,
    "offer_template": (200, 403, 403, 403, 403, 401),
    "name_levels": (200, 403, 403, 403, 403, 401),
    "list_elements": EVERYBODY,
    "read_element": EVERYBODY,
    "read_history": EVERYBODY,
    "read_journey": EVERYBODY,
    "read_game": EVERYBODY,
    "set_outside": (403, 201, 201, 403, 403, 401),
    "list_proposals": EVERYBODY,
    "submit_proposal": (201, 201, 201, 403, 403, 401),
    "read_proposal": EVERYBODY,
    "list_versions": EVERYBODY,
    "revise_proposal": (403, 201, 403, 403, 403, 401),
    "withdraw_proposal": (403, 200, 403, 403, 403, 401),
    "list_offers": EVERYBODY,
    "offer_change": (403, 409, 201, 403, 403, 401),
    "list_comments": EVERYBODY,
    "list_element_comments": EVERYBODY,
    "add_comment": (201, 201, 201, 201, 403, 401),
    "add_element_comment": (201, 201, 201, 201, 403, 401),
    "take_back_comment": (403, 403, 200, 403, 403, 401),  # Ify's
    "read_field_states": EVERYBODY,
    "list_field_states": EVERYBODY,
    "split_proposal": (403, 201, 403, 403, 403, 401),
    "read_concessions": EVERYBODY,
    "read_ranges": EVERYBODY,
    "state_range": (403, 201, 201, 403, 403, 401),
    "read_dissent": EVERYBODY,
    "record_reservation": (403, 201, 201, 403, 403, 401),
    "call_review": (403, 403, 200, 403, 403, 401),  # Ify's
    "list_packages": EVERYBODY,
    "read_package": EVERYBODY,
    "make_package": (201, 201, 403, 403, 403, 401),
    "dissolve_package": (200, 200, 403, 403, 403, 401),
    "keep_commitment": (200, 403, 200, 403, 403, 401),  # frontline staff's
    "answer_ratification": (403, 403, 200, 403, 403, 401),
    "list_drafts": (403, 200, 200, 200, 403, 401),
    "keep_draft": (403, 200, 200, 403, 403, 401),
    "drop_draft": (403, 404, 204, 404, 403, 401),  # frontline staff's
    "reaffirm": (403, 409, 409, 403, 403, 401),  # nobody has voted before
    "read_lineage": EVERYBODY,
    "set_window": (200, 200, 403, 403, 403, 401),
    "read_contributions": EVERYBODY,
    "withdraw_offer": (403, 403, 403, 403, 403, 401),  # the community's
    "join_offer": (403, 409, 200, 403, 403, 401),
    "counter_offer": (403, 201, 403, 403, 403, 401),
    "answer_counter": (403, 403, 200, 403, 403, 401),
    "read_merge_table": EVERYBODY,
    "merge_offers": (403, 200, 403, 403, 403, 401),
    "find_near": EVERYBODY,
    "answer_offer": (403, 200, 403, 403, 403, 401),
    "put_offer_to_vote": (403, 201, 201, 403, 403, 401),
    "list_objections": EVERYBODY,
    "raise_objection": (403, 201, 201, 403, 403, 401),
    "withdraw_objection": (403, 403, 200, 403, 403, 401),
    "list_rules": EVERYBODY,
    "register_rule": CONVENOR_ONLY,
    "read_rule_templates": EVERYBODY,
    "try_rule": (200, 200, 200, 200, 403, 401),  # members: it counts what they may see
    "list_rounds": EVERYBODY,
    "draft_round": CONVENOR_ONLY,
    "read_round": EVERYBODY,
    "read_agreement": EVERYBODY,
    "read_round_changes": EVERYBODY,
    "open_round": (200, 403, 403, 403, 403, 401),
    "announce_round": (200, 403, 403, 403, 403, 401),
    "move_on": (200, 403, 403, 403, 403, 401),
    "pause_round": (200, 403, 403, 403, 403, 401),
    "resume_round": (409, 403, 403, 403, 403, 401),  # it is not paused
    "extend_round": (200, 403, 403, 403, 403, 401),
    "read_floor": EVERYBODY,
    "raise_hand": (403, 200, 200, 200, 403, 401),  # whoever has a seat, observers too
    "lower_hand": (403, 200, 200, 200, 403, 401),
    "give_floor": (200, 403, 403, 403, 403, 401),
    "end_turn": (409, 409, 409, 409, 403, 401),  # nobody speaks
    "say_ready": (403, 409, 409, 403, 403, 401),  # the vote has begun
    "read_coming": (200, 200, 200, 200, 403, 401),  # members only
    "say_whether_coming": (403, 200, 200, 200, 403, 401),  # whoever has a seat
    "reopen_round": (409, 403, 403, 403, 403, 401),  # it has not been counted
    "read_feedback": EVERYBODY,
    "read_movement": EVERYBODY,
    "give_reason": (403, 409, 409, 403, 403, 401),  # nobody has voted yet
    "list_interests": EVERYBODY,
    "read_papers": EVERYBODY,
    "send_papers": CONVENOR_ONLY,
    "declare_interest": (403, 201, 201, 403, 403, 401),
    "rule_on_interest": (404, 404, 404, 404, 404, 404),  # there is none
    "list_corrections": EVERYBODY,
    "correct_note": (409, 403, 403, 403, 403, 401),  # nothing has been counted
    "list_papers": (200, 200, 200, 200, 403, 401),
    "enter_on_paper": (200, 200, 200, 200, 403, 401),
    "discard_paper": (404, 404, 404, 404, 403, 401),  # there is no such paper
    "close_round": (200, 403, 403, 403, 403, 401),
    "list_own_ballots": (200, 200, 200, 200, 200, 401),
    "cast_ballots": (200, 200, 200, 200, 200, 401),  # each ballot has its own answer
    "cast_ballot": (403, 201, 201, 403, 403, 401),
    "list_decisions": EVERYBODY,
    "impose": (403, 201, 403, 403, 403, 401),  # Gareth holds the mandate
    "list_challenges": EVERYBODY,
    "contest": (201, 201, 201, 201, 403, 401),  # every member
    "read_challenge": EVERYBODY,
    "give_opinion": (403, 403, 403, 403, 403, 401),  # nobody of these was drawn
    "step_aside": (403, 403, 403, 403, 403, 401),
    "withdraw_challenge": (403, 403, 403, 200, 403, 401),  # Tomasz made it
    "read_direction": EVERYBODY,
    "state_need": (201, 201, 403, 403, 403, 401),  # from above: the convenor, an agency, who holds a mandate
    "withdraw_need": (403, 200, 403, 403, 403, 401),  # Gareth's group stated it
    "state_alignment": (403, 201, 201, 403, 403, 401),
    "notice_practice": (403, 201, 201, 403, 403, 401),
    "list_noticings": EVERYBODY,
    "list_pulses": EVERYBODY,
    "answer_pulse": (403, 200, 200, 403, 403, 401),
    "list_verdicts": EVERYBODY,
    "read_matrix": EVERYBODY,
}


@told_once
def world(lismorrow: Lismorrow) -> World:
    made = world_of(lismorrow)
    publish(lismorrow.log)
    return made


def _trace(world: World) -> list[str]:
    return [entry.type for entry in record.entries(world.lismorrow.log) if entry.type != "act.refused"]


def test_the_table_names_every_operation() -> None:
    assert set(TABLE) == set(OPERATIONS)


@pytest.mark.parametrize("family", FAMILIES)
def test_who_may(family: str, world: World, cast: Mapping[str, Caller]) -> None:
    said = {name: _answers(name, world, cast) for name in TABLE if FAMILY[name] == family}
    assert said == {name: TABLE[name] for name in said}


def _answers(name: str, world: World, cast: Mapping[str, Caller]) -> tuple[int, ...]:
    path, body, query = requests(world)[name]
    before, said = _trace(world), []
    for person in PEOPLE:
        with transaction.atomic():
            answer = cast[person](name, body, query=query, **path)
            if answer.status >= 400:
                assert (answer.body["status"], answer.code.count(".")) == (answer.status, 1)
                assert _trace(world) == before
            said.append(answer.status)
            transaction.set_rollback(True)
    return tuple(said)


def test_a_members_only_partnership_does_not_exist_for_others(world: World, cast: Mapping[str, Caller]) -> None:
    Partnership.objects.update(visibility=Visibility.MEMBERS)
    for name in (name for name in TABLE if name.startswith(("read_", "list_")) and TABLE[name] == EVERYBODY):
        path, body, query = requests(world)[name]
        assert cast["tomasz"](name, body, query=query, **path).status == 200
        for person in ("stan", "nobody"):
            answer = cast[person](name, body, query=query, **path)
            hidden = answer["items"] == [] if name == "list_partnerships" else answer.status == 404
            assert hidden, (name, person, answer)


def test_an_attempt_to_impose_without_mandate_is_recorded(world: World, cast: Mapping[str, Caller]) -> None:
    path, body, _ = requests(world)["impose"]
    assert cast["ify"]("impose", body, **path).code == "mandate.not_holder"
    last = record.entries(world.lismorrow.log)[-1]
    assert (last.type, last.data["code"]) == ("act.refused", "mandate.not_holder")
