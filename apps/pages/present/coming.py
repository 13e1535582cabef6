"""Who comes to a round: one's own word with its buttons, the groups in a sentence, and by seat who said what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from apps.deliberation.coming import WhoComes, Word, who_comes
from apps.deliberation.domain.coming import APOLOGIES, COMES, UNSAID, Awaited
from apps.deliberation.models import Round
from apps.pages.present.people import GroupCard, SeatCard, group_cards, names_of
from apps.pages.present.words import listed
from apps.partnerships.actors import Actor

OWN = {
    COMES: "You have said that you will come.",
    APOLOGIES: "You have sent apologies.",
    UNSAID: "You have not said whether you come.",
}


@dataclass(frozen=True)
class GroupWords:
    """One group: how many come, who does, who sends apologies, who has not said."""

    name: str
    words: str
    comes: str
    apologies: str
    unsaid: str


@dataclass(frozen=True)
class ComingShown:
    """What one member is shown of who comes to a round."""

    viewer: Actor
    round: Round
    found: WhoComes

    @property
    def asked(self) -> bool:
        return self.found.asked == "now"

    @property
    def speaks(self) -> bool:
        """Whether this member has a seat that may say it, now."""
        return self.asked and self.viewer.seat is not None

    @property
    def before(self) -> bool:
        """Whether the meeting has not begun: then it is asked in plain sight."""
        return self.asked and self.round.state in ("draft", "announced")

    @property
    def own(self) -> str:
        return self.found.said_by(self.viewer.seat.id if self.viewer.seat else None)

    @property
    def own_words(self) -> str:
        word = self.found.words.get(self.viewer.seat.id) if self.viewer.seat else None
        return OWN[self.own] + (" The convenor has written it down for you." if word and word.noted else "")

    @property
    def sentence(self) -> str:
        return groups_come(self.found.groups)

    @cached_property
    def cards(self) -> Sequence[GroupCard]:
        """The groups as they are seated; of a round that has closed, as they were then."""
        return group_cards(self.viewer, self.round.closed_at)

    @cached_property
    def groups(self) -> Sequence[GroupWords]:
        """Everybody by seat, or by name where this member sees names."""
        counts = {group.key: group for group in self.found.groups}
        return [self._group(card, counts.get(card.key)) for card in self.cards if card.seats]

    def _group(self, card: GroupCard, count: Awaited | None) -> GroupWords:
        said = {one: [seat for seat in card.seats if self.found.said_by(seat.id) == one] for one in OWN}
        return GroupWords(
            card.name,
            f"{(count.comes if count else 0) or 'none'} of {len(card.seats)} say they will come",
            marked(card, said[COMES], self.found),
            marked(card, said[APOLOGIES], self.found),
            marked(card, [seat for seat in said[UNSAID] if seat.held], self.found),
        )


def coming_shown(viewer: Actor, round: Round) -> ComingShown | None:
    """What this viewer is shown of who comes; nothing to whoever is no member."""
    return ComingShown(viewer, round, who_comes(viewer, round)) if viewer.is_member else None


def groups_come(groups: Sequence[Awaited]) -> str:
    """Agency: 4 of 4 and Community: 5 of 7 say they will come. 2 send apologies."""
    if not groups:
        return ""
    comes = listed(f"{group.name}: {group.comes or 'none'} of {group.seats}" for group in groups)
    sent = sum(group.apologies for group in groups)
    apologies = f" {sent} send{'s' if sent == 1 else ''} apologies." if sent else ""
    return f"{comes} say they will come.{apologies}"


def marked(card: GroupCard, seats: Iterable[SeatCard], found: WhoComes) -> str:
    """These seats of a group; of those for which the convenor wrote it down, that it was written down."""
    own, noted = list[SeatCard](), list[SeatCard]()
    for seat in seats:
        (noted if _is_noted(found.words.get(seat.id)) else own).append(seat)
    return listed([*names_of(card, own), *(f"{one} (written down by the convenor)" for one in names_of(card, noted))])


def _is_noted(word: Word | None) -> bool:
    return word is not None and word.noted
