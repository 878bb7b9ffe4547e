"""Run one action file as HubSpot's Lambda does."""
