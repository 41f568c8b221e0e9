"""Extract: from work items to staged documents and ended records."""
