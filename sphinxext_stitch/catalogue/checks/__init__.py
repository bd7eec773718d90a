"""What can only be said of a whole catalogue."""
