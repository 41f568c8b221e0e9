"""From a page's bytes to masked text, signals and signature."""
