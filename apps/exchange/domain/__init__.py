"""What a dossier is and how it is checked, without database, engine or secret: `record verify DOSSIER` and `verify.py`."""
