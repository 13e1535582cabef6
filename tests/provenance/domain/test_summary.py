"""A framework: mean, spread and count per cell, with what the law requires counted apart."""

from fractions import Fraction

from apps.provenance.domain.summary import framework_summary
from tests.provenance.domain.builders import agreed, imposed, scored

NEGOTIATED = scored(agreed(window=True))
IMPOSED = scored(imposed())


def test_the_spread_is_the_population_standard_deviation() -> None:
    found = framework_summary([NEGOTIATED, NEGOTIATED, IMPOSED])

    assert found.ni is not None
    assert (found.ni.mean, found.ni.variance) == (Fraction(2, 3), Fraction(2, 9))
    assert found.to_json() == {
        "counted": 3,
        "required_from_outside": 0,
        "mean": {"NI": "0.6667", "PE": "0.5556"},
        "deviation": {"NI": "0.4714", "PE": "0.3928"},
        "cells": [["imposed", "planned", 1], ["negotiated", "emergent", 2]],
    }


def test_what_the_law_requires_moves_neither_mean_nor_cells() -> None:
    law = scored(imposed(statutory=True))
    found = framework_summary([NEGOTIATED, law])

    assert (found.counted, found.required) == (1, 1)
    assert found.ni is not None
    assert found.ni.mean == 1
    assert found.cells == {("negotiated", "emergent"): 1}


def test_an_element_without_that_axis_stands_in_its_cell_only() -> None:
    alone = scored(agreed("A"), groups={"A": "agency"})
    found = framework_summary([IMPOSED, alone])

    assert found.ni is not None
    assert found.ni.mean == 0
    assert found.cells[("not_applicable", "emergent")] == 1


def test_nothing_to_summarise_gives_no_mean() -> None:
    found = framework_summary([])

    assert found.ni is None
    assert found.to_json()["mean"] == {"NI": None, "PE": None}
