"""Writing SVG as text: elements, escaped attributes, numbers without noise."""

import html
import math
import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """`value` as XML character data; characters that XML forbids are dropped."""
    return html.escape(_NOT_XML.sub("", value), quote=True)


def number(value: float) -> str:
    """At most two decimals, no trailing zeros: 12.5, 3, 0.33. Halves go up, as the browser's islands round them."""
    shown = f"{math.floor(value * 100 + 0.5) / 100:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def percent(value: float) -> str:
    """A share of 0..1 as an SVG length in percent."""
    return number(value * 100) + "%"


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """One element. `content` is ready-made XML; attribute names may end in `_` (class_) and use `_` for `-`."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def titled(title: str, description: str = "") -> str:
    """The name of a drawing and, where given, what it shows: read aloud and shown on hover."""
    shown = element("title", text(title))
    return shown + element("desc", text(description)) if description else shown
