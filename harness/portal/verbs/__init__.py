"""What people and HubSpot itself do in an account: seeds for a test, hands for a day."""
