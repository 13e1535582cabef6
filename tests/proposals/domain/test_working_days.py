"""Working days: Mondays to Fridays, both ends counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.working_days import working_days

MONDAY = date(2024, 3, 11)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (MONDAY, MONDAY, 1),
        (MONDAY, date(2024, 3, 15), 5),
        (MONDAY, date(2024, 3, 17), 5),
        (MONDAY, date(2024, 3, 21), 9),
        (MONDAY, date(2024, 3, 22), 10),
        (date(2024, 3, 16), date(2024, 3, 17), 0),
        (date(2024, 3, 15), date(2024, 3, 18), 2),
        (MONDAY, date(2024, 3, 10), 0),
        (MONDAY, date(2023, 3, 11), 0),
    ],
)
def test_known_windows(first: date, last: date, expected: int) -> None:
    assert working_days(first, last) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-10, 500))
def test_it_is_the_count_of_weekdays_day_by_day(first: date, days: int) -> None:
    last = first + timedelta(days)
    counted = sum((first + timedelta(n)).weekday() < 5 for n in range(days + 1))
    assert working_days(first, last) == counted
