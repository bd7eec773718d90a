"""What pages ask of a catalogue: which objects to show, what a link names, how chapters divide."""
