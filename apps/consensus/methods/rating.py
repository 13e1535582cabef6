"""Reading the three criteria of `rating` from a rule."""

from collections.abc import Callable
from fractions import Fraction

from apps.consensus.documents import at, fields, fraction, one_of, refuse
from apps.consensus.methods.medians import RatingMedian
from apps.consensus.methods.quantiles import PERCENTILES
from apps.consensus.methods.ram import DISAGREEMENTS, Ram
from apps.consensus.methods.scales import ONE_TO_NINE, Scale, read_scale
from apps.consensus.methods.shares_of_ratings import EXCLUDED, IN_DENOMINATOR, RatingShare, read_conditions

Rating = RatingShare | Ram | RatingMedian
COMMON = ("criterion", "scale", "unable")


def read_rating(document: dict[str, object], place: str) -> Rating:
    """The method from its part of the rule."""
    criterion = one_of(document.get("criterion", "share"), at(place, "criterion"), tuple(_READERS))
    return _READERS[criterion](document, place)


def _share(document: dict[str, object], place: str) -> RatingShare:
    read = fields(document, place, ("kind", "in"), (*COMMON, "out"))
    scale = _scale(read, place)
    outside = read_conditions(read["out"], at(place, "out"), scale) if read.get("out", []) != [] else ()
    return RatingShare(read_conditions(read["in"], at(place, "in"), scale), outside, scale, _unable(read, place))


def _ram(document: dict[str, object], place: str) -> Ram:
    read = fields(document, place, ("kind",), (*COMMON, "disagreement", "percentile"))
    scale = _scale(read, place)
    if scale.width % 3:
        refuse("out_of_range", at(place, "scale"), "must fall into three equal parts, like [1, 9]")
    return Ram(
        one_of(read.get("disagreement", "ipras"), at(place, "disagreement"), DISAGREEMENTS),
        one_of(read.get("percentile", "type7"), at(place, "percentile"), tuple(PERCENTILES)),
        scale,
        _unable(read, place),
    )


def _median(document: dict[str, object], place: str) -> RatingMedian:
    read = fields(document, place, ("kind", "at_least"), COMMON)
    scale = _scale(read, place)
    return RatingMedian(read_limit(read["at_least"], at(place, "at_least"), scale), scale, _unable(read, place))


def read_limit(value: object, place: str, scale: Scale) -> Fraction:
    """A limit on the scale: a whole number, or an exact number as a text (`"6.5"`)."""
    limit = Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else fraction(value, place)
    if not scale.low <= limit <= scale.high:
        refuse("out_of_range", place, f"must lie on the scale, from {scale.low} to {scale.high}")
    return limit


def _scale(read: dict[str, object], place: str) -> Scale:
    return read_scale(read["scale"], at(place, "scale")) if "scale" in read else ONE_TO_NINE


def _unable(read: dict[str, object], place: str) -> str:
    return one_of(read.get("unable", EXCLUDED), at(place, "unable"), (EXCLUDED, IN_DENOMINATOR))


_READERS: dict[str, Callable[[dict[str, object], str], Rating]] = {"share": _share, "ram": _ram, "median": _median}
