"""Candidates for a person to confirm."""
