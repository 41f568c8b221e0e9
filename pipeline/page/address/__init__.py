"""Addresses in one form."""
