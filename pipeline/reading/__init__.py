"""From files of a crawl to records; no Beam."""
