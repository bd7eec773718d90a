"""All files of a catalogue put together, and kept between builds."""
