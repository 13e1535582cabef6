"""Exact shares: how they are read, printed and said. A share is a `Fraction` from 0 to 1, never a float."""

import re
from fractions import Fraction
from functools import lru_cache

_SHARE = re.compile(r"(?:[0-9]{1,9}/[0-9]{1,9}|[0-9]{1,9}(?:\.[0-9]{1,18})?)", re.ASCII)
_WORDS = {
    Fraction(1, 2): "one half",
    Fraction(1, 3): "one third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "one quarter",
    Fraction(3, 4): "three quarters",
}


def read_fraction(text: str) -> Fraction | None:
    """The exact number written as `2/3` or `0.70`; None if `text` is no such number."""
    if not _SHARE.fullmatch(text):
        return None
    _, slash, denominator = text.partition("/")
    return None if slash and int(denominator) == 0 else Fraction(text)


def fraction_text(value: Fraction | None) -> str | None:
    """A share as files print it: `7/9`, `0`, `1`; None where nothing was counted."""
    return None if value is None else str(value)


def decimal_text(value: Fraction, places: int = 6) -> str:
    """A statistic as a decimal string without trailing zeros, rounded half to even where it does not end within `places`."""
    rounded, rest = divmod(value.numerator * 10**places, value.denominator)
    if 2 * rest > value.denominator or (2 * rest == value.denominator and rounded % 2):
        rounded += 1
    sign = "-" if rounded < 0 else ""
    whole, decimal = divmod(abs(rounded), 10**places)
    decimals = str(decimal).zfill(places).rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def percent(value: Fraction) -> str:
    """A counted share for people, to one decimal: `87.5 %`."""
    return f"{decimal_text(value * 100, 1)} %"


@lru_cache(maxsize=256)
def share_words(value: Fraction) -> str:
    """A threshold for people, exact: `two thirds`, `70 %`, `5/11`."""
    if value in _WORDS:
        return _WORDS[value]
    hundredfold = value * 100
    return f"{decimal_text(hundredfold)} %" if Fraction(decimal_text(hundredfold)) == hundredfold else str(value)


def ratio(part: int, whole: int) -> Fraction | None:
    """`part` of `whole`; None when there is nobody to take a share of."""
    return Fraction(part, whole) if whole else None
