"""Kinds of words that people write: how long each is kept, and whether it goes when its author asks to be forgotten.

A room declares its kinds once, at import; the record refuses to keep words of a kind nobody declared.
"""

from dataclasses import dataclass

from apps.common.errors import Invalid


@dataclass(frozen=True)
class TextKind:
    """One kind: `name` as in "proposal.rationale", `title` in a reader's words (plural).

    `years` is how long it is kept unless a partnership says otherwise, None: as long as the record. `official` words belong
    to an act of office, by which somebody decided alone for others (the reason of an imposition, a decision on data
    protection): they stay when their author leaves (docs/adr/0020).
    """

    name: str
    title: str
    years: int | None = None
    official: bool = False


_kinds: dict[str, TextKind] = {}


def text_kind(name: str, title: str, *, years: int | None = None, official: bool = False) -> TextKind:
    """Declares a kind of words. Declaring it again in another way is a ValueError."""
    declared = TextKind(name, title, years, official)
    if _kinds.setdefault(name, declared) != declared:
        raise ValueError(f"the kind of words {name} is declared twice")
    return declared


def kinds() -> list[TextKind]:
    """Every declared kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(name: str) -> TextKind:
    """A declared kind; another is `Invalid` (text.unknown_kind)."""
    if name not in _kinds:
        raise Invalid("text.unknown_kind", f"No kind of words {name} is declared.")
    return _kinds[name]
