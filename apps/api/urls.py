"""Addresses of the API: which method of HTTP on which resource is which operation."""

from typing import Any

from django.urls import URLPattern, path, re_path

from apps.api.agreement import Agreements
from apps.api.auditing import Auditing
from apps.api.ballots import Ballots
from apps.api.bargaining import Bargaining
from apps.api.challenges import Challenges
from apps.api.changes import Changes
from apps.api.coming import WhoComesTo
from apps.api.comments import Comments
from apps.api.course import Course
from apps.api.decisions import Decisions
from apps.api.direction import Directions
from apps.api.dissent import DissentRegister
from apps.api.documents import Docs, Document
from apps.api.drafts import Drafts
from apps.api.editions import Editions
from apps.api.feedback import Feedback
from apps.api.floor import Speaking
from apps.api.frameworks import Elements, Frameworks
from apps.api.importing import Imports
from apps.api.keepers import Keepers
from apps.api.kinship import Kinship
from apps.api.ledger import Conceding
from apps.api.mandates import Mandates, Talks
from apps.api.meetings import Meetings
from apps.api.merging import Merging
from apps.api.notices import Notices
from apps.api.operations import Operations
from apps.api.packages import Packages
from apps.api.paper import OnPaper
from apps.api.papers import PapersBefore
from apps.api.partnerships import Groups, Partnerships, Roles
from apps.api.people import Invitations, Myself, Seats
from apps.api.proposals import Objections, Offers, Proposals
from apps.api.protection import Erasures, Keeping, Mine
from apps.api.provenance import Provenance
from apps.api.pulses import Pulses
from apps.api.record import Proofs, Record
from apps.api.rounds import Rounds
from apps.api.rules import Rules
from apps.api.searching import Searching
from apps.api.standing import Standings
from apps.api.travelling import Days
from apps.api.unknown import Unknown

app_name = "api"
PARTNERSHIP = "partnerships/<uuid:partnership>/"
FRAMEWORK = "frameworks/<uuid:framework>/"
PROPOSAL = "proposals/<uuid:proposal>/"
ENTRY = f"{PARTNERSHIP}record/entries/<int:seq>/"


def at(route: str, family: type[Operations], **operations: str) -> URLPattern:
    """An address with its operations: `get="list_groups", post="add_group"`."""
    actions: dict[str, Any] = dict(operations)
    return path(route, family.as_view(actions))


urlpatterns = [
    # Votes first: addresses are tried in this order, and nothing is asked for more often.
    at("rounds/<uuid:round>/reaffirmation/", Ballots, post="reaffirm"),
    at("rounds/<uuid:round>/ballots/", Ballots, get="list_own_ballots", post="cast_ballots"),
    at("ballots/", Ballots, post="cast_ballot"),
    at("me/", Myself, get="me"),
    at("me/tokens/", Myself, get="list_tokens", post="make_token"),
    at("me/tokens/<int:token_id>/", Myself, delete="revoke_token"),
    at("me/data/", Mine, get="export_own_data"),
    at("me/notices/", Notices, get="list_notices", post="mark_notices_read"),
    at("invitations/find/", Invitations, post="find_invitation"),
    at("invitations/accept/", Invitations, post="accept_invitation"),
    at("partnerships/", Partnerships, get="list_partnerships", post="found_partnership"),
    at(PARTNERSHIP, Partnerships, get="read_partnership"),
    at(f"{PARTNERSHIP}story/", Partnerships, put="move_story"),
    at(f"{PARTNERSHIP}groups/", Groups, post="add_group"),
    at(f"{PARTNERSHIP}groups/<slug:key>/invitations/", Invitations, post="invite_group"),
    at(f"{PARTNERSHIP}seats/", Seats, get="list_seats"),
    at(f"{PARTNERSHIP}seats/<uuid:seat>/holder/", Seats, post="assign_seat", delete="vacate_seat"),
    at(f"{PARTNERSHIP}members/", Seats, get="list_members"),
    at(f"{PARTNERSHIP}members/<uuid:member>/tokens/", Seats, post="make_member_token"),
    at(f"{PARTNERSHIP}roles/", Roles, post="give_role"),
    at(f"{PARTNERSHIP}members/<uuid:member>/roles/<slug:role>/", Roles, delete="take_role"),
    at(f"{PARTNERSHIP}mandates/", Mandates, get="list_mandates", post="record_mandate"),
    at(f"{PARTNERSHIP}mandates/<uuid:mandate>/document/", Mandates, get="read_mandate_document"),
    at(f"{PARTNERSHIP}mandates/<uuid:mandate>/holder/", Mandates, post="pass_mandate"),
    at(f"{PARTNERSHIP}mandates/<uuid:mandate>/end/", Mandates, post="end_mandate"),
    at(f"{PARTNERSHIP}reviews/", Talks, get="list_reviews"),
    at("elements/<uuid:element>/talks/", Talks, get="list_talks"),
    at(f"{PARTNERSHIP}frameworks/", Frameworks, get="list_frameworks", post="create_framework"),
    at(f"{PARTNERSHIP}record/", Record, get="read_record"),
    at(f"{PARTNERSHIP}record/entries/", Record, get="list_entries"),
    at(ENTRY, Record, get="read_entry"),
    at(f"{ENTRY}proof/", Proofs, get="read_inclusion_proof"),
    at(f"{ENTRY}receipt/", Proofs, get="read_receipt"),
    at(f"{PARTNERSHIP}record/consistency/", Proofs, get="read_consistency_proof"),
    at(f"{PARTNERSHIP}record/checkpoint/", Proofs, get="read_checkpoint"),
    at(f"{PARTNERSHIP}record/keepers/", Keepers, get="list_keepers", post="choose_keeper"),
    at(f"{PARTNERSHIP}record/keepers/<uuid:keeper>/", Keepers, delete="remove_keeper"),
    at(f"{PARTNERSHIP}record/keepers/<uuid:keeper>/trial/", Keepers, post="try_keeper"),
    at(f"{PARTNERSHIP}record/deliveries/", Keepers, get="list_deliveries"),
    at("keepers/confirmation/", Keepers, post="confirm_keeper"),
    at(f"{PARTNERSHIP}record/host/", Auditing, get="list_host_entries"),
    at(f"{PARTNERSHIP}overview/", Auditing, get="read_overview"),
    at(f"{PARTNERSHIP}decisions/", Auditing, get="list_population"),
    at(f"{PARTNERSHIP}erasures/", Erasures, get="list_erasures", post="ask_erasure"),
    at("erasures/<uuid:erasure>/", Erasures, get="read_erasure"),
    at("erasures/<uuid:erasure>/erasing/", Erasures, post="erase_person"),
    at("erasures/<uuid:erasure>/refusal/", Erasures, post="refuse_erasure"),
    at(f"{PARTNERSHIP}protection/", Keeping, get="read_protection"),
    at(f"{PARTNERSHIP}protection/periods/", Keeping, put="set_retention"),
    at(f"{PARTNERSHIP}texts/erasing/", Keeping, post="erase_words"),
    at(f"{PARTNERSHIP}texts/<uuid:text>/exemption/", Keeping, put="mark_exempt", delete="lift_exemption"),
    at(f"{PARTNERSHIP}record/changes/", Changes, get="read_changes"),
    at(FRAMEWORK, Frameworks, get="read_framework"),
    at(f"{FRAMEWORK}plan/", Frameworks, post="seal_plan"),
    at(f"{FRAMEWORK}gates/", Frameworks, put="open_gates"),
    at(f"{FRAMEWORK}editions/", Editions, get="list_editions", post="publish_edition"),
    at(f"{FRAMEWORK}imports/", Imports, post="import_drafts"),
    at(f"{FRAMEWORK}imports/preview/", Imports, post="plan_drafts"),
    at(f"{FRAMEWORK}inheritance/", Imports, post="inherit"),
    at(f"{FRAMEWORK}inheritance/preview/", Imports, post="plan_inherited"),
    at(f"{PARTNERSHIP}frameworks/copies/", Frameworks, post="copy_framework"),
    at(f"{FRAMEWORK}template/", Frameworks, put="offer_template"),
    at(f"{FRAMEWORK}levels/", Frameworks, put="name_levels"),
    at(f"{FRAMEWORK}editions/<int:number>/", Editions, get="read_edition"),
    at(f"{FRAMEWORK}editions/<int:number>/changes/", Editions, get="compare_editions"),
    at(f"{FRAMEWORK}at/", Days, get="read_framework_at"),
    at(f"{FRAMEWORK}changes/", Days, get="compare_days"),
    at("elements/<uuid:element>/at/", Days, get="read_element_at"),
    at(f"{FRAMEWORK}elements/", Elements, get="list_elements"),
    at("elements/<uuid:element>/", Elements, get="read_element"),
    at("elements/<uuid:element>/history/", Provenance, get="read_history"),
    at("elements/<uuid:element>/journey/", Provenance, get="read_journey"),
    at("elements/<uuid:element>/outside/", Decisions, post="set_outside"),
    at(f"{FRAMEWORK}proposals/", Proposals, get="list_proposals", post="submit_proposal"),
    at(PROPOSAL, Proposals, get="read_proposal"),
    at(f"{PROPOSAL}versions/", Proposals, get="list_versions", post="revise_proposal"),
    at(f"{PROPOSAL}withdrawal/", Proposals, post="withdraw_proposal"),
    at(f"{PROPOSAL}offers/", Offers, get="list_offers", post="offer_change"),
    at(f"{PROPOSAL}merge/", Merging, get="read_merge_table", post="merge_offers"),
    at(f"{PROPOSAL}near/", Merging, post="find_near"),
    at(f"{PROPOSAL}comments/", Comments, get="list_comments", post="add_comment"),
    at("elements/<uuid:element>/comments/", Comments, get="list_element_comments", post="add_element_comment"),
    at("comments/<uuid:comment>/withdrawal/", Comments, post="take_back_comment"),
    at("elements/<uuid:element>/fields/", Standings, get="read_field_states"),
    at(f"{FRAMEWORK}fields/", Standings, get="list_field_states"),
    at(f"{PROPOSAL}parts/", Kinship, post="split_proposal"),
    at(f"{FRAMEWORK}concessions/", Conceding, get="read_concessions"),
    at("elements/<uuid:element>/ranges/", Conceding, get="read_ranges", post="state_range"),
    at(f"{FRAMEWORK}dissent/", DissentRegister, get="read_dissent"),
    at("decisions/<uuid:decision>/reservations/", DissentRegister, post="record_reservation"),
    at("reservations/<uuid:reservation>/review/", DissentRegister, post="call_review"),
    at(f"{FRAMEWORK}packages/", Packages, get="list_packages", post="make_package"),
    at("packages/<uuid:package>/", Packages, get="read_package"),
    at("packages/<uuid:package>/dissolution/", Packages, post="dissolve_package"),
    at("commitments/<uuid:commitment>/kept/", Packages, post="keep_commitment"),
    at("ratifications/<uuid:ratification>/answer/", Packages, post="answer_ratification"),
    at(f"{FRAMEWORK}drafts/", Drafts, get="list_drafts", put="keep_draft"),
    at("drafts/<uuid:draft>/", Drafts, delete="drop_draft"),
    at(f"{PROPOSAL}lineage/", Kinship, get="read_lineage"),
    at(f"{PROPOSAL}window/", Bargaining, put="set_window"),
    at(f"{FRAMEWORK}contributions/", Bargaining, get="read_contributions"),
    at("offers/<uuid:offer>/withdrawal/", Bargaining, post="withdraw_offer"),
    at("offers/<uuid:offer>/joining/", Bargaining, post="join_offer"),
    at("offers/<uuid:offer>/counter/", Bargaining, post="counter_offer"),
    at("offers/<uuid:offer>/counter/answer/", Bargaining, post="answer_counter"),
    at("offers/<uuid:offer>/answer/", Offers, post="answer_offer"),
    at("offers/<uuid:offer>/proposal/", Offers, post="put_offer_to_vote"),
    at(f"{PROPOSAL}objections/", Objections, get="list_objections", post="raise_objection"),
    at("objections/<uuid:objection>/withdrawal/", Objections, post="withdraw_objection"),
    at(f"{FRAMEWORK}rules/", Rules, get="list_rules", post="register_rule"),
    at("rounds/<uuid:round>/agreement/", Agreements, get="read_agreement"),
    at(f"{FRAMEWORK}rules/templates/", Rules, get="read_rule_templates"),
    at(f"{FRAMEWORK}rules/try/", Rules, post="try_rule"),
    at(f"{FRAMEWORK}rounds/", Rounds, get="list_rounds", post="draft_round"),
    at("rounds/<uuid:round>/", Rounds, get="read_round"),
    at("rounds/<uuid:round>/changes/", Changes, get="read_round_changes"),
    at("rounds/<uuid:round>/interests/", Meetings, get="list_interests", post="declare_interest"),
    at("rounds/<uuid:round>/interests/<uuid:interest>/ruling/", Meetings, post="rule_on_interest"),
    at("rounds/<uuid:round>/agenda/", PapersBefore, get="read_papers", post="send_papers"),
    at(f"{PARTNERSHIP}papers/", PapersBefore, put="ask_for_papers"),
    at("rounds/<uuid:round>/note/corrections/", Meetings, get="list_corrections", post="correct_note"),
    at("rounds/<uuid:round>/papers/", OnPaper, get="list_papers", post="enter_on_paper"),
    at("rounds/<uuid:round>/papers/<uuid:paper>/", OnPaper, delete="discard_paper"),
    at("rounds/<uuid:round>/announcement/", Course, post="announce_round"),
    at("rounds/<uuid:round>/phase/", Course, post="move_on"),
    at("rounds/<uuid:round>/pause/", Course, post="pause_round", delete="resume_round"),
    at("rounds/<uuid:round>/time/", Course, post="extend_round"),
    at("rounds/<uuid:round>/next/", Course, post="reopen_round"),
    at("rounds/<uuid:round>/feedback/", Feedback, get="read_feedback"),
    at("rounds/<uuid:round>/movement/", Feedback, get="read_movement"),
    at("rounds/<uuid:round>/reasons/", Feedback, post="give_reason"),
    at("rounds/<uuid:round>/opening/", Rounds, post="open_round"),
    at("rounds/<uuid:round>/closing/", Rounds, post="close_round"),
    at("rounds/<uuid:round>/floor/", Speaking, get="read_floor", post="give_floor", delete="end_turn"),
    at("rounds/<uuid:round>/hand/", Speaking, put="raise_hand", delete="lower_hand"),
    at("rounds/<uuid:round>/coming/", WhoComesTo, get="read_coming", put="say_whether_coming"),
    at("rounds/<uuid:round>/readiness/", Speaking, put="say_ready"),
    at(f"{FRAMEWORK}decisions/", Decisions, get="list_decisions"),
    at(f"{FRAMEWORK}impositions/", Decisions, post="impose"),
    at(f"{FRAMEWORK}challenges/", Challenges, get="list_challenges", post="contest"),
    at("challenges/<uuid:challenge>/", Challenges, get="read_challenge"),
    at("challenges/<uuid:challenge>/opinions/", Challenges, post="give_opinion"),
    at("challenges/<uuid:challenge>/aside/", Challenges, post="step_aside"),
    at("challenges/<uuid:challenge>/withdrawal/", Challenges, post="withdraw_challenge"),
    at(f"{FRAMEWORK}direction/", Directions, get="read_direction"),
    at(f"{FRAMEWORK}needs/", Directions, post="state_need"),
    at(f"{FRAMEWORK}needs/<uuid:need>/withdrawal/", Directions, post="withdraw_need"),
    at(f"{FRAMEWORK}alignments/", Directions, post="state_alignment"),
    at(f"{FRAMEWORK}noticings/", Directions, post="notice_practice"),
    at("elements/<uuid:element>/noticings/", Directions, get="list_noticings"),
    at(f"{FRAMEWORK}pulses/", Pulses, get="list_pulses"),
    at("pulses/<uuid:pulse>/answer/", Pulses, put="answer_pulse"),
    at(f"{FRAMEWORK}verdicts/", Provenance, get="list_verdicts"),
    at(f"{FRAMEWORK}matrix/", Provenance, get="read_matrix"),
    at(f"{FRAMEWORK}game/", Provenance, get="read_game"),
    at("search/", Searching, get="search"),
    path("schema/", Document.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    re_path(r"^.*$", Unknown.as_view()),
]
