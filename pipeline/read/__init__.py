"""Records out of files, whatever their state."""
