"""How is what was found shown? One file per output, each of `Findings` alone: nothing here asks HubSpot or the store.

Every output takes the findings and, only where the reader asked for them, the names of inboxes and agents.
"""
