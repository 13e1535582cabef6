"""Reading one act of a history: which facts each type of act needs, and which contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from apps.provenance.domain import reading
from apps.provenance.domain.acts import SETTING, TYPES, Act, Offer
from apps.provenance.domain.rule import Rule

KEYS: Final = frozenset(
    {
        *("t", "type", "parts", "method", "origin", "timing", "entitled", "concurring", "objecting", "bound"),
        *("initiators", "offers", "window", "binding", "statutory", "completeness", "entry"),
        *("on", "by", "under", "asked_by", "backing", "evidence", "reason", "note"),
    }
)
BACKING: Final = ("mandate", "money")
DECIDED_ALONE: Final = frozenset({"impose", "set_outside"})
FROM_OUTSIDE: Final = MappingProxyType({"method": "decree", "origin": "authority", "timing": "unforeseen"})


@dataclass(frozen=True)
class Frame:
    """What every act of a history is read against: the rule, the element's parts and the groups with their kinds."""

    rule: Rule
    parts: tuple[str, ...]
    groups: Mapping[str, str]

    @property
    def entitled(self) -> tuple[str, ...]:
        """Every group except observers."""
        return tuple(group for group, kind in self.groups.items() if kind not in self.rule.kinds_not_entitled)


def read_act(value: object, place: str, frame: Frame) -> Act:
    """The act a decoded JSON object describes; `place` (`acts[2]`) begins the places named in refusals."""
    raw = reading.mapping(value, place)
    reading.known_keys(raw, KEYS, ("t", "type"), place)
    act = _ActReader(_completed(raw, place, frame), place, frame).act()
    _check_sense(act, frame.rule, place)
    return act


def _completed(raw: Mapping[str, Any], place: str, frame: Frame) -> Mapping[str, Any]:
    """The act with what its type implies filled in, once it is known to have everything its type needs."""
    type_ = reading.one_of(raw["type"], TYPES, f"{place}.type")
    if type_ == "set_outside":
        raw = {**FROM_OUTSIDE, **raw}
    needed = []
    if type_ in SETTING:
        needed += ["method", "timing"] if "initiators" in raw else ["method", "timing", "origin"]
    elif raw.get("binding") is True:
        needed += ["method"]
    if needed and raw.get("method") in tuple(frame.rule.joint):
        needed.append("concurring")
    reading.known_keys(raw, KEYS, needed, place)
    return raw


@dataclass(frozen=True)
class _ActReader:
    raw: Mapping[str, Any]
    place: str
    frame: Frame

    def act(self) -> Act:
        rule, raw = self.frame.rule, self.raw
        for key in ("evidence", "reason", "note"):
            self.text(key)
        return Act(
            t=reading.number(raw["t"], f"{self.place}.t"),
            type=raw["type"],
            parts=self.parts(),
            method=self.choice("method", rule.alone | rule.joint),
            origin=self.origin(),
            timing=self.choice("timing", frozenset(rule.timing)),
            entitled=self.entitled(),
            concurring=frozenset(self.groups("concurring")),
            objecting=frozenset(self.groups("objecting")),
            bound=frozenset(self.groups("bound")),
            initiators=frozenset(self.groups("initiators")),
            offers=self.offers(),
            window=self.flag("window"),
            binding=self.flag("binding"),
            statutory=self.flag("statutory"),
            completeness=reading.share(raw["completeness"], self.at("completeness")) if "completeness" in raw else None,
            entry=reading.count(raw["entry"], self.at("entry")) if "entry" in raw else None,
            on=self.day("on"),
            by=self.text("by"),
            under=self.text("under"),
            asked_by=self.groups("asked_by"),
            backing=reading.names(raw.get("backing", []), BACKING, "kind of backing", self.at("backing")),
        )

    def at(self, key: str) -> str:
        return f"{self.place}.{key}"

    def text(self, key: str) -> str | None:
        return reading.text(self.raw[key], self.at(key)) if key in self.raw else None

    def flag(self, key: str) -> bool:
        return reading.yes_or_no(self.raw.get(key, False), self.at(key))

    def choice(self, key: str, choices: frozenset[str]) -> str | None:
        return reading.one_of(self.raw[key], choices, self.at(key)) if key in self.raw else None

    def groups(self, key: str) -> tuple[str, ...]:
        return reading.names(self.raw.get(key, []), self.frame.groups, "group", self.at(key))

    def entitled(self) -> tuple[str, ...]:
        if "entitled" not in self.raw:
            return self.frame.entitled
        return reading.names(self.raw["entitled"], self.frame.entitled, "voting group", self.at("entitled"))

    def parts(self) -> tuple[str, ...]:
        if "parts" not in self.raw:
            return self.frame.parts
        named = reading.names(self.raw["parts"], self.frame.parts, "part", self.at("parts"))
        if not named:
            raise reading.refusal(self.at("parts"), "is empty; leave it out if the act is about all parts")
        return tuple(part for part in self.frame.parts if part in named)

    def origin(self) -> str | None:
        """Who began it: as stated, else from the kinds of the initiating groups."""
        if "origin" in self.raw or "initiators" not in self.raw:
            return self.choice("origin", frozenset(self.frame.rule.origin))
        return self.frame.rule.origin_of(self.frame.groups[group] for group in self.groups("initiators"))

    def offers(self) -> Mapping[str, Offer]:
        found = reading.mapping(self.raw.get("offers", {}), self.at("offers"))
        reading.names(list(found), self.frame.groups, "group", self.at("offers"))
        return MappingProxyType({group: _offer(pair, f"{self.at('offers')}.{group}") for group, pair in found.items()})

    def day(self, key: str) -> str | None:
        written = self.text(key)
        try:
            return None if written is None else date.fromisoformat(written).isoformat()
        except ValueError:
            reason = f"must be a day such as 2024-04-01, not {reading.shown(written)}"
            raise reading.refusal(self.at(key), reason) from None


def _offer(value: object, place: str) -> Offer:
    pair = reading.sequence(value, place)
    if len(pair) != 2:
        raise reading.refusal(place, f"must be [taken, offered], not {reading.shown(pair)}")
    taken, offered = (reading.count(number, f"{place}[{index}]") for index, number in enumerate(pair))
    if taken > offered:
        raise reading.refusal(place, f"{taken} parts were taken of {offered} offered")
    return Offer(taken, offered)


def _check_sense(act: Act, rule: Rule, place: str) -> None:
    """Facts that cannot hold together are refused: the rule must not have to choose which of them to believe."""
    if act.type in DECIDED_ALONE and act.method in rule.joint:
        raise reading.refusal(f"{place}.method", f"{act.method} is decided together; that is no {act.type}")
    both = sorted(act.concurring & act.objecting)
    if both:
        raise reading.refusal(f"{place}.objecting", f"{reading.shown(both[0])} is also among those that concurred")
    if act.method == "consent" and act.objecting:
        raise reading.refusal(f"{place}.objecting", "under consent no objection stands; write concurrent if one does")
