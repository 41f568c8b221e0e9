"""Choose: from files of an index to the records that a run reads."""
