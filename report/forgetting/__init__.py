"""What was gathered of one person or chat is taken out."""
