"""Before something is sent: what others have suggested already. One look, one button more, no script."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from apps.pages.present.near import NearCard
from apps.pages.web import show

SEEN, BACK = "seen", "back"


def look_first(request: HttpRequest, form: Form, near: Sequence[NearCard], page: dict[str, Any]) -> HttpResponse | None:
    """The page that shows what comes near, until it has been seen; None when it can be sent. What was typed goes along."""
    if BACK in request.POST:
        return show(request, form=form, **page)
    mark = sha256("".join(sorted(card.key for card in near)).encode()).hexdigest()[:16]
    if not near or request.POST.get(SEEN) == mark:
        return None
    kept = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    shown = {**page, "template": "pages/look.html", "title": "Others have said something near", "sentence": _SENTENCE}
    return show(request, near=near, kept=kept, mark=mark, **{**shown, "send": page["submit"]})


_OWN = {"csrfmiddlewaretoken", SEEN, BACK}
_SENTENCE = "Nothing has been sent yet. Look at what is there; then send yours, or change it."
