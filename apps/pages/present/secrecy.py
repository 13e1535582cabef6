"""The three ways of voting in words: what each protects, and what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One way of voting. `choice` is how a form offers it, `open_to` what it does not protect."""

    name: str
    choice: str
    protects: str
    open_to: str


LEVELS: Mapping[str, Level] = {
    "blind": Level(
        name="Private until counted",
        choice="Nobody until the round is closed and counted (private first round)",
        protects="Votes are private until the round is closed and counted: until then nobody on these pages sees what you chose, "
        "only how many of each group have voted.",
        open_to="After the count the round's file shows what each seat chose. Before, whoever runs the server could read it.",
    ),
    "open": Level(
        name="Open",
        choice="Everybody, at once",
        protects="Votes are open: everybody can see at once how each group votes, and the record keeps what each seat chose.",
        open_to="Whoever votes late knows how others have voted.",
    ),
    "secret": Level(
        name="Secret",
        choice="Nobody, ever: only how many of each group chose what is kept (secret vote)",
        protects="Votes are secret: nobody is shown what you chose, also after the count. Your vote lies sealed until the round is "
        "closed; then it is counted and deleted, with the key that opens it. Kept is how many of each group chose what. How many "
        "of a group have voted is not told before five of it have.",
        open_to="In a small group, or where all agree, the count itself tells how everybody voted; a ranking that nobody else "
        "would write can give its writer away. Whoever runs the server could have read the votes while the round was open, and "
        "copies kept from that time may still hold them. Afterwards nobody can show what they chose, nor that the votes counted "
        "are those people cast. Two witnesses know what they entered from paper.",
    ),
}
