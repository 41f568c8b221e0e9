"""The steps of the flow, a folder each."""
