"""The cast as callers of the API."""

from collections.abc import Mapping

import pytest

from tests.api.caller import Caller, callers
from tests.people import Lismorrow


@pytest.fixture
def cast(lismorrow: Lismorrow) -> Mapping[str, Caller]:
    """`cast["ify"]("read_round", round=id)`."""
    return callers(lismorrow)
