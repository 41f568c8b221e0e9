"""Disclosures: forms that regulators, hubs and users of a corpus ask for, filled from an output."""
