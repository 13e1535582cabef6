"""Servers that only the benchmarks run."""
