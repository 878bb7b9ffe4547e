"""Workflows as HubSpot's automation API has them: stored, listed, replaced under their revision."""
