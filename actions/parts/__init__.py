"""Pieces that are copied, word for word, to the end of the actions that carry them. Import nothing here."""
