"""The chats that fell through: counted, shown, alarmed about, and put right."""
