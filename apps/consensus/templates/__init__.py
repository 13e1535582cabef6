"""Rule templates: four everyday ones first, and behind "advanced" one for every other kind of rule."""

from apps.consensus.templates.advanced import ADVANCED
from apps.consensus.templates.everyday import EVERYDAY
from apps.consensus.templates.template import Template

TEMPLATES: tuple[Template, ...] = (*EVERYDAY, *ADVANCED)

__all__ = ["ADVANCED", "EVERYDAY", "TEMPLATES", "Template", "template"]


def template(key: str) -> Template:
    """The template with this key; `KeyError` if there is none."""
    return {one.key: one for one in TEMPLATES}[key]
