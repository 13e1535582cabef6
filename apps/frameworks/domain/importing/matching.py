"""Drafts held against what is there: new, a change, or there already. So a second import of the same file makes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from apps.frameworks.domain.importing.drafts import PREFIXES, Draft, Drafts, Skipped, normal


@dataclass(frozen=True)
class Standing:
    """An element that is there: in force, or proposed (`pending` names the proposal, `mine` says whether who imports
    answers for it). `asked` are the patches of changes to it that are on the table.
    """

    id: UUID
    kind: str
    code: str
    fields: Mapping[str, Any]
    number: int = 0
    pending: UUID | None = None
    mine: bool = False
    asked: tuple[Mapping[str, Any], ...] = ()
    retired: bool = False

    @property
    def title(self) -> str:
        return normal(str(self.fields.get("title", "")))


@dataclass(frozen=True)
class Item:
    """A draft with what becomes of it: `add`, or `change` by `patch`, or `same`. `code` is the sign it has or gets; `above`
    names what it stands under: the key of another draft, or the id of an element that is there.
    """

    draft: Draft
    deed: str
    code: str
    standing: Standing | None = None
    patch: Mapping[str, Any] = field(default_factory=dict)
    above: str | UUID | None = None


@dataclass(frozen=True)
class Plan:
    """What an import would do: items in the order in which they are made, rows that are skipped by their numbers."""

    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...]

    def of(self, deed: str) -> list[Item]:
        """The items of one kind."""
        return [item for item in self.items if item.deed == deed]


def plan(found: Drafts, there: Iterable[Standing], *, only_new: bool = False) -> Plan:
    """What an import of these drafts would do beside what is there. `only_new`: what is there is never touched."""
    standing = list(there)
    pool = _Pool(standing)
    by_name = {name: draft.key for draft in reversed(found.drafts) for name in (draft.code, draft.key) if name}
    codes = {each.code for each in standing} | {draft.code for draft in found.drafts}
    fresh = {kind: _fresh(prefix, codes) for kind, prefix in PREFIXES.items()}
    items: dict[str, Item] = {}
    skipped = list(found.skipped)
    for draft in found.drafts:
        known = pool.take(draft)
        patch = _patch(draft, known)
        why = _why_not(draft, known, patch, only_new)
        if why:
            skipped.append(Skipped(draft.row, f"{draft.code} {draft.title}".strip()[:80], why))
            continue
        deed = "add" if known is None else "change" if patch else "same"
        code = known.code if known else draft.code or next(fresh[draft.kind])
        above = _above(by_name.get(draft.under, ""), draft.under, items, pool)
        items[draft.key] = Item(draft, deed, code, known, patch, above)
    return Plan(tuple(items.values()), tuple(sorted(skipped, key=lambda each: each.row)))


def _fresh(prefix: str, codes: Collection[str]) -> Iterator[str]:
    """M1, M2 and so on, but those in use."""
    return (code for number in count(1) if (code := f"{prefix}{number}") not in codes)


class _Pool:
    """What is there, to be found by sign or else by title; each is found once."""

    def __init__(self, standing: Sequence[Standing]) -> None:
        self.by_code = {each.code: each for each in standing}
        self.by_title: dict[tuple[str, str], list[Standing]] = {}
        for each in standing:
            self.by_title.setdefault((each.kind, each.title), []).append(each)
        self.taken: set[UUID] = set()

    def take(self, draft: Draft) -> Standing | None:
        """The element a draft means, if it is there."""
        known = self.by_code.get(draft.code) if draft.code else self._titled(draft)
        if known is not None:
            self.taken.add(known.id)
        return known

    def _titled(self, draft: Draft) -> Standing | None:
        same = self.by_title.get((draft.kind, normal(draft.title)), [])
        return next((each for each in same if each.id not in self.taken and not each.retired), None)


def _patch(draft: Draft, known: Standing | None) -> dict[str, Any]:
    """What the draft would change in what is there; nothing where the same has been suggested already. Empty cells change
    nothing.
    """
    if known is None:
        return {}
    patch = {key: value for key, value in draft.fields.items() if known.fields.get(key) != value}
    is_asked = any(all(asked.get(key) == value for key, value in patch.items()) for asked in known.asked)
    return {} if is_asked else patch


def _why_not(draft: Draft, known: Standing | None, patch: Mapping[str, Any], only_new: bool) -> str:
    if known is None:
        return ""
    if known.kind != draft.kind:
        return f"The sign {known.code} belongs to something else here (a {known.kind})."
    if known.retired:
        return f"{known.code} has been retired here. Give it another sign to bring it in anew."
    if only_new and known.pending:
        return f"{known.code} is on the table here as a suggestion."
    if only_new and patch:
        return f"{known.code} is in force here with other values: suggest a change to it."
    if patch and known.pending and not known.mine:
        return f"{known.code} is on the table here in other words, by others: offer them a change."
    return ""


def _above(key: str, name: str, items: Mapping[str, Item], pool: _Pool) -> str | UUID | None:
    """What it stands under, as the file or the framework knows it."""
    item = items.get(key)
    if item is not None:
        return item.standing.id if item.standing else item.draft.key
    known = pool.by_code.get(name)
    return known.id if known is not None and known.kind == "outcome" else None
