"""Where things lie: filesystems, layout of an output, staged files, work items."""
