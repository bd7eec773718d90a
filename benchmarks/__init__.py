"""What building from a catalogue costs, beside writing the same pages by hand; see docs/explanation/performance."""
