"""Conversations: inboxes, channels, actors, threads and their messages."""
