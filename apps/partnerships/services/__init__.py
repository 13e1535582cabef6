"""What can be done to a partnership. Each verb checks the right, then runs one act."""

from apps.partnerships.services.founding import add_group, found_partnership, move_story
from apps.partnerships.services.keepers import choose_keeper, remove_keeper, try_keeper
from apps.partnerships.services.mandates import PARTS, end_mandate, pass_mandate, record_mandate
from apps.partnerships.services.papers import ask_for_papers
from apps.partnerships.services.roles import give_role, take_role
from apps.partnerships.services.seating import (
    accept_invitation,
    assign_seat,
    find_invitation,
    invite_group,
    vacate_seat,
)
from apps.partnerships.services.tokens import join_by_program, make_member_token

__all__ = [
    "PARTS",
    "accept_invitation",
    "add_group",
    "ask_for_papers",
    "assign_seat",
    "choose_keeper",
    "end_mandate",
    "find_invitation",
    "found_partnership",
    "give_role",
    "invite_group",
    "join_by_program",
    "make_member_token",
    "move_story",
    "pass_mandate",
    "record_mandate",
    "remove_keeper",
    "take_role",
    "try_keeper",
    "vacate_seat",
]
