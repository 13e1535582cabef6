"""Working days: Monday to Friday, without the days off that a partnership names. Plain Python."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_working_day(day: date, days_off: Collection[date] = ()) -> bool:
    """Whether people work on this day."""
    return day.weekday() < SATURDAY and day not in days_off


def working_days_after(day: date, count: int, days_off: Collection[date] = ()) -> date:
    """The day that is `count` working days later: the day itself does not count, the last one does."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, days_off)
    return day
