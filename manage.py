#!/usr/bin/env python3
"""Django's command line. What works on files alone (`tally`, `score`, `record verify DOSSIER`) runs before it asks for settings."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

FILE_COMMANDS = {"tally": "apps.consensus.files", "score": "apps.provenance.domain.files"}

DOSSIER = "apps.exchange.domain.command"


def names_a_dossier(arguments: list[str]) -> bool:
    """Whether `record verify` is asked about a file: the first thing after it is no option, and --log is not given."""
    return arguments[:2] == ["record", "verify"] and bool(arguments[2:]) and not arguments[2].startswith("-")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in FILE_COMMANDS:
        sys.exit(import_module(FILE_COMMANDS[sys.argv[1]]).main(sys.argv[2:]))
    if names_a_dossier(sys.argv[1:]):
        sys.exit(import_module(DOSSIER).main(sys.argv[3:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
    execute_from_command_line(sys.argv)
