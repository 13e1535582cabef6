"""What can be asked and decided about the words and data of people."""

from apps.protection.services.erasing import erase_person, erase_words
from apps.protection.services.exempting import lift_exemption, mark_exempt
from apps.protection.services.keeping import erase_expired, set_retention
from apps.protection.services.requests import ask_erasure, refuse_erasure

__all__ = [
    "ask_erasure",
    "erase_expired",
    "erase_person",
    "erase_words",
    "lift_exemption",
    "mark_exempt",
    "refuse_erasure",
    "set_retention",
]
