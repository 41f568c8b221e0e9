"""Write: the files of an output."""
