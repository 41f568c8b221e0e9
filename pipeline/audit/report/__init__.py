"""The report: one page that shows what a run did, and what rests on which figure."""
