"""Tags of the pages: drawings, islands, figures. Everything here turns plain values into safe markup."""

import json
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.pages.drawing.bar import choices_bar, position_bar, range_bar
from apps.pages.drawing.code import code as drawn_code
from apps.pages.drawing.mark import mark as drawn_mark
from apps.pages.shown import Change, Position, ResultRow
from apps.provenance.presenting.journeys import Journey
from apps.provenance.presenting.matrix import KINDS, sample
from apps.provenance.presenting.matrix import matrix as drawn_matrix

register = template.Library()
NARROW_NO_BREAK = "\u202f"


def _safe(markup: str) -> SafeString:
    """Markup made by the drawing functions, which escape every value they are given."""
    return mark_safe(markup)  # noqa: S308


@register.simple_tag
def mark(position: Position | None, title: str = "") -> SafeString:
    """The 16 px mark alone; words must stand beside it, or `title` must say them."""
    ni, pe = (position.ni, position.pe) if position else (None, None)
    return _safe(drawn_mark(ni, pe, title))


@register.simple_tag
def tree(nodes: Sequence[Any]) -> SafeString:
    """Nodes with what stands under them, from the leaves up: a deep tree costs no more for each node than a flat one."""
    one = get_template("parts/node.html")
    return _safe("".join(_node(node, one) for node in nodes))


def _node(node: Any, one: Any) -> str:
    inside = "".join(_node(child, one) for child in node.children)
    return str(one.render({"node": node, "inside": _safe(inside)}))


@register.inclusion_tag("parts/position.html")
def position(position: Position | None) -> dict[str, Any]:
    """The mark with its words."""
    return {"position": position}


@register.inclusion_tag("parts/position_bar.html")
def bar(position: Position | None) -> dict[str, Any]:
    """The mark stretched, under a title; nothing where there is no position yet."""
    if position is None or position.ni is None or position.pe is None:
        return {"position": position, "drawing": ""}
    return {
        "position": position,
        "drawing": _safe(position_bar(position.ni, position.pe, position.words, position.origin)),
    }


@register.inclusion_tag("parts/matrix.html")
def matrix(journeys: Sequence[Journey], title: str, description: str = "", name: str = "matrix") -> dict[str, Any]:
    """The matrix with its legend and, as a table, the same content."""
    drawing = _safe(drawn_matrix(journeys, title, description, name=name))
    used = {journey.kind for journey in journeys}
    kinds = [(kind, words, _safe(sample(kind))) for kind, words in KINDS.items() if kind in used]
    return {
        "journeys": journeys,
        "drawing": drawing,
        "kinds": kinds,
        "moved": any(journey.has_moved for journey in journeys),
    }


@register.simple_tag
def result_bar(row: ResultRow) -> SafeString:
    """The bar of one row of a result."""
    return _safe(choices_bar(row.choices, f"{row.name}: {row.counts}", row.threshold, row.turnout))


@register.simple_tag
def qr_code(text: str, title: str) -> SafeString:
    """A text as a code that phones read; the text itself must stand beside it."""
    return _safe(drawn_code(text, title))


@register.simple_tag
def change_range(change: Change, which: str) -> SafeString:
    """The old or new range of a change, drawn within the scale; nothing where there is none."""
    part = change.old_range if which == "old" else change.new_range
    if part is None or change.scale is None:
        return SafeString("")
    return _safe(range_bar(part, change.scale, f"{part[0]:g} to {part[1]:g} {change.unit}".strip(), which))


@register.filter
def percent(share: Fraction | float, decimals: int = 1) -> str:
    """A share of 0..1 with its unit, halves to even, no needless decimals: 24/34 -> "70.6 %"."""
    exact = Fraction(share) * 100
    shown = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN
    )
    text = f"{shown:f}".rstrip("0").rstrip(".") if decimals else f"{shown:f}"
    return f"{text}{NARROW_NO_BREAK}%"


@register.filter
def one_decimal(value: Fraction | float) -> str:
    """A figure as pages show it: one decimal, halves to even."""
    exact = Fraction(value)
    return f"{(Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal('0.1'), ROUND_HALF_EVEN):f}"


class IslandNode(template.Node):
    """What stands between the tags is the page without scripts; the island takes its place when scripts run."""

    def __init__(self, name: FilterExpression, props: dict[str, FilterExpression], inside: NodeList) -> None:
        self.name, self.props, self.nodelist = name, props, inside

    def render(self, context: Context) -> SafeString:
        """A `div` that names the island and carries its values as JSON."""
        props = self.props["props"].resolve(context) if "props" in self.props else {}
        return format_html(
            '<div data-island="{}" data-props="{}">{}</div>',
            self.name.resolve(context),
            json.dumps(props, ensure_ascii=False),
            self.nodelist.render(context),
        )


@register.tag
def island(parser: Parser, token: Token) -> IslandNode:
    """`{% island "room" props=room_props %} ...the form that works without scripts... {% endisland %}`"""
    _, name, *rest = token.split_contents()
    props = token_kwargs(rest, parser)
    if rest or set(props) - {"props"}:
        raise template.TemplateSyntaxError('Write {% island "name" props=values %}.')
    inside = parser.parse(("endisland",))
    parser.delete_first_token()
    return IslandNode(parser.compile_filter(name), props, inside)
