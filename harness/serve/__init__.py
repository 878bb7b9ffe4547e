"""The local HubSpot as a server: for any client in any language."""
