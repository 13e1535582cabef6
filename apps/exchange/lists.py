"""Lists as CSV for spreadsheets: mandates with what was set under them, challenges, pulses, direction."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.deliberation.models import Decision
from apps.deliberation.reviews import reviews_of
from apps.exchange.domain.tables import table
from apps.exchange.web import file, person_of
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import open_framework
from apps.measurement.direction import directions
from apps.measurement.selectors import pulses
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import open_partnership
from apps.protection.services.exports import record_export
from apps.provenance.contesting import challenges

CSV = "text/csv; charset=utf-8"
MANDATES = (
    *("mandate", "authority", "basis_kind", "basis", "limits", "document_sha256", "parts", "elements", "valid_from"),
    *("valid_until", "review_on", "lapses", "required_from_outside", "imposed_on", "imposed_parts", "reason_code"),
    *("effective", "method", "review_due", "review_held", "days_late", "entry"),
)
CHALLENGES = ("entry", "about", "subject", "code", "group", "reason", "panel", "state", "label_beside", "made_at")
PULSES = (
    "about",
    "code",
    "opened_on",
    "closes_on",
    "groups",
    "answers",
    "seats",
    "could_we_shape_it",
    "does_it_matter",
)
DIRECTION = ("outcome", "from_above", "is_a_need", "from_practice", "relation", "group", "reason")


def mandates(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """Every mandate, with a line for each thing set under it and its review."""
    viewer = open_partnership(person_of(request), id)
    partnership = viewer.partnership
    reviews = {(one.mandate.id, one.decision.seq if one.decision else None): one for one in reviews_of([id])}
    used: dict[UUID | None, list[Decision | None]] = {}
    for made in Decision.objects.filter(framework__partnership=id, kind="imposition").order_by("seq"):
        used.setdefault(made.mandate_id, []).append(made)
    codes = dict(Element.objects.filter(framework__partnership=id).values_list("id", "code"))
    rows = []
    for one in partnership.mandates.order_by("code"):
        about = (
            *(one.code, one.authority, one.basis_kind, one.basis, one.limits, one.document_sha256),
            *(_listed(one.parts), _listed(codes.get(UUID(element), element) for element in one.elements)),
            *(one.valid_from, one.valid_until, one.review_on, _yes(one.lapses), _yes(one.statutory)),
        )
        for decision in used.get(one.id, [None]):
            review = reviews.get((one.id, decision.seq if decision else None))
            late = (review.state.due, review.state.held, max(review.days_late, 0)) if review else ("", "", "")
            rows.append((*about, *_imposed(decision, codes), *late, decision.seq if decision else ""))
    return _csv(viewer, "mandates", MANDATES, rows)


def contested(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """Every challenge with its panel and what it found."""
    viewer, framework = open_framework(person_of(request), id)
    codes = _codes(framework)
    rows = [
        (
            *(one.seq, one.about, one.subject, codes.get(one.element), one.group_key, one.reason.body),
            _listed(member.seat.group.key for member in one.members.all() if not member.aside),
            *(one.state, _listed(one.label or []), one.made_at.isoformat()),
        )
        for one in challenges(framework)
    ]
    return _csv(viewer, "challenges", CHALLENGES, rows)


def said(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """What people said after decisions, by groups of at least five answers."""
    viewer, framework = open_framework(person_of(request), id)
    codes = _codes(framework)
    rows = [
        (
            *(one.about, codes.get(one.element), one.opened_on, one.closes_on, _listed(row["groups"])),
            *(row["answers"], row["seats"], row["shape"], row["matter"]),
        )
        for one in pulses(framework)
        for row in one.result or []
    ]
    return _csv(viewer, "pulses", PULSES, rows)


def direction(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """Per desired outcome what is wanted from above, what grew from practice, and what groups say of the two."""
    viewer, framework = open_framework(person_of(request), id)
    rows: list[Sequence[object]] = []
    for one in directions(framework):
        titles = {item.id: item.title for item in one.practice}
        for item in one.above:
            links = [link for link in one.links if link.above == item.id]
            lines = [(titles[link.practice], link.relation, link.group_key, link.reason.body) for link in links] or [
                ("", "unanswered", "", "")
            ]
            rows += [(one.outcome.code, item.title, _yes(item.need is not None), *line) for line in lines]
        linked = {link.practice for link in one.links}
        rows += [(one.outcome.code, "", "", item.title, "", "", "") for item in one.practice if item.id not in linked]
    return _csv(viewer, "direction", DIRECTION, rows)


def _imposed(decision: Decision | None, codes: dict[UUID, str]) -> Sequence[object]:
    if decision is None:
        return ("",) * 5
    act = decision.act or {}
    parts, method = _listed(act.get("parts", [])), act.get("method", "")
    return (codes.get(decision.element, ""), parts, decision.reason_code, decision.effective, method)


def _codes(framework: Framework) -> dict[UUID, str]:
    return dict(framework.elements.values_list("id", "code"))


def _csv(viewer: Actor, what: str, header: Iterable[str], rows: Sequence[Iterable[object]]) -> HttpResponseBase:
    body = table(header, ([_cell(value) for value in row] for row in rows))
    record_export(by=viewer, what=what, format="csv", entries=len(rows))
    return file(body, f"{what}.csv", CSV)


def _cell(value: object) -> object:
    """A value as a spreadsheet reads it and nothing more: what looks like a formula is marked as text."""
    if value is None:
        return ""
    words = str(value)
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def _listed(values: Iterable[str]) -> str:
    return " ".join(values)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
