"""Where pages come from: the register of sources, numbers claimed, networks, and the verdict."""
