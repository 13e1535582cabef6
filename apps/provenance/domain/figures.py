"""Exact numbers as they stand in files: rounded half to even, and only here."""

from fractions import Fraction

DECIMALS_OF_TIME = 12


def four_decimals(value: Fraction) -> str:
    """A number with four decimals: 21/32 -> "0.6562"."""
    return _decimals(value, 4)


def maybe(value: Fraction | None) -> str | None:
    """A score with four decimals, or None where it is not applicable."""
    return None if value is None else four_decimals(value)


def time(t: Fraction) -> str:
    """A time with the decimals it has, at least one and at most twelve: "0.0", "0.25", "3.0"."""
    for places in range(1, DECIMALS_OF_TIME):
        if (t * 10**places).denominator == 1:
            return _decimals(t, places)
    return _decimals(t, DECIMALS_OF_TIME)


def _decimals(value: Fraction, places: int) -> str:
    scaled = round(value * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{places}d}"
