"""Addresses of what is taken away as a file: dossiers, verifiers, exports."""

from django.urls import URLPattern

from apps.exchange import taking
from apps.exchange.web import download

app_name = "exchange"

urlpatterns: list[URLPattern] = [
    download("dossiers/<str:kind>/<uuid:id>/", taking.dossier, "dossier"),
    download("frameworks/<uuid:id>/editions/<int:number>/dossier/", taking.edition, "edition_dossier"),
]
