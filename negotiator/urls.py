"""Addresses: pages at the root, the API under /api/, sign-in under /accounts/."""

from django.urls import include, path

urlpatterns = [
    path("", include("apps.pages.urls")),
    path("api/", include("apps.api.urls")),
    path("accounts/", include("allauth.urls")),
]
