"""Who is told that chats are dropped, when, and once."""
