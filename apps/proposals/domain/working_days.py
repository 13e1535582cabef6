"""Working days, for the window in which other groups can offer changes."""

from datetime import date, timedelta


def working_days(first: date, last: date) -> int:
    """How many Mondays to Fridays there are from `first` to `last`, both counted; 0 where `last` comes first.

    Public holidays count: which days they are differs between the parties.
    """
    days = (last - first).days + 1
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((first + timedelta(offset)).weekday() < 5 for offset in range(rest))
