"""The checks of all rooms that `record verify` runs: rows against entries, rounds counted anew, verdicts computed anew."""

from apps.deliberation.checks import check as deliberation
from apps.frameworks.checks import check as frameworks
from apps.measurement.checks import check as measurement
from apps.partnerships.checks import check as partnerships
from apps.proposals.checks import check as proposals
from apps.provenance.checks import check as provenance

CHECKS = (partnerships, frameworks, proposals, deliberation, measurement, provenance)
