"""What can be done to a framework. Adopted changes come from above through `change_element`."""

from apps.frameworks.services.changing import Change, change_element
from apps.frameworks.services.editions import digest, publish_edition
from apps.frameworks.services.founding import create_framework, name_levels, offer_template, open_gates, seal_plan
from apps.frameworks.services.locking import lock

__all__ = [
    "Change",
    "change_element",
    "create_framework",
    "digest",
    "lock",
    "name_levels",
    "offer_template",
    "open_gates",
    "publish_edition",
    "seal_plan",
]
