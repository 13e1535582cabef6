"""Addresses: pages at the root, the API under /api/, sign-in under /accounts/, health for machines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from apps.api.health import health_urlpatterns


def no_such_page(request: HttpRequest, **_: str) -> HttpResponse:
    """Answers for the pages of allauth that have no place here: addresses are the convenor's to change, passwords do not exist."""
    raise Http404


urlpatterns = [
    *health_urlpatterns,
    path("api/", include("apps.api.urls")),
    path("", include("apps.exchange.urls")),
    re_path(r"^accounts/(?:email|confirm-email|password|signup|2fa|reauthenticate)/", no_such_page),
    path("accounts/", include("allauth.urls")),
    path("", include("apps.pages.urls")),
]
