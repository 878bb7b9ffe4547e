"""Property definitions: which properties a type of record has, and what they take."""
