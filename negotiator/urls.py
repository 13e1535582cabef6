"""Addresses: pages at the root, the API under /api/, sign-in under /accounts/, health for machines."""

from django.urls import include, path

from apps.api.health import health_urlpatterns

urlpatterns = [
    *health_urlpatterns,
    path("api/", include("apps.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("apps.pages.urls")),
]
