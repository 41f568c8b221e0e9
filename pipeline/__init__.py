"""The command line, the flow, its stages, reading and writing."""
