"""Addresses of what is taken away as a file: dossiers, verifiers, exports."""

from django.urls import URLPattern

from apps.exchange import exporting, lists, logs, taking
from apps.exchange.web import download

app_name = "exchange"

urlpatterns: list[URLPattern] = [
    download("dossiers/<str:kind>/<uuid:id>/", taking.dossier, "dossier"),
    download("partnerships/<uuid:id>/record.<str:format>", exporting.record_file, "record_file"),
    download("partnerships/<uuid:id>/decisions.<str:format>", exporting.decisions_file, "decisions_file"),
    download("partnerships/<uuid:id>/information.zip", exporting.foi_file, "foi_file"),
    download("me/data.json", exporting.own_file, "own_file"),
    download("log/keys", logs.keys, "log_keys"),
    download("log/<uuid:log>/checkpoint", logs.newest, "log_checkpoint"),
    download("log/<uuid:log>/checkpoint/<int:size>", logs.at_size, "log_checkpoint_at"),
    download("log/<uuid:log>/add-checkpoint", logs.add_checkpoint, "log_add_checkpoint"),
    download("log/<uuid:log>/consistency/<int:old>/<int:new>", logs.consistency, "log_consistency"),
    download("log/<uuid:log>/proof/<int:seq>", logs.proof, "log_proof"),
    download("log/<uuid:log>/entry/<int:seq>", logs.entry, "log_entry"),
    download("frameworks/<uuid:id>/editions/<int:number>/dossier/", taking.edition, "edition_dossier"),
    download("partnerships/<uuid:id>/mandates.csv", lists.mandates, "mandates"),
    download("frameworks/<uuid:id>/elements.<str:format>", exporting.elements_file, "elements_file"),
    download("frameworks/<uuid:id>/challenges.csv", lists.contested, "challenges"),
    download("frameworks/<uuid:id>/pulses.csv", lists.said, "pulses"),
    download("frameworks/<uuid:id>/direction.csv", lists.direction, "direction"),
]
