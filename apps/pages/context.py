"""What every page knows beside its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.pages.shown import Step


def page(request: HttpRequest) -> dict[str, Any]:
    """The main links and those at the foot; a page inside a partnership brings its own main links."""
    foot = [Step("What this is for", reverse("idea")), Step("For programs", "/api/docs/")]
    if not settings.PRODUCTION:
        foot.append(Step("Outbox of this development server", reverse("outbox")))
    return {"nav": [Step("Home", reverse("home")), Step("Search", reverse("search"))], "foot_nav": foot}
