"""How often is the verdict on a chat right? Asked of a person, about a sample."""
