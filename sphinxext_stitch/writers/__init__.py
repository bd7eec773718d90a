"""What one writer needs: a module for each."""
