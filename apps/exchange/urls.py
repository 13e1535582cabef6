"""Addresses of what is taken away as a file: dossiers, verifiers, exports."""

from django.urls import URLPattern

app_name = "exchange"

urlpatterns: list[URLPattern] = []
