"""Building dossiers: everything somebody needs to check, away from here, how something came to be."""

from apps.exchange.dossiers.building import Dossier, build
from apps.exchange.dossiers.subjects import Subject, subject_of

__all__ = ["Dossier", "Subject", "build", "subject_of"]
