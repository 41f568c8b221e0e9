"""What each step does to one work item; no Beam."""
