"""One HubSpot account, read as fast as it allows and never changed."""
