"""The demonstration: Lismorrow, invented people and places on published indicator names, units and figures.

Indicator names, units, directions, base years and figures: Northern Ireland Programme for Government wellbeing indicators
(Crown copyright, NISRA). Everything else, people, bodies, mandates, targets and votes, is invented.
"""

from pathlib import Path

SCENARIO = Path(__file__).parent / "lismorrow.json"
"""The story, in the format of docs/rehearsal.md."""
