"""Words from outside: trimmed, of a stated size, without control characters. Markup stays what it is: text."""

import unicodedata

from apps.common.errors import Invalid


def clean_line(field: str, value: object, limit: int, *, required: bool = True) -> str:
    """One line of text. Raises `Invalid` (text.required, text.too_long, text.malformed) naming the field."""
    return _clean(field, value, limit, required, allowed="")


def clean_text(field: str, value: object, limit: int, *, required: bool = True) -> str:
    """Several lines of text; line ends become \\n."""
    return _clean(field, value, limit, required, allowed="\n\t")


def _clean(field: str, value: object, limit: int, required: bool, allowed: str) -> str:
    if not isinstance(value, str):
        raise Invalid("text.malformed", f"'{field}' must be text.", {field: "must be text"})
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if required and not text:
        raise Invalid("text.required", f"Fill in '{field}'.", {field: "is empty"})
    if len(text) > limit:
        raise Invalid(
            "text.too_long",
            f"'{field}' is {len(text)} characters long; {limit} is the limit.",
            {field: f"at most {limit}"},
        )
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text):
        raise Invalid(
            "text.malformed", f"'{field}' holds characters that cannot be shown.", {field: "control characters"}
        )
    return text
