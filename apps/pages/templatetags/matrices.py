"""Tags of the matrix's own page: the drawing alone, and the shapes of its legend."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from apps.provenance.presenting.journeys import Journey, Middle
from apps.provenance.presenting.matrix import matrix, sample

register = template.Library()


@register.simple_tag
def picture(journeys: Sequence[Journey], title: str, description: str, middle: Middle | None = None) -> SafeString:
    """The drawing without its table; the drawing functions escape every value they are given."""
    return mark_safe(matrix(journeys, title, description, name="framework", middle=middle))  # noqa: S308


@register.simple_tag
def shape(kind: str) -> SafeString:
    """The shape of a kind; words must stand beside it."""
    return mark_safe(sample(kind))  # noqa: S308
