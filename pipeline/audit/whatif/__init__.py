"""What another config would keep, over what a run has staged."""
