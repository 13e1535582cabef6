"""Reading the matrix: the way of every element of a framework through the two continua, in a fixed number of queries.

Positions are those the stored verdicts printed, with four decimals: whoever has the verdicts' entries can follow every
figure here. Time is the day on which an act came into force.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value

from apps.deliberation.models import Decision
from apps.frameworks.models import Framework
from apps.provenance.domain.labels import ni_label, pe_label
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.summary import Standing, Summary, summary_of
from apps.provenance.models import Verdict
from apps.provenance.selectors import IS_REQUIRED

Label = tuple[str, str]


@dataclass(frozen=True)
class Stop:
    """Where an element stood from a day on; `t` is the same in years from the framework's start, by quarters.

    `entry` is the act that brought it there. An act recorded late never stands before the one it follows in the rule's
    order, so days never go back along a way.
    """

    t: str
    day: date
    ni: Decimal | None
    pe: Decimal
    label: Label
    required: bool
    entry: int


@dataclass(frozen=True)
class Way:
    """The way of one element: its stops from origin to now, at least one, and the verdict that says so.

    `ended` is the day on which it was retired.
    """

    element: UUID
    stops: tuple[Stop, ...]
    verdict: int
    flags: tuple[str, ...]
    headline: str
    ended: date | None = None

    @property
    def now(self) -> Stop:
        """The last stop."""
        return self.stops[-1]

    def until(self, day: date | None) -> "Way | None":
        """The way as far as it had come on a day (none: all of it); None where it had not begun or had ended.

        What the verdict of today says beside the position (flags, headline) is not said of an earlier day.
        """
        if self.ended is not None and (day is None or self.ended <= day):
            return None
        stops = tuple(stop for stop in self.stops if day is None or stop.day <= day)
        if not stops:
            return None
        return self if len(stops) == len(self.stops) else Way(self.element, stops, self.verdict, (), "")


def ways(framework: Framework, elements: Iterable[UUID] | None = None) -> dict[UUID, Way]:
    """The way of every element that anything was decided on, or of some of them, by element: three queries."""
    newest = Verdict.objects.filter(framework=framework).order_by("element", "-seq").distinct("element")
    if elements is not None:
        newest = newest.filter(element__in=list(elements))
    acts = F("document")
    standing = Verdict.objects.filter(id__in=newest.values("id")).values_list(
        "element",
        "seq",
        "rule",
        "flags",
        "headline",
        "document__path",
        Func(acts, Value("$.terms[*].entry"), function="jsonb_path_query_array", output_field=JSONField()),
        Func(acts, Value("$.terms[last].type"), function="jsonb_path_query_first", output_field=JSONField()),
    )
    days, said = _days(framework), _labels(framework)
    return {row[0]: _way(row, days, said) for row in standing}


def acts_told(framework: Framework, elements: Iterable[UUID] | None = None) -> dict[int, Mapping[str, Any]]:
    """The acts of a framework, or of some of its elements, as their entries hold them, by entry number."""
    return acts_from(acts_query(framework, elements))


def acts_query(framework: Framework, elements: Iterable[UUID] | None = None) -> QuerySet[Any, Any]:
    """What `acts_from` needs, to be fetched together with other things."""
    found = Decision.objects.filter(framework=framework, act__isnull=False)
    if elements is not None:
        found = found.filter(element__in=list(elements))
    return found.values("seq", "act")


def acts_from(found: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """Acts by entry number, from what `acts_query` fetched."""
    return {one["seq"]: one["act"] for one in found if one["act"] is not None}


def standing_of(stop: Stop) -> Standing:
    """A stop as a summary reads it."""
    return Standing(None if stop.ni is None else Fraction(stop.ni), Fraction(stop.pe), stop.label, stop.required)


def summarised(found: Iterable[Way]) -> Summary:
    """Mean, spread and cells of the places where these ways have come to."""
    return summary_of(standing_of(way.now) for way in found)


def _days(framework: Framework) -> dict[int, date]:
    """The day on which each act came into force, by the number of its entry."""
    return dict(Decision.objects.filter(framework=framework, act__isnull=False).values_list("seq", "effective"))


def _labels(framework: Framework) -> dict[int, tuple[Decimal | None, Decimal | None, Label, bool]]:
    """What the verdict after each act said: position, label, and whether it was required from outside."""
    rows = (
        Verdict.objects.filter(framework=framework)
        .annotate(required=IS_REQUIRED)
        .values_list("because", "ni", "pe", "label_ni", "label_pe", "required")
    )
    return {because: (ni, pe, (label_ni, label_pe), required) for because, ni, pe, label_ni, label_pe, required in rows}


def _way(row: tuple[Any, ...], days: Mapping[int, date], said: Mapping[int, Any]) -> Way:
    element, seq, rule, flags, headline, path, entries, last = row
    stops = tuple(_stops(path, entries, rule, days, said))
    return Way(element, stops, seq, tuple(flags), headline, stops[-1].day if last == "retire" else None)


def _stops(
    path: list[list[str | None]], entries: list[int], version: int, days: Mapping[int, date], said: Mapping[int, Any]
) -> Iterator[Stop]:
    latest = date.min
    for (t, ni, pe), entry in zip(path, entries, strict=True):
        latest = max(latest, days[entry])
        here = (None if ni is None else Decimal(ni), Decimal(pe or 0))
        then = said.get(entry)
        # An act recorded out of the order of time was judged at another place; then the cuts alone give its label.
        same = then is not None and then[:2] == here
        label = then[2] if then and same else _cut(here, version)
        yield Stop(t or "0", latest, *here, label, bool(then and then[3]), entry)


def _cut(here: tuple[Decimal | None, Decimal], version: int) -> Label:
    rule = RULES[version]
    ni = None if here[0] is None else Fraction(here[0])
    return ni_label(ni, False, rule), pe_label(Fraction(here[1]), rule)
