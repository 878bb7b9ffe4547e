"""A working day of live chats, played against the local HubSpot and counted afterwards."""
