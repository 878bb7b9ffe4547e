"""The real HubSpot: what should be there, what is there, and the way from one to the other."""
