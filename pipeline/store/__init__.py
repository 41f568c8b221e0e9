"""Where things lie and how files are written: work items, staged files, decisions, the corpus."""
