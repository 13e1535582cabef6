"""Measures the product against what its parts can do, side by side in one run. Only ratios travel between machines."""
