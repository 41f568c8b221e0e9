"""Whether bytes are certainly not Chinese."""
