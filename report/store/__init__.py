"""What was gathered of an account: verdicts, moments, ids and counts in a private file, and nothing a visitor typed."""
