"""Benchmarks: builds from a catalogue, compared with the same pages written by hand; see docs/explanation/performance."""
