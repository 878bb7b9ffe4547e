"""Associations: which record belongs with which, and as what."""
