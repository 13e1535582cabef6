"""Statistics beside a decision. They inform and never decide; all are exact fractions until they are printed."""
