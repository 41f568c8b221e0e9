"""What came, went or changed between two outputs."""
