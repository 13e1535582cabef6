"""The reason of an outcome in one sentence of plain words. Groups appear under their keys unless names are given."""

from collections.abc import Mapping, Sequence

from apps.consensus.methods import consensus, consent
from apps.consensus.outcomes import Assembly
from apps.consensus.rules import Outcome, Quorum, Side
from apps.consensus.shares import percent, ratio, share_words


def reason(assembly: Assembly, outcome: Outcome, names: Mapping[str, str]) -> str:
    """Why the outcome is what it is."""
    if outcome is Outcome.INQUORATE:
        return _too_few(assembly, names)
    limit = _beyond_limit(assembly, outcome)
    if limit:
        return limit
    side = Side.AGAINST if _rejected(assembly, outcome) else Side.FOR
    return _SENTENCES[assembly.rule.composition.kind](assembly, side, names)


def _rejected(assembly: Assembly, outcome: Outcome) -> bool:
    """Whether a rating was voted out, rather than merely not voted in."""
    return outcome is Outcome.NOT_AGREED and assembly.rule.kind == "rating" and assembly.holds(Side.AGAINST)


def _beyond_limit(assembly: Assembly, outcome: Outcome) -> str:
    method = assembly.rule.method
    if outcome is Outcome.BLOCKED and assembly.rule.kind == "consent":
        return f"{people(assembly.total(consent.OBJECT), 'objection')} standing: under consent none may."
    if not isinstance(method, consensus.Consensus):
        return ""
    if outcome is Outcome.BLOCKED:
        return f"{people(assembly.total(consensus.BLOCK), 'block')}; this rule overrides at most {method.blocks}."
    aside, cast = assembly.total(consensus.STAND_ASIDE), assembly.total("cast")
    if method.stand_asides is not None and method.too_many_stand_asides(aside, cast):
        return f"{aside} of {cast} stand aside; at most {share_words(method.stand_asides)} may."
    return ""


def _too_few(assembly: Assembly, names: Mapping[str, str]) -> str:
    rule = assembly.rule
    if rule.pooled and rule.quorum:
        return f"Too few took part: {took_part(assembly.together.counts['present'], assembly.seats, rule.quorum)}."
    short = [
        f"{names.get(group, group)} {took_part(standing.present, standing.judgement.counts['entitled'], quorum)}"
        for group, standing in assembly.counted().items()
        if not standing.quorate and (quorum := rule.quorum_for(group))
    ]
    return f"Too few took part: {'; '.join(short)}." if short else "No group that decides took part."


def behind(label: str, reason: str) -> str:
    """A reason as it reads behind the label of its outcome: what the label says is not said again."""
    rest = reason.removeprefix(f"{label}: ")
    return rest[:1].upper() + rest[1:]


def took_part(present: int, seats: int, quorum: Quorum) -> str:
    """`2 of 7 seats, at least one half needed`."""
    return f"{present} of {seats} seats, at least {share_words(quorum.share)} needed"


def listed(words: Sequence[str]) -> str:
    """Agency, Providers and Community."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def people(number: int, noun: str) -> str:
    """A number with its noun: `1 objection`, `2 objections`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _all(assembly: Assembly, side: Side, names: Mapping[str, str]) -> str:
    return f"Every deciding group must {_verb(side)}: {_groups(assembly, side, names)}."


def _at_least(assembly: Assembly, side: Side, names: Mapping[str, str]) -> str:
    need = (
        f"At least {assembly.rule.composition.n} of {people(len(assembly.groups), 'deciding group')} must {_verb(side)}"
    )
    return f"{need}: {_groups(assembly, side, names)}."


def _verb(side: Side) -> str:
    return "agree" if side is Side.FOR else "reject it"


def _groups(assembly: Assembly, side: Side, names: Mapping[str, str]) -> str:
    counted = assembly.counted()
    missing = [names.get(group, group) for group, standing in counted.items() if standing.side is not side]
    absent = [names.get(group, group) for group in assembly.groups if group not in counted]
    tail = f", not {', '.join(missing)}" if missing else ""
    out = f"; absent and left out: {', '.join(absent)}" if absent else ""
    verb = {"agree": "do", "reject it": "reject it"}[_verb(side)] if len(counted) - len(missing) != 1 else "does"
    return f"{len(counted) - len(missing)} of {len(counted)} {verb}{tail}{out}"


def _pooled(assembly: Assembly, side: Side, names: Mapping[str, str]) -> str:
    return f"All persons are counted together: {assembly.together.why}"


def _weighted(assembly: Assembly, side: Side, names: Mapping[str, str]) -> str:
    composition = assembly.rule.composition
    pooled, each_group = share_words(composition.pooled), share_words(composition.each)
    need = f"At least {pooled} of all persons and {each_group} of every group must support it"
    each = [
        f"{names.get(group, group)} {_support(*standing.judgement.support)}"
        for group, standing in assembly.counted().items()
    ]
    return f"{need}: all {_support(*assembly.together.support)}, {', '.join(each)}."


def _support(part: int, whole: int) -> str:
    share = ratio(part, whole)
    return "nobody" if share is None else f"{part} of {whole} ({percent(share)})"


_SENTENCES = {"all": _all, "at_least": _at_least, "pooled": _pooled, "weighted": _weighted}
