"""A framework's place on the two continua: mean, spread and count per cell, never the mean alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from apps.provenance.domain import figures
from apps.provenance.domain.parts import mean
from apps.provenance.domain.scoring import REQUIRED, Scored


@dataclass(frozen=True)
class Spread:
    """Mean and population variance of a score over several elements, both exact."""

    mean: Fraction
    variance: Fraction

    @property
    def deviation(self) -> str:
        """The population standard deviation, rounded to four decimals."""
        with localcontext(prec=60, rounding=ROUND_HALF_EVEN):
            root = (Decimal(self.variance.numerator) / Decimal(self.variance.denominator)).sqrt()
            return f"{root.quantize(Decimal('0.0001')):f}"


@dataclass(frozen=True)
class Summary:
    """`ni` and `pe` are None where no element counts; `cells` counts elements per pair of labels, `required` those that
    are required from outside, which stand in neither."""

    counted: int
    required: int
    ni: Spread | None
    pe: Spread | None
    cells: Mapping[tuple[str, str], int]

    def to_json(self) -> dict[str, Any]:
        """Scores as texts of four decimals; cells as a list of both labels and the count."""
        return {
            "counted": self.counted,
            "required_from_outside": self.required,
            "mean": {"NI": _mean(self.ni), "PE": _mean(self.pe)},
            "deviation": {"NI": self.ni and self.ni.deviation, "PE": self.pe and self.pe.deviation},
            "cells": [[ni, pe, count] for (ni, pe), count in sorted(self.cells.items())],
        }


@dataclass(frozen=True)
class Standing:
    """Where one element stands, as far as a summary looks: `ni` is None where it is not applicable."""

    ni: Fraction | None
    pe: Fraction
    label: tuple[str, str]
    required: bool


def framework_summary(verdicts: Iterable[Scored]) -> Summary:
    """The summary of the verdicts on a framework's elements, exact."""
    return summary_of(
        Standing(verdict.current.ni, verdict.current.pe, verdict.label, verdict.status == REQUIRED)
        for verdict in verdicts
    )


def summary_of(standings: Iterable[Standing]) -> Summary:
    """The summary of elements that stand so; one without NI counts in its cell and in PE only."""
    found = list(standings)
    ours = [standing for standing in found if not standing.required]
    return Summary(
        counted=len(ours),
        required=len(found) - len(ours),
        ni=_spread([standing.ni for standing in ours if standing.ni is not None]),
        pe=_spread([standing.pe for standing in ours]),
        cells=MappingProxyType(dict(Counter(standing.label for standing in ours))),
    )


def _spread(values: list[Fraction]) -> Spread | None:
    if not values:
        return None
    middle = mean(values)
    return Spread(middle, mean((value - middle) ** 2 for value in values))


def _mean(spread: Spread | None) -> str | None:
    return None if spread is None else figures.four_decimals(spread.mean)
