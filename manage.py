#!/usr/bin/env python3
"""Django's command line. `tally` and `score` recompute from files alone, so they run before Django asks for settings."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

FILE_COMMANDS = {"tally": "apps.consensus.files", "score": "apps.provenance.domain.files"}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in FILE_COMMANDS:
        sys.exit(import_module(FILE_COMMANDS[sys.argv[1]]).main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
    execute_from_command_line(sys.argv)
