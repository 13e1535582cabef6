"""The one family of errors. A face turns them into a sentence (page), a problem (API), a frame (socket) or a line (command).

`code` is stable and machine-readable (`noun.reason`), `message` is a sentence in the user's words that says what to do,
`fields` maps a field's name to what is wrong with it.
"""

from collections.abc import Mapping


class Refusal(Exception):
    """Something asked for cannot be done. Subclasses say what kind of "no" it is; `status` is the HTTP status a face uses."""

    status = 400

    def __init__(self, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields: dict[str, str] = dict(fields or {})


class Invalid(Refusal):
    """What was sent does not make sense as it is."""

    status = 422


class NotSignedIn(Refusal):
    """Nobody is signed in."""

    status = 401


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or this person may not know of it."""

    status = 404


class Conflict(Refusal):
    """It could have been done at another moment: the state has moved on."""

    status = 409


class TooMany(Refusal):
    """Asked too often."""

    status = 429
